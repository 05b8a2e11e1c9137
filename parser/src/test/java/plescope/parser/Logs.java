package plescope.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.EventKind;
import plescope.parser.event.TraceEvent;

/** Reads a log given as text; thread names are kept apart, because most tests are not about them. */
final class Logs {
    static final ReadOptions TOLERANT = new ReadOptions(false, 1.0, ReadOptions.DEFAULT_REORDER_WINDOW_NS);

    final List<TraceEvent> all = new ArrayList<>();
    final ReadSummary summary;

    private Logs(byte[] text, ReadOptions options) throws IOException {
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(text), "log.txt", options)) {
            summary = reader.read(all::add);
        }
    }

    static Logs read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), TOLERANT);
    }

    static Logs read(byte[] text, ReadOptions options) {
        try {
            return new Logs(text, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a text that cannot be read. */
    static TraceFormatException refusal(byte[] text, ReadOptions options) {
        try {
            new Logs(text, options);
        } catch (TraceFormatException e) {
            return e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the text was read");
    }

    static TraceFormatException refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8), ReadOptions.LENIENT);
    }

    /** Events other than thread names. */
    List<TraceEvent> events() {
        return all.stream()
                .filter(event -> event.kind() != EventKind.THREAD_NAMED)
                .toList();
    }

    List<TraceEvent> named() {
        return all.stream()
                .filter(event -> event.kind() == EventKind.THREAD_NAMED)
                .toList();
    }

    /** The only event of a log of one line: perf's prefix and this payload. */
    static TraceEvent one(String event) {
        List<TraceEvent> events = read(PERF + event + "\n").events();
        if (events.size() != 1) {
            throw new AssertionError("one event expected: " + events);
        }
        return events.get(0);
    }

    static final String PERF = "       CPU 3/KVM   174 [001]     3.299988:  ";
}
