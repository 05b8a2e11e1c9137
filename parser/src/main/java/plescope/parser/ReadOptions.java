package plescope.parser;

import java.util.Objects;
import plescope.parser.text.LineOptions;

/**
 * How strictly to read.
 *
 * @param strict the first ERROR ends the reading with {@link TraceFormatException}
 * @param maxLoss share of lines (0..1) that may be ERROR or DATA_LOSS before the input counts as unusable
 * @param reorderWindowNs lines at most this far out of order are sorted silently; later ones are reported and kept in place
 * @param clockHz ticks per second of a clock that prints whole numbers (x86-tsc, uptime, counter), 0 if it is not known
 * @param rejoin for logs pasted from mails: takes quotation marks off and puts lines together that were wrapped
 * @param parser who cuts lines into tokens
 * @param threads how many threads parse one log; what is read is the same for any number
 */
public record ReadOptions(
        boolean strict,
        double maxLoss,
        long reorderWindowNs,
        long clockHz,
        boolean rejoin,
        ParserKind parser,
        int threads) {
    /** Per-CPU buffers of perf and ftrace merge within this distance on every real log seen. */
    public static final long DEFAULT_REORDER_WINDOW_NS = 1_000_000;

    public static final double DEFAULT_MAX_LOSS = 0.01;

    public static final ReadOptions LENIENT = new ReadOptions(false, DEFAULT_MAX_LOSS, DEFAULT_REORDER_WINDOW_NS);

    /** Above it, nanoseconds cannot be counted in 64 bits without losing any; no CPU counts faster. */
    public static final long MAX_CLOCK_HZ = 9_000_000_000L;

    /** For logs as the tools print them, with a clock that prints seconds, and with the compiled scanner. */
    public ReadOptions(boolean strict, double maxLoss, long reorderWindowNs) {
        this(strict, maxLoss, reorderWindowNs, 0, false, ParserKind.COMPILED, 1);
    }

    public ReadOptions {
        Objects.requireNonNull(parser, "parser");
        if (!(maxLoss >= 0 && maxLoss <= 1)) {
            throw new IllegalArgumentException("maxLoss must lie in 0..1, was " + maxLoss);
        }
        if (reorderWindowNs < 0) {
            throw new IllegalArgumentException("reorderWindowNs must not be negative, was " + reorderWindowNs);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, was " + threads);
        }
        if (clockHz < 0 || clockHz > MAX_CLOCK_HZ) {
            throw new IllegalArgumentException("clockHz must lie in 0.." + MAX_CLOCK_HZ + ", was " + clockHz);
        }
    }

    /** These options for a clock that counts ticks. */
    public ReadOptions withClockHz(long ticksPerSecond) {
        return new ReadOptions(strict, maxLoss, reorderWindowNs, ticksPerSecond, rejoin, parser, threads);
    }

    /** These options for a log pasted from a mail. */
    public ReadOptions withRejoin(boolean wrapped) {
        return new ReadOptions(strict, maxLoss, reorderWindowNs, clockHz, wrapped, parser, threads);
    }

    /** The same, with another parser. */
    public ReadOptions withParser(ParserKind other) {
        return new ReadOptions(strict, maxLoss, reorderWindowNs, clockHz, rejoin, other, threads);
    }

    /** The same, with the log parsed by this many threads. Wrapped logs are read by one. */
    public ReadOptions withThreads(int count) {
        return new ReadOptions(strict, maxLoss, reorderWindowNs, clockHz, rejoin, parser, count);
    }

    LineOptions ofLines() {
        return new LineOptions(strict, reorderWindowNs, clockHz, rejoin, parser == ParserKind.COMPILED);
    }
}
