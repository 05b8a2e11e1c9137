package plescope.parser.text;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Counts event lines by the tracepoint's name without its system. */
final class Tracepoints {
    /** One name and how often it came. */
    static final class Tracepoint {
        final String name;
        long count;
        /** It is known to have come before the chunk of the log that is counted here. */
        boolean before;
        /** Something rests on its not having come yet. */
        boolean missed;

        Tracepoint(String name) {
            this.name = name;
        }

        /** Whether the log has not shown it up to here. */
        boolean isMissing() {
            missed |= count == 0 && !before;
            return count == 0 && !before;
        }
    }

    /** Kernels have some 2000; a text that imitates millions must not fill the memory. */
    private static final int MAX_NAMES = 1 << 14;

    /** The kernel's own limit is lower. */
    private static final int MAX_NAME_BYTES = 256;

    private final Tracepoint further = new Tracepoint("(further names)");
    private final Map<String, Tracepoint> all = new HashMap<>();
    private final ByteInterner<Tracepoint> byName = new ByteInterner<>(this::add);

    /** A tracepoint that has a rule of its own. */
    Tracepoint add(String name) {
        return all.computeIfAbsent(name, Tracepoint::new);
    }

    /** The tracepoint of a name on a line; too many and too long names are counted together. */
    Tracepoint get(byte[] bytes, int from, int to) {
        if (all.size() < MAX_NAMES && to - from <= MAX_NAME_BYTES) {
            return byName.get(bytes, from, to);
        }
        return to - from > MAX_NAME_BYTES
                ? further
                : all.getOrDefault(new String(bytes, from, to - from, StandardCharsets.UTF_8), further);
    }

    /** Whether a chunk's counts may be added: names stay few, and none was missed there that is known here. */
    boolean agree(Tracepoints chunk) {
        return all.size() + chunk.all.size() <= MAX_NAMES
                && chunk.further.count == 0
                && chunk.all.values().stream().noneMatch(theirs -> theirs.missed && hasCome(theirs.name));
    }

    private boolean hasCome(String name) {
        Tracepoint known = all.get(name);
        return known != null && known.count > 0;
    }

    /** Adds the counts of the chunk that follows. */
    void absorb(Tracepoints chunk) {
        for (Tracepoint theirs : chunk.all.values()) {
            add(theirs.name).count += theirs.count;
        }
    }

    /** Most frequent first, then by name. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        Stream.concat(all.values().stream(), Stream.of(further))
                .filter(tracepoint -> tracepoint.count > 0)
                .sorted(Comparator.comparingLong((Tracepoint tracepoint) -> -tracepoint.count)
                        .thenComparing(tracepoint -> tracepoint.name))
                .forEach(tracepoint -> counts.put(tracepoint.name, tracepoint.count));
        return counts;
    }

    long total() {
        return further.count
                + all.values().stream()
                        .mapToLong(tracepoint -> tracepoint.count)
                        .sum();
    }
}
