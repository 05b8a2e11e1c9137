package plescope.replay.guest;

/** A guest lock. */
public record LockSpec(String name, Kind kind) {
    /** Who gets it, and how one waits. */
    public enum Kind {
        /** Whoever tries first while running gets it: no order. */
        TEST_AND_SET,
        /** Strict order of arrival; all spin on the lock itself ({@code ticket_spinlock}, kernels before 4.2). */
        TICKET,
        /** Strict order; each spins on its predecessor's hand-off ({@code qspinlock}). */
        QUEUED,
        /** Spins while the owner runs, then sleeps ({@code struct mutex}, {@code rwsem}). */
        MUTEX
    }
}
