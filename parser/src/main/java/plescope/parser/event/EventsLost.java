package plescope.parser.event;

/**
 * The recorder lost events on a pCPU just before this point: timelines break here and never bridge the hole.
 *
 * @param count how many, -1 where the text does not say, 0 where another recording begins
 */
public record EventsLost(long timestampNs, int pcpu, int tid, long line, long count) implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.EVENTS_LOST;
    }
}
