package plescope.parser.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
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

    private final List<Tracepoint> all = new ArrayList<>();
    private final ByteInterner<Tracepoint> byName = new ByteInterner<>(this::add);

    /** A tracepoint that has a rule of its own. */
    Tracepoint add(String name) {
        for (Tracepoint known : all) {
            if (known.name.equals(name)) {
                return known;
            }
        }
        Tracepoint tracepoint = new Tracepoint(name);
        all.add(tracepoint);
        return tracepoint;
    }

    Tracepoint get(byte[] bytes, int from, int to) {
        return byName.get(bytes, from, to);
    }

    /** Most frequent first, then by name. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        all.stream()
                .filter(tracepoint -> tracepoint.count > 0)
                .sorted(Comparator.comparingLong((Tracepoint tracepoint) -> -tracepoint.count)
                        .thenComparing(tracepoint -> tracepoint.name))
                .forEach(tracepoint -> counts.put(tracepoint.name, tracepoint.count));
        return counts;
    }

    long total() {
        return all.stream().mapToLong(tracepoint -> tracepoint.count).sum();
    }
}
