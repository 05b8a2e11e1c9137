package plescope.replay.model;

/**
 * Receives a schedule, recorded or simulated: the one shape that storage, metrics and workload extraction read.
 *
 * <p>Order: each vCPU's intervals and exits come in time order; an episode comes when it has ended, after the intervals it
 * covers, followed by its yields and its wait. Different vCPUs may interleave in any order.
 */
public interface ScheduleSink extends ScheduleBeginnings {
    void interval(VcpuInterval interval);

    void vmExit(VmExit exit);

    void episode(SpinEpisode episode);

    void directedYield(DirectedYield yielded);

    void waited(Wait wait);

    void ipi(Ipi ipi);

    void wakeup(Wakeup wakeup);

    /** What a wake-up was for; comes when its vCPU has entered guest mode again. Simulations tell no more than the wake-up. */
    default void wakeEdge(WakeEdge edge) {
        // Most readers of schedules ask who woke a vCPU, not what for.
    }

    /**
     * The guest armed this vCPU's own timer. Only recorded schedules say so.
     *
     * @param deadline guest TSC at which it rings
     */
    default void timerArmed(int vcpu, long timeNs, long deadline) {}

    /** A thread other than this sink's vCPUs, or a vCPU, was put on a pCPU: one context switch. */
    void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid);

    /** A sink that passes everything to both, first to {@code one}. */
    static ScheduleSink both(ScheduleSink one, ScheduleSink two) {
        return new TeeSink(one, two);
    }
}
