package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import plescope.analysis.check.TraceCheck;
import plescope.analysis.file.TemporaryFolder;
import plescope.analysis.recording.LogReader;
import plescope.analysis.recording.LogReading;
import plescope.analysis.recording.RecordingInput;
import plescope.analysis.recording.RecordingMaker;
import plescope.analysis.recording.RecordingReader;
import plescope.analysis.recording.RecordingSource;
import plescope.analysis.recording.RecordingTooLongException;
import plescope.analysis.recording.RecordingWindows.Whole;
import plescope.analysis.recording.SourcedRecording;
import plescope.analysis.recording.StoredSource;
import plescope.analysis.recording.StoredSource.Cut;
import plescope.analysis.recording.TimeWindow;
import plescope.analysis.recording.Windowing;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.store.RecordedTrace;
import plescope.analysis.store.Run;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.ScheduleReader;
import plescope.analysis.store.TraceDatabase;
import plescope.analysis.store.TraceFacts;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.whatif.Recording;

/**
 * Strings reading, replays and the database together.
 *
 * @param standardInput read where the trace is {@code -}
 * @param options how strictly to read
 * @param threads who is who, where the user knows better than the log
 * @param symbols guest functions
 */
record Pipeline(InputStream standardInput, ReadOptions options, ThreadMap threads, GuestSymbols symbols) {
    /** Reads a log into a new database file, replays its work as planned, and gives the file its final name. */
    LogReading run(List<String> trace, Path databaseFile, ReplayPlan plan) throws IOException {
        try (RecordingInput input = open(trace)) {
            if (input.kind() != RecordingInput.Kind.LOG) {
                throw new IOException(
                        input.name() + " is no log but a " + kindName(input) + "; plescope replay and extract take it");
            }
            return log(input, databaseFile, plan);
        }
    }

    /**
     * Replays what a log, a database or a workload file holds, into a new database file.
     *
     * @return what reading the log found, null where there was none to read
     */
    LogReading replay(List<String> trace, Path databaseFile, ReplayPlan plan) throws IOException {
        try (RecordingInput input = open(trace)) {
            if (input.kind() == RecordingInput.Kind.LOG) {
                return log(input, databaseFile, plan);
            }
            if (input.file() != null && Files.exists(databaseFile) && Files.isSameFile(input.file(), databaseFile)) {
                throw new UsageException("the replays would replace what they are made of; name another file: -o FILE");
            }
            recording(input, databaseFile, plan);
            return null;
        }
    }

    /** Opens what the user names, {@code -} for standard input. */
    @MustBeClosed
    RecordingInput open(List<String> trace) throws IOException {
        return trace.get(0).equals(ReadingOptions.STANDARD_INPUT)
                ? RecordingInput.open(standardInput, "<stdin>")
                : RecordingInput.open(trace.stream().map(Path::of).toList(), ReadingProgress::of);
    }

    /** Opens a log for its events alone. */
    @MustBeClosed
    TraceReader reader(String trace) throws IOException {
        return trace.equals(ReadingOptions.STANDARD_INPUT)
                ? TraceReader.open(standardInput, "<stdin>", options)
                : ReadingProgress.open(List.of(Path.of(trace)), options);
    }

    private static String kindName(RecordingInput input) {
        return input.kind() == RecordingInput.Kind.DATABASE ? "database" : "workload file";
    }

    private LogReading log(RecordingInput input, Path databaseFile, ReplayPlan plan) throws IOException {
        LogReader logs = new LogReader(options, threads, symbols);
        try (TraceReader reader = input.log(options);
                TraceDatabase database = TraceDatabase.create(databaseFile)) {
            RecordingMaker maker = new RecordingMaker(
                    symbols, plan.recorded(), plan.windowing().mostRows());
            // A workload grows with the log; a reading alone must not.
            boolean atOnce = plan.replays() && !plan.windowing().asked();
            ScheduleSink listener = atOnce ? maker.listenerWhileItFits() : new SelectiveSink() {};
            LogReading reading;
            try (ScheduleLoader recorded = database.loader(Run.RECORDED)) {
                reading = logs.read(reader, ScheduleSink.both(recorded, listener));
                store(reading, recorded, database);
                reading = reading.stored(recorded.finding());
            }
            if (plan.replays()) {
                if (plan.recorded() == null && input.isReadable()) {
                    reading = logs.settle(reading, input.files());
                }
                reading = replay(input.name(), reading, maker, plan, database);
            }
            finish(reading.host(), database);
            return reading;
        }
    }

    /** All at once where that fits; else in windows, read back from the database. */
    private LogReading replay(
            String name, LogReading reading, RecordingMaker maker, ReplayPlan plan, TraceDatabase database) {
        Roster roster = reading.timeline().roster();
        long spanNs = reading.summary().spanNs();
        if (!plan.windowing().asked() && maker.fits()) {
            Recording recording = maker.make(name, roster, spanNs, reading.host());
            plan.store(recording, database);
            return reading.on(recording.host());
        }
        Whole whole =
                new Whole(name, roster, spanNs, reading.host(), reading.spin().pauseExits() > 0);
        try (ScheduleReader schedule = ScheduleReader.of(database)) {
            return reading.on(plan.store(schedule, whole, maker.fittedNs(), symbols, database));
        }
    }

