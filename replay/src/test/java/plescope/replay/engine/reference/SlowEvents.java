package plescope.replay.engine.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is due, looked through from end to end: by time, then kind, then order of setting. */
final class SlowEvents {
    /** In the order of precedence at equal times. */
    enum Kind {
        TIMER,
        KICK,
        WAKE,
        TICK,
        END
    }

    record Due(long time, Kind kind, long order, int id) {}

    private final List<Due> due = new ArrayList<>();
    private long orders;

    void set(Kind kind, int id, long time) {
        cancel(kind, id);
        due.add(new Due(time, kind, orders++, id));
    }

    void cancel(Kind kind, int id) {
        due.removeIf(event -> event.kind() == kind && event.id() == id);
    }

    boolean isSet(Kind kind, int id) {
        return due.stream().anyMatch(event -> event.kind() == kind && event.id() == id);
    }

    Due takeFirst() {
        Due first = due.stream()
                .min(Comparator.comparingLong(Due::time)
                        .thenComparing(Due::kind)
                        .thenComparingLong(Due::order))
                .orElseThrow();
        due.remove(first);
        return first;
    }
}
