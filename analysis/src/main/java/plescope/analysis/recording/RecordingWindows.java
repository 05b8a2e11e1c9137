package plescope.analysis.recording;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import plescope.analysis.recording.TimeWindow.Stretch;
import plescope.analysis.store.RecordedTrace;
import plescope.analysis.store.ScheduleReader;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.calibration.YieldTally;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.VmExit;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.whatif.Recording;
import plescope.replay.workload.ScheduleCut;

/**
 * A stored recording in consecutive windows, each a recording of its own: one is in memory at a time. A window that does not fit is
 * halved.
 *
 * <p>What crosses an edge is open on both sides, see {@link ScheduleCut}; the setting is that of the first window where the recording
 * does not tell it.
 */
public final class RecordingWindows implements Iterator<RecordingWindows.Window> {
    /** Shorter ones are mostly warm-up [I]. */
    public static final long SHORTEST_NS = 10_000_000;

    /** Memory that is counted for a row of a recording while it is replayed. */
    public static final long BYTES_PER_ROW = BoundedSink.BYTES_PER_ROW;

    private final ScheduleReader schedule;
    private final Whole whole;
    private final GuestSymbols symbols;
    private final Setting recorded;
    private final long mostRows;
    private final Deque<Stretch> left = new ArrayDeque<>();
    private RecordedHost host;
    private Window ahead;
    private int count;
    private long opened;

    /**
     * The recording that is cut.
     *
     * @param host as calibrated from all of it
     * @param pauseExits whether it has PLE exits
     */
    public record Whole(String name, Roster roster, long spanNs, RecordedHost host, boolean pauseExits) {
        /** What a database says of its recording, and what its schedule tells when it is gone through once. */
        public static Whole of(String name, ScheduleReader schedule) {
            RecordedTrace trace = schedule.trace();
            YieldTally yields = new YieldTally();
            boolean[] pauseExits = new boolean[1];
            schedule.tell(ScheduleSink.both(yields, new SelectiveSink() {
                @Override
                public void vmExit(VmExit exit) {
                    pauseExits[0] |= exit.reason().isPause();
                }
            }));
            RecordedHost host = new RecordedHost(trace.host(), trace.setting(), yields);
            return new Whole(name, trace.roster(), trace.spanNs(), host, pauseExits[0]);
        }
    }

    /** A part as a recording. */
    public record Window(Recording recording, long lengthNs) {}

    /** Windows of about that length, all equally long, of at most so many rows. */
    public RecordingWindows(
            ScheduleReader schedule,
            Whole whole,
            long lengthNs,
            long mostRows,
            GuestSymbols symbols,
            Setting recorded) {
        this.schedule = schedule;
        this.whole = whole;
        this.symbols = symbols;
        this.recorded = recorded;
        this.mostRows = mostRows;
        this.host = whole.host();
        long count = Math.max(1, Math.min(Integer.MAX_VALUE, Math.round((double) whole.spanNs() / lengthNs)));
        long begin = 0;
        for (long i = 1; i <= count; i++) {
            long end = i == count ? whole.spanNs() : whole.spanNs() / count * i;
            left.add(new Stretch(begin, end));
            begin = end;
        }
    }

    /** The window that comes next, read but not taken yet. */
    public Window first() {
        if (ahead == null) {
            ahead = next();
        }
        return ahead;
    }

    @Override
    public boolean hasNext() {
        return ahead != null || !left.isEmpty();
    }

    @Override
    public Window next() {
        if (ahead != null) {
            Window window = ahead;
            ahead = null;
            return window;
        }
        if (left.isEmpty()) {
            throw new NoSuchElementException("there are no more windows");
        }
        Stretch stretch = left.remove();
        long lengthNs = stretch.toNs() - stretch.fromNs();
        try {
            RecordingMaker maker = new RecordingMaker(symbols, recorded, mostRows);
            ScheduleCut cut = new ScheduleCut(stretch.fromNs(), stretch.toNs(), maker.listener());
            schedule.tell(cut, stretch.fromNs(), stretch.toNs());
            opened += cut.opened() - cut.begunBefore();
            Recording recording = maker.make(whole.name(), whole.roster(), lengthNs, host, whole.pauseExits());
            RecordedSetting settled = recording.host().setting();
            host = host.under(new RecordedSetting(settled.setting(), settled.origin(), false, settled.reason()));
            count++;
            return new Window(recording, lengthNs);
        } catch (RecordingTooLongException e) {
            if (lengthNs < 2 * SHORTEST_NS) {
                throw e;
            }
            long middle = stretch.fromNs() + lengthNs / 2;
            left.addFirst(new Stretch(middle, stretch.toNs()));
            left.addFirst(new Stretch(stretch.fromNs(), middle));
            return next();
        }
    }

    /** Windows so far. */
    public int count() {
        return count;
    }

    /** Waits and IPIs that the edges of the windows so far cut open, each counted once, where it begins. */
    public long opened() {
        return opened;
    }
}
