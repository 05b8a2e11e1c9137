package plescope.analysis.recording;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import plescope.analysis.recording.RecordingWindows.Whole;
import plescope.analysis.recording.RecordingWindows.Window;
import plescope.analysis.store.ScheduleReader;
import plescope.analysis.store.StoredWindows;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.RecordingOverWindows;
import plescope.replay.workload.Workload;

/** A recording in windows of a database: memory is that of the longest window. Equal cuts give equal windows. */
public final class StoredSource implements RecordingSource {
    private final ScheduleReader schedule;
    private final Whole whole;
    private final GuestSymbols symbols;
    private final Setting recorded;
    private final Cut cut;
    private final Closeable last;
    private final Recording recording;
    private final StoredWindows seen;
    private Workload sample;

    /**
     * Where to cut; with the recording it decides what every window holds.
     *
     * @param lengthNs about which each window takes
     * @param mostRows of a window; those with more are halved
     */
    public record Cut(long lengthNs, long mostRows) {}

    /** The recording of a finished database file. */
    @MustBeClosed
    public static StoredSource of(Path database, GuestSymbols symbols, Setting recorded, Cut cut) {
        GuestSymbols known;
        Whole whole;
        try (ScheduleReader schedule = ScheduleReader.open(database)) {
            known = symbols.or(schedule.trace().symbols());
            whole = Whole.of(database.toString(), schedule);
        }
        return of(database, whole, known, recorded, cut, () -> {});
    }

    /**
     * The same of one whose log was just read.
     *
     * @param last closed after this
     */
    @MustBeClosed
    // The source closes the schedule.
    @SuppressWarnings("MustBeClosed")
    public static StoredSource of(
            Path database, Whole whole, GuestSymbols symbols, Setting recorded, Cut cut, Closeable last) {
        ScheduleReader schedule = ScheduleReader.open(database);
        try {
            return new StoredSource(schedule, whole, symbols, recorded, cut, last);
        } catch (RuntimeException | Error e) {
            schedule.close();
            throw e;
        }
    }

    /** Goes through all windows once, for what they measured. */
    private StoredSource(
            ScheduleReader schedule, Whole whole, GuestSymbols symbols, Setting recorded, Cut cut, Closeable last) {
        this.schedule = schedule;
        this.whole = whole;
        this.symbols = symbols;
        this.recorded = recorded;
        this.cut = cut;
        this.last = last;
        RecordingOverWindows joined = new RecordingOverWindows();
        RecordingWindows all = windows();
        while (all.hasNext()) {
            Window window = all.next();
            joined.add(window.recording(), window.lengthNs());
        }
        recording = joined.recording();
        seen = new StoredWindows(all.count(), whole.spanNs() / all.count(), all.opened());
    }

    @Override
    public Recording recording() {
        return recording;
    }

    /** Of the shortest window there may be. */
    @Override
    public Workload sample() {
        if (sample == null) {
            long spanNs = Math.min(whole.spanNs(), RecordingWindows.SHORTEST_NS);
            Whole begin = new Whole(whole.name(), whole.roster(), spanNs, recording.host(), whole.pauseExits());
            sample = new RecordingWindows(schedule, begin, spanNs, cut.mostRows(), symbols, recorded)
                    .next()
                    .recording()
                    .work()
                    .draw(0);
        }
        return sample;
    }

    @Override
    public RecordingWindows windows() {
        return new RecordingWindows(schedule, whole, cut.lengthNs(), cut.mostRows(), symbols, recorded);
    }

    @Override
    public int count() {
        return (int) seen.count();
    }

    /** What was cut, for the reader. */
    public StoredWindows seen() {
        return seen;
    }

    @Override
    public String cut() {
        // Fewer rows halve more windows: length and count tell the cut.
        return seen.count() + " windows of " + cut.lengthNs() + " ns";
    }

    @Override
    public void close() throws IOException {
        schedule.close();
        last.close();
    }
}
