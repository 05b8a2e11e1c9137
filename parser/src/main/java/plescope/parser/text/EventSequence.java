package plescope.parser.text;

import plescope.parser.event.ExitReason;
import plescope.parser.event.TraceEvent;

/** Takes events in input order: the log's one {@link ReorderWindow}, or the {@link EventBatch} of one chunk of it. */
sealed interface EventSequence permits ReorderWindow, EventBatch {
    /** Whether an event of this time can no longer be put in order. */
    boolean isTooLate(long timestampNs);

    /** The time for an event that is too late: that of the last one passed on, or the earliest that may still come. */
    long placeNs();

    /** Latest time seen; 0 before the first event. */
    long newestNs();

    default void add(TraceEvent event) {
        add(event, event.timestampNs());
    }

    /** Adds an event of a time that is known already: asking an event for it costs more than placing it. */
    void add(TraceEvent event, long timestampNs);

    /** The latest waiting exit of a thread gets the reason that a later line told; nothing changes where it has gone out already. */
    void amendExit(int tid, ExitReason reason);

    /** What the current line means depends on lines of any distance before it. */
    void needsPast();
}
