package plescope.parser.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import plescope.parser.event.ExitReason;
import plescope.parser.event.TraceEvent;

/**
 * The events of one chunk in input order, and what was taken for granted about the lines before it.
 *
 * <p>No event of a batch is too late and none is placed: {@link ChunkMerger} sees to both.
 */
final class EventBatch implements EventSequence {
    private static final int FIRST_CAPACITY = 1024;

    private final List<BatchStep> steps = new ArrayList<>();
    private TraceEvent[] events = new TraceEvent[FIRST_CAPACITY];
    /** Times of the events, so that no event is asked by two threads. */
    private long[] times = new long[FIRST_CAPACITY];

    private int size;
    private long newestNs = Long.MIN_VALUE;
    private long newestAssumedNs = Long.MAX_VALUE;
    private boolean needsPast;

    /** Makes an empty batch of one that was merged. */
    void clear() {
        steps.clear();
        size = 0;
        newestNs = Long.MIN_VALUE;
        newestAssumedNs = Long.MAX_VALUE;
        needsPast = false;
    }

    int size() {
        return size;
    }

    TraceEvent event(int index) {
        return events[index];
    }

    long timestampNs(int index) {
        return times[index];
    }

    List<BatchStep> steps() {
        return steps;
    }

    /** The batch holds only if no line before the chunk is newer than this. */
    long newestAssumedNs() {
        return newestAssumedNs;
    }

    /** Some line cannot be understood without the lines before the chunk. */
    boolean isInNeedOfPast() {
        return needsPast;
    }

    @Override
    public boolean isTooLate(long timestampNs) {
        return false;
    }

    @Override
    public long placeNs() {
        return Long.MIN_VALUE;
    }

    @Override
    public long newestNs() {
        newestAssumedNs = Math.min(newestAssumedNs, newestNs);
        return newestNs == Long.MIN_VALUE ? 0 : newestNs;
    }

    @Override
    public void add(TraceEvent event, long timestampNs) {
        if (size == events.length) {
            events = Arrays.copyOf(events, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        events[size] = event;
        times[size++] = timestampNs;
        newestNs = Math.max(newestNs, timestampNs);
    }

    void add(BatchStep step) {
        steps.add(step);
    }

    @Override
    public void amendExit(int tid, ExitReason reason) {
        steps.add(new BatchStep.Amendment(size, tid, reason));
    }

    @Override
    public void needsPast() {
        needsPast = true;
    }
}
