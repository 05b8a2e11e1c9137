package plescope.parser.text;

import java.io.IOException;
import java.util.List;
import plescope.parser.event.TraceEvent;
import plescope.parser.text.BatchStep.Amendment;
import plescope.parser.text.BatchStep.NameNote;

/**
 * Puts what was made of chunks side by side together again as if the log had been read line by line.
 *
 * <p>A chunk is parsed on the guess that its lines mean the same whatever came before them. Each guess is checked here against
 * what did come before. Where one fails, the lines from there to the chunk's end are parsed again, in order.
 */
final class ChunkMerger {
    private final LineParser log;
    private long again;

    ChunkMerger(LineParser log) {
        this.log = log;
    }

    /** Chunks of which some lines had to be parsed again. */
    long again() {
        return again;
    }

    /** Parses a chunk in order. */
    void parse(Chunk chunk) throws IOException {
        log.parse(chunk.lines());
    }

    /** Adds what a chunk was parsed to. */
    void add(ParsedChunk parsed) throws IOException {
        // a line held back from the chunk before may find its rest here
        if (log.isUnfinished() || !parsed.isWhole() || !log.agrees(parsed.parser(), parsed.batch())) {
            again++;
            parse(parsed.chunk());
            return;
        }
        long late = apply(parsed.batch());
        if (late == 0) {
            log.absorb(parsed.parser());
            return;
        }
        again++;
        Chunk chunk = parsed.chunk();
        LineParser before = ParsedChunk.of(chunk.before(late), log).parser();
        before.settleUnfinished();
        log.absorb(before);
        parse(chunk.from(late));
    }

    /** Passes on events and news; returns the number of the first line that is too late, of which nothing was passed on, or 0. */
    private long apply(EventBatch batch) {
        ReorderWindow order = log.order();
        List<BatchStep> steps = batch.steps();
        int step = 0;
        int next = steps.isEmpty() ? Integer.MAX_VALUE : steps.get(0).position();
        // a line is judged by its first word only: what it said before cannot make it late
        long judged = 0;
        for (int i = 0; i < batch.size(); i++) {
            while (next == i) {
                if (steps.get(step) instanceof NameNote note && note.isTimed()) {
                    long line = note.shown().line();
                    if (line != judged && order.isTooLate(note.shown().timestampNs())) {
                        return line;
                    }
                    judged = line;
                }
                apply(steps.get(step++));
                next = step < steps.size() ? steps.get(step).position() : Integer.MAX_VALUE;
            }
            TraceEvent event = batch.event(i);
            if (order.isTooLate(batch.timestampNs(i)) && event.line() != judged) {
                return event.line();
            }
            order.add(event, batch.timestampNs(i));
        }
        for (; step < steps.size(); step++) {
            apply(steps.get(step));
        }
        return 0;
    }

    private void apply(BatchStep step) {
        if (step instanceof NameNote note) {
            log.head().apply(note);
        } else if (step instanceof Amendment amendment) {
            log.order().amendExit(amendment.tid(), amendment.reason());
        } else {
            throw new IllegalStateException("not a step of a batch: " + step);
        }
    }
}
