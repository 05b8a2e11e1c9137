package plescope.parser.text;

import java.util.function.Consumer;
import plescope.parser.event.TraceEvent;

/**
 * Puts events in time order: per-CPU buffers interleave a little, so each event waits until the log is a window past it.
 *
 * <p>Order is total: time, then input order. An event older than what has already gone out cannot be placed; the caller
 * asks {@link #isTooLate} and stamps it with {@link #releasedNs()}.
 */
final class EventSequence {
    /** Bounds memory, and the work of one insertion, where a window's time holds very many events. A power of two. */
    static final int MAX_WAITING = 8192;

    private final long windowNs;
    private final Consumer<? super TraceEvent> sink;
    private final TraceEvent[] waiting = new TraceEvent[MAX_WAITING];
    private int head;
    private int size;
    private long newestNs = Long.MIN_VALUE;
    private long releasedNs = Long.MIN_VALUE;

    EventSequence(long windowNs, Consumer<? super TraceEvent> sink) {
        this.windowNs = windowNs;
        this.sink = sink;
    }

    boolean isTooLate(long timestampNs) {
        return timestampNs < releasedNs;
    }

    /** Time of the last event passed on; Long.MIN_VALUE before the first. */
    long releasedNs() {
        return releasedNs;
    }

    /** Latest time seen; 0 before the first event. */
    long newestNs() {
        return newestNs == Long.MIN_VALUE ? 0 : newestNs;
    }

    void add(TraceEvent event) {
        long time = event.timestampNs();
        if (size == MAX_WAITING) {
            release();
        }
        int at = head + size++;
        while (at > head && waiting[slot(at - 1)].timestampNs() > time) {
            waiting[slot(at)] = waiting[slot(at - 1)];
            at--;
        }
        waiting[slot(at)] = event;
        if (time > newestNs) {
            newestNs = time;
        }
        while (size > 0 && waiting[slot(head)].timestampNs() <= newestNs - windowNs) {
            release();
        }
    }

    /** The log has ended: passes on everything that waits. */
    void finish() {
        while (size > 0) {
            release();
        }
    }

    private void release() {
        int slot = slot(head);
        TraceEvent event = waiting[slot];
        waiting[slot] = null;
        head++;
        size--;
        releasedNs = event.timestampNs();
        sink.accept(event);
    }

    private static int slot(int index) {
        return index & (MAX_WAITING - 1);
    }
}
