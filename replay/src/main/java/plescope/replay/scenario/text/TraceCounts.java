package plescope.replay.scenario.text;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a written log holds.
 *
 * @param lines with those above the first event
 * @param bytes with line feeds
 * @param events lines of each event; none are left out
 * @param pauseExits exits for PAUSE among them
 */
public record TraceCounts(long lines, long bytes, Map<Tracepoint, Long> events, long pauseExits) {
    public TraceCounts {
        events = new EnumMap<>(events);
    }

    /** Lines of events. */
    public long allEvents() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }
}
