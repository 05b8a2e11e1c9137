package plescope.parser;

import java.util.Objects;

/**
 * How strictly to read.
 *
 * @param strict the first ERROR ends the reading with {@link TraceFormatException}
 * @param maxLoss share of lines (0..1) that may be ERROR or DATA_LOSS before the input counts as unusable
 * @param reorderWindowNs lines at most this far out of order are sorted silently; later ones are reported and kept in place
 * @param parser who cuts lines into tokens
 */
public record ReadOptions(boolean strict, double maxLoss, long reorderWindowNs, ParserKind parser) {
    /** Per-CPU buffers of perf and ftrace merge within this distance on every real log seen. */
    public static final long DEFAULT_REORDER_WINDOW_NS = 1_000_000;

    public static final double DEFAULT_MAX_LOSS = 0.01;

    public static final ReadOptions LENIENT = new ReadOptions(false, DEFAULT_MAX_LOSS, DEFAULT_REORDER_WINDOW_NS);

    /** With the compiled scanner. */
    public ReadOptions(boolean strict, double maxLoss, long reorderWindowNs) {
        this(strict, maxLoss, reorderWindowNs, ParserKind.COMPILED);
    }

    public ReadOptions {
        Objects.requireNonNull(parser, "parser");
        if (!(maxLoss >= 0 && maxLoss <= 1)) {
            throw new IllegalArgumentException("maxLoss must lie in 0..1, was " + maxLoss);
        }
        if (reorderWindowNs < 0) {
            throw new IllegalArgumentException("reorderWindowNs must not be negative, was " + reorderWindowNs);
        }
    }

    /** The same, with another parser. */
    public ReadOptions withParser(ParserKind other) {
        return new ReadOptions(strict, maxLoss, reorderWindowNs, other);
    }
}
