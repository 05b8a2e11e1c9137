package plescope.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserInterpreter;
import org.antlr.v4.runtime.ParserRuleContext;
import plescope.parser.event.TraceEvent;
import plescope.parser.grammar.ArchActions;
import plescope.parser.grammar.HostActions;
import plescope.parser.grammar.KvmActions;
import plescope.parser.grammar.LineActions;
import plescope.parser.grammar.RawKvmActions;
import plescope.parser.grammar.SchedActions;
import plescope.parser.grammar.TraceActions;
import plescope.parser.grammar.TraceLexer;
import plescope.parser.grammar.TraceParser;

/** One way to read a log, from the slowest to the fastest. */
enum Rung {
    /**
     * ANTLR without a thought of speed: all made anew for every line, decisions found as it goes, and a tree of each line that is kept.
     * The grammar in use builds no trees, so ANTLR's interpreter of the same rules does. Nobody receives the values.
     */
    TREE {
        @Override
        long read(byte[] log, Consumer<TraceEvent> sink) {
            List<ParserRuleContext> trees = new ArrayList<>();
            for (String line : (Iterable<String>) new String(log, StandardCharsets.US_ASCII).lines()::iterator) {
                TraceLexer lexer = new TraceLexer(CharStreams.fromString(line));
                lexer.removeErrorListeners();
                ParserInterpreter parser = new ParserInterpreter(
                        "TraceParser.g4",
                        TraceParser.VOCABULARY,
                        List.of(TraceParser.ruleNames),
                        TraceParser._ATN,
                        new CommonTokenStream(lexer));
                trees.add(parser.parse(TraceParser.RULE_line));
            }
            return trees.size();
        }
    },

    /** ANTLR as its tutorials use it: string, token list and parser made anew for every line. Nobody receives the values. */
    NAIVE {
        @Override
        long read(byte[] log, Consumer<TraceEvent> sink) {
            long lines = 0;
            for (String line : (Iterable<String>) new String(log, StandardCharsets.US_ASCII).lines()::iterator) {
                TraceLexer lexer = new TraceLexer(CharStreams.fromString(line + "\n"));
                lexer.removeErrorListeners();
                TraceParser parser = new TraceParser(new CommonTokenStream(lexer));
                parser.setActions(new TraceActions(
                        silent(LineActions.class),
                        silent(KvmActions.class),
                        silent(RawKvmActions.class),
                        silent(ArchActions.class),
                        silent(SchedActions.class),
                        silent(HostActions.class)));
                parser.line();
                lines++;
            }
            return lines;
        }
    },

    STOCK {
        @Override
        long read(byte[] log, Consumer<TraceEvent> sink) throws IOException {
            return lines(log, ParserKind.STOCK, sink);
        }
    },

    COMPILED {
        @Override
        long read(byte[] log, Consumer<TraceEvent> sink) throws IOException {
            return lines(log, ParserKind.COMPILED, sink);
        }
    },

    HAND {
        @Override
        long read(byte[] log, Consumer<TraceEvent> sink) {
            return new HandScanner(log, sink).read();
        }
    };

    /** Reads a log; the number of its lines. */
    abstract long read(byte[] log, Consumer<TraceEvent> sink) throws IOException;

    private static long lines(byte[] log, ParserKind parser, Consumer<TraceEvent> sink) throws IOException {
        ReadOptions options = new ReadOptions(false, 1, ReadOptions.DEFAULT_REORDER_WINDOW_NS).withParser(parser);
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(log), "memory", options)) {
            return reader.read(sink).lines();
        }
    }

    private static <T> T silent(Class<T> actions) {
        return actions.cast(Proxy.newProxyInstance(
                actions.getClassLoader(), new Class<?>[] {actions}, (proxy, method, arguments) -> null));
    }
}
