package plescope.analysis.store;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory DuckDB may take for blocks and intermediate results in this process; what is larger goes to a temporary folder. It
 * is one number for all databases, as there is one memory.
 *
 * @param bytes at least {@link #LEAST}
 */
public record MemoryLimit(long bytes) {
    /** Tables under construction keep a row group each. */
    public static final MemoryLimit LEAST = new MemoryLimit(128_000_000);

    public static final MemoryLimit DEFAULT = new MemoryLimit(256_000_000);

    private static final AtomicReference<MemoryLimit> CURRENT = new AtomicReference<>(DEFAULT);

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([A-Z]+)");

    /** As DuckDB spells them: thousands, and with an i powers of two. */
    private static final Map<String, Long> UNITS = Map.of(
            "KB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "TB",
            1_000_000_000_000L,
            "KIB",
            1L << 10,
            "MIB",
            1L << 20,
            "GIB",
            1L << 30,
            "TIB",
            1L << 40);

    /** A size such as {@code 512MB} or {@code 1.5GiB}; empty for what is none. */
    public static Optional<MemoryLimit> parse(String text) {
        Matcher size = SIZE.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (!size.matches() || !UNITS.containsKey(size.group(2))) {
            return Optional.empty();
        }
        double bytes = Double.parseDouble(size.group(1)) * UNITS.get(size.group(2));
        return bytes < Long.MAX_VALUE / 2.0 ? Optional.of(new MemoryLimit((long) bytes)) : Optional.empty();
    }

    /** Whether databases can be written and read within it. */
    public boolean isEnough() {
        return bytes >= LEAST.bytes;
    }

    /** From now on the limit of every database that is opened. */
    public void use() {
        CURRENT.set(this);
    }

    static MemoryLimit current() {
        return CURRENT.get();
    }

    /** As DuckDB's setting {@code memory_limit} takes it. */
    String setting() {
        return bytes / 1_000 + "KB";
    }
}
