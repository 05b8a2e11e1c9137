package plescope.replay.model;

/**
 * What woke a vCPU, as far as a log tells: the wake-up itself shows only in whose context it happened.
 *
 * @param vcpu dense index of the woken vCPU
 * @param timeNs of the wake-up, as in its {@link Wakeup}
 * @param ranNs when it next entered guest mode, -1 where that was not seen
 * @param sender dense index of the vCPU that sent the IPI, -1 unless the source is IPI
 * @param vector of the interrupt that it woke for, -1 where none was injected or its injection is not logged (APICv)
 * @param ipiLine line of the IPI's send, 0 where there is none
 */
public record WakeEdge(int vcpu, long timeNs, long ranNs, Source source, int sender, int vector, long ipiLine) {
    /** What woke it. */
    public enum Source {
        /** An IPI of a sibling whose send the log shows. */
        IPI,
        /** The guest's own local APIC timer. */
        TIMER,
        /** A device: the wake-up came from a thread of the VMM or of vhost. */
        DEVICE,
        /** An interrupt whose sender is not logged: with posted interrupts, IPIs among them. It cannot speed up in a replay. */
        UNKNOWN
    }
}
