package plescope.replay.workload;

/**
 * How much of a vCPU's recorded guest time was work, by the clock that its replayed steps are cut from: so that a recording and its
 * replays are measured alike. The rows of a recording call a wait for IPIs work as long as no PLE window was full.
 */
@FunctionalInterface
public interface WorkTime {
    /** Nanoseconds of work that the vCPU did between two recorded moments. */
    long between(int vcpu, long fromNs, long toNs);
}
