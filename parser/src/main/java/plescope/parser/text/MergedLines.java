package plescope.parser.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The lines of several logs of one recording as one log, by their clock. Lines without a time follow the event before them. Only one
 * line of each log is at hand at a time.
 */
public final class MergedLines {
    /** Line numbers of the second file begin here, those of the third at twice that: a number tells file and line. */
    public static final long FILE_STEP = 1_000_000_000_000L;

    private final LineClock clock = new LineClock();
    private final List<Cursor> cursors = new ArrayList<>();

    public MergedLines(List<LogPart> parts) {
        for (LogPart part : parts) {
            cursors.add(new Cursor(cursors.size(), part));
        }
    }

    /** Passes all lines to the parser. */
    public void read(LineParser log) throws IOException {
        PriorityQueue<Cursor> queue = new PriorityQueue<>(
                Comparator.comparingLong((Cursor cursor) -> cursor.clockNow).thenComparingInt(cursor -> cursor.index));
        for (Cursor cursor : cursors) {
            if (cursor.next()) {
                queue.add(cursor);
            }
        }
        while (!queue.isEmpty()) {
            Cursor cursor = queue.remove();
            if (cursor.passOn(log, queue.isEmpty() ? Long.MAX_VALUE : queue.element().clockNow)) {
                queue.add(cursor);
            }
        }
    }

    /**
     * What to say of logs that have no time in common, null if there is nothing to say: one after the other they are either one recording
     * in pieces, or recordings that have nothing to do with each other.
     */
    public String separate() {
        List<Cursor> byTime = cursors.stream()
                .filter(cursor -> cursor.lastClock != LineClock.NONE)
                .sorted(Comparator.comparingLong(cursor -> cursor.firstClock))
                .toList();
        Cursor latest = null;
        for (Cursor cursor : byTime) {
            if (latest != null && cursor.firstClock > latest.lastClock) {
                return cursor.part.name() + " begins " + (cursor.firstClock - latest.lastClock) / 1_000_000
                        + " ms after " + latest.part.name() + " ended";
            }
            latest = latest == null || cursor.lastClock > latest.lastClock ? cursor : latest;
        }
        return null;
    }

    /** Where one log is being read. */
    private final class Cursor {
        private final int index;
        private final LogPart part;
        private final LineSource lines;
        private long number;
        private long clockNow = LineClock.NONE;
        private long firstClock = LineClock.NONE;
        private long lastClock = LineClock.NONE;

        Cursor(int index, LogPart part) {
            this.index = index;
            this.part = part;
            lines = new LineSource(part.text(), LineSource.SMALL_CHUNK);
        }

        /** Goes to the next line; {@link #clockNow} stays where it has no time. */
        boolean next() throws IOException {
            if (!lines.next()) {
                return false;
            }
            number++;
            long own = lines.isTooLong() ? LineClock.NONE : clock.of(lines.buffer(), lines.start(), lines.end());
            if (own != LineClock.NONE) {
                clockNow = own;
                firstClock = firstClock == LineClock.NONE ? own : firstClock;
                lastClock = Math.max(lastClock, own);
            }
            return true;
        }

        /** Passes on lines until one is later than the other logs' next; false at the end. */
        boolean passOn(LineParser log, long until) throws IOException {
            long passed;
            do {
                passed = clockNow;
                log.parse(lines, index * FILE_STEP + number);
                if (!next()) {
                    return false;
                }
            } while (clockNow == passed || clockNow < until);
            return true;
        }
    }
}
