package plescope.parser.event;

/**
 * A thread showed a name or process id not seen before, or changed it. Made by the reader from line prefixes (and, for
 * threads that never own a line, from payloads), so that other events need carry no strings.
 *
 * @param tgid process id, -1 where the log does not print it
 * @param comm thread name as its bytes, decoded as UTF-8 with replacement
 */
public record ThreadNamed(long timestampNs, int pcpu, int tid, long line, int namedTid, int tgid, String comm)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.THREAD_NAMED;
    }
}
