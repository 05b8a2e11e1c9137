package plescope.parser.text;

import java.util.function.Consumer;
import plescope.parser.event.EventKind;
import plescope.parser.event.ExitReason;
import plescope.parser.event.KvmExit;
import plescope.parser.event.TraceEvent;

/**
 * Puts events in time order: per-CPU buffers interleave a little, so each event waits until the log is a window past it.
 *
 * <p>Order is total: time, then input order. An event more than a window behind the newest, or older than what has already gone
 * out, is not placed, so that clocks that differ never mix; the caller asks {@link #isTooLate} and stamps it with {@link #placeNs()}.
 */
final class ReorderWindow implements EventSequence {
    /** Bounds memory, and the work of one insertion, where a window's time holds very many events. A power of two. */
    static final int MAX_WAITING = 8192;

    /** What a window mostly holds: a ring that is no longer than it must be stays in the cache. A power of two. */
    private static final int FIRST_CAPACITY = 256;

    /** Lines that other CPUs may print between an exit and what explains it. */
    private static final int LOOK_BACK = 256;

    private final long windowNs;
    private final Consumer<? super TraceEvent> sink;
    private TraceEvent[] waiting = new TraceEvent[FIRST_CAPACITY];
    /** Times of the waiting events, so that no event is asked for its time again. */
    private long[] times = new long[FIRST_CAPACITY];

    private int head;
    private int size;
    private long newestNs = Long.MIN_VALUE;
    private long releasedNs = Long.MIN_VALUE;
    /** Events before it are too late; a window behind the newest, or at the last one passed on. */
    private long floorNs = Long.MIN_VALUE;

    private long moved;

    ReorderWindow(long windowNs, Consumer<? super TraceEvent> sink) {
        this.windowNs = windowNs;
        this.sink = sink;
    }

    @Override
    public boolean isTooLate(long timestampNs) {
        return timestampNs < floorNs;
    }

    @Override
    public long placeNs() {
        return releasedNs == Long.MIN_VALUE ? floorNs : releasedNs;
    }

    /** Whether the latest time seen is at most this; so it is before the first event. */
    boolean isNewestAtMost(long timestampNs) {
        return newestNs <= timestampNs;
    }

    /** How many events came after later ones and were put before them. */
    long moved() {
        return moved;
    }

    @Override
    public long newestNs() {
        return newestNs == Long.MIN_VALUE ? 0 : newestNs;
    }

    @Override
    public void add(TraceEvent event, long timestampNs) {
        if (size == waiting.length) {
            makeRoom();
        }
        int at = head + size++;
        if (timestampNs < newestNs) {
            at = moveLater(at, timestampNs);
        } else if (timestampNs > newestNs) {
            newestNs = timestampNs;
            floorNs = Math.max(floorNs, timestampNs - windowNs);
        }
        waiting[slot(at)] = event;
        times[slot(at)] = timestampNs;
        while (size > 0 && times[slot(head)] <= newestNs - windowNs) {
            release();
        }
    }

    /** Makes room among the waiting events, the last of which may be later; returns where. */
    private int moveLater(int end, long timestampNs) {
        int at = end;
        while (at > head && times[slot(at - 1)] > timestampNs) {
            waiting[slot(at)] = waiting[slot(at - 1)];
            times[slot(at)] = times[slot(at - 1)];
            at--;
        }
        moved += at < end ? 1 : 0;
        return at;
    }

    private void makeRoom() {
        if (size == MAX_WAITING) {
            release();
            return;
        }
        TraceEvent[] events = new TraceEvent[2 * size];
        long[] eventTimes = new long[2 * size];
        for (int i = 0; i < size; i++) {
            events[i] = waiting[slot(head + i)];
            eventTimes[i] = times[slot(head + i)];
        }
        waiting = events;
        times = eventTimes;
        head = 0;
    }

    /** Looks back a little only: the line that tells follows its exit. */
    @Override
    public void amendExit(int tid, ExitReason reason) {
        for (int at = head + size - 1; at >= Math.max(head, head + size - LOOK_BACK); at--) {
            TraceEvent event = waiting[slot(at)];
            if (event.kind() == EventKind.KVM_EXIT && event.tid() == tid) {
                KvmExit exit = (KvmExit) event;
                waiting[slot(at)] = new KvmExit(
                        exit.timestampNs(), exit.pcpu(), tid, exit.line(), exit.vcpu(), reason, exit.guestRip());
                return;
            }
        }
    }

    /** Everything before the current line has been passed through here. */
    @Override
    public void needsPast() {}

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
        releasedNs = times[slot];
        floorNs = Math.max(floorNs, releasedNs);
        sink.accept(event);
    }

    private int slot(int index) {
        return index & (waiting.length - 1);
    }
}
