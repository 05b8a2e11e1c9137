package plescope.replay.model;

/** Passes a schedule to two sinks. */
record TeeSink(ScheduleSink one, ScheduleSink two) implements ScheduleSink {
    @Override
    public void interval(VcpuInterval interval) {
        one.interval(interval);
        two.interval(interval);
    }

    @Override
    public void vmExit(VmExit exit) {
        one.vmExit(exit);
        two.vmExit(exit);
    }

    @Override
    public void episode(SpinEpisode episode) {
        one.episode(episode);
        two.episode(episode);
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        one.directedYield(yielded);
        two.directedYield(yielded);
    }

    @Override
    public void waited(Wait wait) {
        one.waited(wait);
        two.waited(wait);
    }

    @Override
    public void ipi(Ipi ipi) {
        one.ipi(ipi);
        two.ipi(ipi);
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        one.wakeup(wakeup);
        two.wakeup(wakeup);
    }

    @Override
    public void wakeEdge(WakeEdge edge) {
        one.wakeEdge(edge);
        two.wakeEdge(edge);
    }

    @Override
    public void timerArmed(int vcpu, long timeNs, long deadline) {
        one.timerArmed(vcpu, timeNs, deadline);
        two.timerArmed(vcpu, timeNs, deadline);
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        one.contextSwitch(pcpu, timeNs, prevTid, nextTid);
        two.contextSwitch(pcpu, timeNs, prevTid, nextTid);
    }
}
