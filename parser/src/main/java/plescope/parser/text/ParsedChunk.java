package plescope.parser.text;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A chunk and what its lines say by themselves.
 *
 * @param isWhole all of its lines were parsed, and none stopped the reading
 */
record ParsedChunk(Chunk chunk, LineParser parser, EventBatch batch, boolean isWhole) {
    /** Parses a chunk of a log on the guess that it stands by itself. */
    static ParsedChunk of(Chunk chunk, LineParser log) {
        EventBatch batch = new EventBatch();
        return of(chunk, log.ofChunk(chunk.firstLine(), batch), batch);
    }

    /** The same with the parser and its batch made before, by the thread that knows the log's state. */
    static ParsedChunk of(Chunk chunk, LineParser parser, EventBatch batch) {
        LineSource lines = chunk.lines();
        try {
            parser.parse(lines);
            return new ParsedChunk(chunk, parser, batch, true);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be read", e);
        } catch (RuntimeException e) {
            // parsed again in order, this stops the reading with the same message
            return new ParsedChunk(chunk, parser, batch, false);
        } finally {
            lines.restore();
        }
    }
}
