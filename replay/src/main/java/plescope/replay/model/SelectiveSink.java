package plescope.replay.model;

/** A sink that hears only what it overrides; the rest of the schedule passes unheard. */
public abstract class SelectiveSink implements ScheduleSink {
    @Override
    public void interval(VcpuInterval interval) {
        // Unheard.
    }

    @Override
    public void vmExit(VmExit exit) {
        // Unheard.
    }

    @Override
    public void episode(SpinEpisode episode) {
        // Unheard.
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        // Unheard.
    }

    @Override
    public void waited(Wait wait) {
        // Unheard.
    }

    @Override
    public void ipi(Ipi ipi) {
        // Unheard.
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        // Unheard.
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        // Unheard.
    }
}
