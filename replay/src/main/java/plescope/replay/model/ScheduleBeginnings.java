package plescope.replay.model;

import plescope.parser.event.ExitReason.Family;

/**
 * Hears of a simulated schedule as things begin, in order of time; the rows of {@link ScheduleSink} come when they are over. Whoever
 * writes a schedule of any length while it is made needs both. Recorded schedules tell the sends of IPIs and rows only.
 */
public interface ScheduleBeginnings {
    /** The vCPU is in that state from now on; of several at one moment the last counts. The pCPU is -1 for none. */
    default void entersState(int vcpu, VcpuState state, int pcpu, long timeNs) {
        // Most readers of schedules take rows.
    }

    /**
     * The vCPU leaves guest mode.
     *
     * @param guestNs length of the guest run that ends
     * @param window PLE window in force
     */
    default void leavesGuest(int vcpu, int pcpu, long timeNs, Family family, long guestNs, int window) {
        // Most readers of schedules take rows.
    }

    /** The vCPU enters guest mode. */
    default void entersGuest(int vcpu, long timeNs) {
        // Most readers of schedules take rows.
    }

    /** A vCPU sends an IPI, whose row comes later. */
    default void sendsIpi(int sender, int receiver, int vector, long timeNs) {
        // Most readers of schedules take rows.
    }
}
