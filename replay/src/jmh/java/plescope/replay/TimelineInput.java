package plescope.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.parser.event.EventKind;
import plescope.parser.event.TraceEvent;
import plescope.replay.testing.BusyHost;

/**
 * Events in memory: {@code FILE} is a log, {@code FILE:nosched} the same as if scheduler events had not been recorded, and
 * {@code host:VMSxVCPUS} a host made here.
 */
final class TimelineInput {
    private static final String NO_SCHED = ":nosched";
    private static final String HOST = "host:";
    private static final int MADE_EVENTS = 1_000_000;

    private TimelineInput() {}

    static List<TraceEvent> read(String name) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        if (name.startsWith(HOST)) {
            String[] size = name.substring(HOST.length()).split("x", -1);
            new BusyHost(Integer.parseInt(size[0]), Integer.parseInt(size[1]), 1, events::add)
                    .named()
                    .run(MADE_EVENTS);
            return events;
        }
        boolean noSched = name.endsWith(NO_SCHED);
        String file = noSched ? name.substring(0, name.length() - NO_SCHED.length()) : name;
        Path root = Path.of(System.getProperty("plescope.root", "."));
        try (TraceReader reader = TraceReader.open(root.resolve(file), ReadOptions.LENIENT)) {
            reader.read(event -> {
                if (!noSched || !isSched(event.kind())) {
                    events.add(event);
                }
            });
        }
        return events;
    }

    private static boolean isSched(EventKind kind) {
        return kind == EventKind.SCHED_SWITCH
                || kind == EventKind.SCHED_WAKE
                || kind == EventKind.SCHED_MIGRATE
                || kind == EventKind.SCHED_STAT;
    }
}
