package plescope.replay.model;

import plescope.parser.event.ExitReason.Family;

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

    @Override
    public void entersState(int vcpu, VcpuState state, int pcpu, long timeNs) {
        one.entersState(vcpu, state, pcpu, timeNs);
        two.entersState(vcpu, state, pcpu, timeNs);
    }

    @Override
    public void leavesGuest(int vcpu, int pcpu, long timeNs, Family family, long guestNs, int window) {
        one.leavesGuest(vcpu, pcpu, timeNs, family, guestNs, window);
        two.leavesGuest(vcpu, pcpu, timeNs, family, guestNs, window);
    }

    @Override
    public void entersGuest(int vcpu, long timeNs) {
        one.entersGuest(vcpu, timeNs);
        two.entersGuest(vcpu, timeNs);
    }

    @Override
    public void sendsIpi(int sender, int receiver, int vector, long timeNs) {
        one.sendsIpi(sender, receiver, vector, timeNs);
        two.sendsIpi(sender, receiver, vector, timeNs);
    }
}
