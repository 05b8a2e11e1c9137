package plescope.parser.text;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts event lines by the tracepoint's name without its system. */
final class Tracepoints {
    /** One name and how often it came. */
    static final class Tracepoint {
        final String name;
        long count;

        Tracepoint(String name) {
            this.name = name;
        }
    }

    private final Map<String, Tracepoint> all = new HashMap<>();
    private final ByteInterner<Tracepoint> byName = new ByteInterner<>(this::add);

    /** A tracepoint that has a rule of its own. */
    Tracepoint add(String name) {
        return all.computeIfAbsent(name, Tracepoint::new);
    }

    Tracepoint get(byte[] bytes, int from, int to) {
        return byName.get(bytes, from, to);
    }

    /** Most frequent first, then by name. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        all.values().stream()
                .filter(tracepoint -> tracepoint.count > 0)
                .sorted(Comparator.comparingLong((Tracepoint tracepoint) -> -tracepoint.count)
                        .thenComparing(tracepoint -> tracepoint.name))
                .forEach(tracepoint -> counts.put(tracepoint.name, tracepoint.count));
        return counts;
    }

    long total() {
        return all.values().stream().mapToLong(tracepoint -> tracepoint.count).sum();
    }
}