    private void store(LogReading reading, ScheduleLoader recorded, TraceDatabase database) {
        recorded.close();
        TraceFacts facts = database.facts();
        facts.switches(Run.RECORDED, recorded.switches(), reading.timeline().roster());
        facts.trace(reading.summary());
        facts.needs(TraceCheck.needs());
        facts.run(Run.recorded(reading.summary().spanNs()));
        facts.roster(reading.timeline().roster());
        facts.timeline(Run.RECORDED, reading.timeline());
        facts.spin(Run.RECORDED, reading.spin());
        facts.symbols(symbols);
    }

    /** The new file holds the recorded schedule where the input has it. */
    private void recording(RecordingInput input, Path databaseFile, ReplayPlan plan) throws IOException {
        boolean stored = input.kind() == RecordingInput.Kind.DATABASE;
        if (stored && plan.windowing().asked()) {
            windows(input, databaseFile, plan, 0);
            return;
        }
        refuseWindowsOfWorkloads(input, plan.windowing());
        try {
            atOnce(input, databaseFile, plan);
        } catch (RecordingTooLongException e) {
            if (!stored) {
                throw e;
            }
            windows(input, databaseFile, plan, e.fittedNs());
        }
    }

    private static void refuseWindowsOfWorkloads(RecordingInput input, Windowing windowing) {
        if (input.kind() == RecordingInput.Kind.WORKLOAD && windowing.asked()) {
            throw new UsageException(
                    "a workload file has no times to cut at: replay it without --window, or the trace it is from");
        }
    }

    private void atOnce(RecordingInput input, Path databaseFile, ReplayPlan plan) throws IOException {
        SourcedRecording sourced = new RecordingReader(
                        options,
                        threads,
                        symbols,
                        plan.recorded(),
                        plan.windowing().mostRows())
                .read(input, TimeWindow.ALL);
        Recording recording = sourced.recording();
        try (TraceDatabase database = TraceDatabase.create(databaseFile)) {
            database.facts().roster(recording.roster());
            if (input.kind() == RecordingInput.Kind.DATABASE) {
                copyRecorded(input.file(), database);
            }
            plan.store(recording, database);
            finish(recording.host(), database);
        }
    }

    private void windows(RecordingInput input, Path databaseFile, ReplayPlan plan, long fittedNs) throws IOException {
        try (TraceDatabase database = TraceDatabase.create(databaseFile)) {
            Whole whole;
            RecordedTrace trace;
            try (ScheduleReader schedule = ScheduleReader.open(input.file())) {
                trace = schedule.trace();
                whole = Whole.of(input.name(), schedule);
            }
            database.facts().roster(trace.roster());
            copyRecorded(input.file(), database);
            try (ScheduleReader schedule = ScheduleReader.of(database)) {
                finish(plan.store(schedule, whole, fittedNs, symbols.or(trace.symbols()), database), database);
            }
        }
    }

    /**
     * A recording for many replays: at once where that fits and nothing else is asked for, else in windows of a database, in which a
     * log is stored first.
     */
    @MustBeClosed
    RecordingSource source(Path trace, Setting recorded, Windowing windowing) throws IOException {
        try (RecordingInput input = RecordingInput.open(trace)) {
            refuseWindowsOfWorkloads(input, windowing);
            long fittedNs = 0;
            if (!windowing.asked()) {
                try {
                    return RecordingSource.of(
                            new RecordingReader(options, threads, symbols, recorded, windowing.mostRows())
                                    .read(input, TimeWindow.ALL)
                                    .recording());
                } catch (RecordingTooLongException e) {
                    fittedNs = e.fittedNs();
                }
            }
            Cut cut = new Cut(windowing.lengthNs(fittedNs), windowing.mostRows());
            return input.kind() == RecordingInput.Kind.DATABASE
                    ? StoredSource.of(trace, symbols, recorded, cut)
                    : storedFirst(trace, recorded, cut);
        }
    }

    @MustBeClosed
    private RecordingSource storedFirst(Path log, Setting recorded, Cut cut) throws IOException {
        TemporaryFolder folder = TemporaryFolder.create();
        try {
            Path database = folder.file("recorded.duckdb");
            LogReading reading = run(List.of(log.toString()), database, ReplayPlan.NONE);
            if (recorded == null) {
                reading = new LogReader(options, threads, symbols).settle(reading, List.of(log));
            }
            Whole whole = new Whole(
                    log.toString(),
                    reading.timeline().roster(),
                    reading.summary().spanNs(),
                    reading.host(),
                    reading.spin().pauseExits() > 0);
            return StoredSource.of(database, whole, symbols, recorded, cut, folder);
        } catch (IOException | RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private static void finish(RecordedHost host, TraceDatabase database) throws IOException {
        database.facts().host(host);
        ReportCatalog.install(database);
        database.publish();
    }

    private void copyRecorded(Path from, TraceDatabase to) {
        try (ScheduleReader schedule = ScheduleReader.open(from);
                ScheduleLoader recorded = to.loader(Run.RECORDED)) {
            schedule.tell(recorded);
        }
        to.facts().copied(from);
        to.facts().symbols(symbols);
    }
}
