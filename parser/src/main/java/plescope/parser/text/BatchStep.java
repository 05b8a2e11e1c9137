package plescope.parser.text;

import plescope.parser.event.ExitReason;
import plescope.parser.event.ThreadNamed;

/** What a line of a chunk said beside its events, which the state of the whole log decides about. */
sealed interface BatchStep {
    /** How many events of the batch come before. */
    int position();

    /** How a thread's name or process came up. */
    enum Source {
        PREFIX,
        PAYLOAD,
        COMM_RECORD,
        FORK_RECORD,
        OTHER_RECORD
    }

    /**
     * A name or process that is news within the chunk.
     *
     * @param shown the news as the line prints it
     * @param low the comm's first eight bytes, as {@link ThreadNames} keeps them
     * @param high the comm's last eight bytes
     * @param parentTid the thread that forked, -1 for other sources
     */
    record NameNote(int position, Source source, ThreadNamed shown, long low, long high, int parentTid)
            implements BatchStep {
        /** Whether the line has a time of its own. */
        boolean isTimed() {
            return source == Source.PREFIX || source == Source.PAYLOAD;
        }
    }

    /** An exit's reason, told by the line whose event follows this step. */
    record Amendment(int position, int tid, ExitReason reason) implements BatchStep {}
}
