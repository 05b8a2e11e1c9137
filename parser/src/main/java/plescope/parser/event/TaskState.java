package plescope.parser.event;

/**
 * What a switched-out thread was doing ({@code prev_state}).
 *
 * <p>A vCPU that yields is RUNNABLE, so is one that is preempted on most kernels; PREEMPTED is {@code R+} only. Plugin text
 * prints both as {@code R}. A halted vCPU is SLEEPING.
 */
public enum TaskState {
    RUNNABLE,
    PREEMPTED,
    SLEEPING,
    UNINTERRUPTIBLE,
    STOPPED,
    DEAD,
    PARKED,
    IDLE,
    UNKNOWN
}
