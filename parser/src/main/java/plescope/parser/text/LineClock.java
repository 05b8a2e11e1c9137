package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.grammar.TraceLexer;

/** The clock reading of a line, where it is an event; only the prefix is looked at. */
final class LineClock {
    /** The line has no time of its own. */
    static final long NONE = Long.MIN_VALUE;

    private final LineBytes line = new LineBytes();
    private final PrefixCache prefixes = new PrefixCache(line);
    private final LineTokens tokens = new LineTokens(line, new CompiledLexer(line), prefixes);
    private final Prefix prefix = new Prefix(line, prefixes);

    /** Nanoseconds, or ticks of a clock without decimals; {@link #NONE} for a line that is no event. */
    long of(byte[] buffer, int from, int to) {
        if (from == to) {
            return NONE;
        }
        line.set(buffer, from, to);
        tokens.begin();
        Token first = tokens.LT(1);
        switch (first.getType()) {
            case TraceLexer.PERF_PREFIX, TraceLexer.LOOSE_PERF -> prefix.perf(first);
            case TraceLexer.FTRACE_PREFIX, TraceLexer.INSTANCE_PREFIX, TraceLexer.LOOSE_FTRACE -> prefix.ftrace(first);
            case TraceLexer.LATENCY_PREFIX -> prefix.latency(first);
            case TraceLexer.VERBOSE_PREFIX -> prefix.verbose(first);
            case TraceLexer.TIME_PREFIX -> prefix.time(first);
            default -> {
                return NONE;
            }
        }
        return prefix.clock;
    }
}
