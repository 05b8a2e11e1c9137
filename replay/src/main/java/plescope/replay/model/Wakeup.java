package plescope.replay.model;

/**
 * A blocked vCPU thread became runnable.
 *
 * @param vcpu dense index of the woken vCPU
 * @param wakerTid host thread in whose context the wake-up ran, -1 unknown
 * @param wakerVcpu dense index where the waker is a vCPU, else -1
 * @param pcpu where the waker ran
 * @param line line of the log, 0 in simulated schedules
 */
public record Wakeup(int vcpu, long timeNs, int wakerTid, int wakerVcpu, int pcpu, Source source, long line) {
    /** Who woke it. */
    public enum Source {
        /** A vCPU of the same VM, by IPI. */
        SIBLING,
        /** The idle task's context: a timer or device interrupt. */
        INTERRUPT,
        /** Another host thread: VMM, vhost, kworker. */
        THREAD,
        UNKNOWN
    }
}
