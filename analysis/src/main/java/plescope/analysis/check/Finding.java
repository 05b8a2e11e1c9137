package plescope.analysis.check;

/**
 * Something a reader of this log should know.
 *
 * @param code stable name, such as {@code lost-events}
 * @param count how often
 * @param where times in seconds from the first event, CPUs or lines; empty where it concerns the whole log
 * @param meaning one sentence
 * @param remedy what to do, empty for nothing
 */
record Finding(Grade grade, String code, long count, String where, String meaning, String remedy) {
    /** How bad it is. */
    enum Grade {
        /** Answers may be wrong there. */
        DAMAGE,
        /** Events are missing; intervals around are unknown. */
        LOSS,
        /** Good to know; nothing is wrong. */
        NOTE
    }
}
