package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import plescope.analysis.check.TraceCheck;
import plescope.analysis.recording.LogReader;
import plescope.analysis.recording.LogReading;
import plescope.analysis.recording.RecordingInput;
import plescope.analysis.recording.RecordingMaker;
import plescope.analysis.recording.RecordingReader;
import plescope.analysis.recording.SourcedRecording;
import plescope.analysis.recording.TimeWindow;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.store.Run;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.ScheduleReader;
import plescope.analysis.store.TraceDatabase;
import plescope.analysis.store.TraceFacts;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
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
            RecordingMaker maker = new RecordingMaker(symbols, plan.recorded());
            // A workload grows with the log; a reading alone must not.
            ScheduleSink listener = plan.replays() ? maker.listener() : new SelectiveSink() {};
            LogReading reading;
            try (ScheduleLoader recorded = database.loader(Run.RECORDED)) {
                reading = logs.read(reader, ScheduleSink.both(recorded, listener));
                store(reading, recorded, database);
            }
            if (plan.replays()) {
                if (plan.recorded() == null && input.isReadable()) {
                    reading = logs.settle(reading, input.files());
                }
                Roster roster = reading.timeline().roster();
                Recording recording =
                        maker.make(input.name(), roster, reading.summary().spanNs(), reading.host());
                reading = reading.on(recording.host());
                plan.store(recording, database);
            }
            database.facts().host(reading.host());
            ReportCatalog.install(database);
            database.publish();
            return reading;
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
        SourcedRecording sourced =
                new RecordingReader(options, threads, symbols, plan.recorded()).read(input, TimeWindow.ALL);
        Recording recording = sourced.recording();
        try (TraceDatabase database = TraceDatabase.create(databaseFile)) {
            database.facts().roster(recording.roster());
            if (input.kind() == RecordingInput.Kind.DATABASE) {
                copyRecorded(input.file(), database);
            }
            plan.store(recording, database);
            database.facts().host(recording.host());
            ReportCatalog.install(database);
            database.publish();
        }
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
