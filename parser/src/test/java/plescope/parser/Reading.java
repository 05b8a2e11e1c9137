package plescope.parser;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import plescope.parser.event.TraceEvent;
import plescope.parser.text.ChunkedReading;

/** All that one parser makes of a log, in a form that two parsers can be compared by. */
final class Reading {
    private static final int FIRST_CAPACITY = 1024;

    private int[] eventHashes = new int[FIRST_CAPACITY];
    private int events;
    private long lastNs = Long.MIN_VALUE;
    private boolean inOrder = true;
    private final List<Object> rest = new ArrayList<>();
    private long chunksParsedAgain;

    private Reading() {}

    static Reading of(InputStream log, String name, ParserKind parser) throws IOException {
        return of(log, name, Logs.TOLERANT.withParser(parser));
    }

    static Reading of(InputStream log, String name, ReadOptions options) throws IOException {
        return of(log, name, options, ChunkedReading.CHUNK_BYTES);
    }

    /** Reads in chunks of a size of which the result must know nothing. */
    static Reading of(InputStream log, String name, ReadOptions options, int chunkBytes) throws IOException {
        Reading reading = new Reading();
        try (TraceReader reader = TraceReader.open(log, name, options)) {
            reader.cutAfter(chunkBytes);
            ReadSummary summary = reader.read(reading::event);
            reading.rest.addAll(List.of(
                    summary.format(),
                    summary.isa(),
                    summary.lines(),
                    summary.events(),
                    summary.firstTimestampNs(),
                    summary.lastTimestampNs(),
                    summary.timestampResolutionNs(),
                    summary.lostEvents(),
                    summary.reordered(),
                    summary.header(),
                    summary.kernel(),
                    summary.diagnostics().counts(),
                    summary.diagnostics().kept()));
            reading.chunksParsedAgain = reader.chunksParsedAgain();
        } catch (TraceFormatException e) {
            reading.rest.add(e.diagnostic());
        }
        return reading;
    }

    private void event(TraceEvent event) {
        inOrder &= event.timestampNs() >= lastNs;
        lastNs = event.timestampNs();
        if (events == eventHashes.length) {
            eventHashes = Arrays.copyOf(eventHashes, 2 * events);
        }
        eventHashes[events++] = event.hashCode();
    }

    /** In how many chunks some lines were not independent of those before the chunk. */
    long chunksParsedAgain() {
        return chunksParsedAgain;
    }

    int events() {
        return events;
    }

    /** Whether no event is older than the one before it. */
    boolean isInOrder() {
        return inOrder;
    }

    /** Number of the first event that differs, -1 if none does. */
    int firstDifference(Reading other) {
        return Arrays.mismatch(eventHashes, 0, events, other.eventHashes, 0, other.events);
    }

    /** Summary and diagnostics, or why the log was refused. */
    List<Object> rest() {
        return rest;
    }
}
