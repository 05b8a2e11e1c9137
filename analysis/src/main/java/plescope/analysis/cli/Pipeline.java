package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.store.Run;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.TraceDatabase;
import plescope.analysis.store.TraceFacts;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.calibration.HostCalibrator;
import plescope.replay.calibration.Identity;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSummary;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadExtractor;

/**
 * Strings the stages together: log text, timeline, spin episodes, database. Nothing else does.
 *
 * @param standardInput read where the trace is {@code -}
 * @param options how strictly to read
 * @param threads who is who, where the user knows better than the log
 * @param symbols guest functions
 */
record Pipeline(InputStream standardInput, ReadOptions options, ThreadMap threads, GuestSymbols symbols) {
    private static final String STANDARD_INPUT = "-";

    /**
     * What one reading found.
     *
     * @param host the machine, as far as the log shows it
     */
    record Reading(ReadSummary summary, TimelineSummary timeline, SpinSummary spin, RecordedHost host) {
        Reading on(RecordedHost settled) {
            return new Reading(summary, timeline, spin, settled);
        }
    }

    /** Reads a log into a new database file, replays its work as planned, and gives the file its final name. */
    Reading run(String trace, Path databaseFile, ReplayPlan plan) throws IOException {
        try (TraceReader reader = open(trace);
                TraceDatabase database = TraceDatabase.create(databaseFile)) {
            // A workload grows with the log; a reading alone must not.
            WorkloadExtractor extractor = new WorkloadExtractor();
            Reading reading = record(reader, database, plan.replays() ? extractor : new SelectiveSink() {});
            if (plan.replays()) {
                Roster roster = reading.timeline().roster();
                long spanNs = reading.summary().spanNs();
                Identity identity =
                        Identity.of(extractor, roster, spanNs, reading.host(), plan.recorded(), plan.seed());
                reading = reading.on(identity.host());
                Workload work = extractor.extract(roster, spanNs, identity.locks(), 0);
                plan.store(work, reading.host(), database);
            }
            database.facts().host(reading.host());
            ReportCatalog.install(database);
            database.publish();
            return reading;
        }
    }

    private Reading record(TraceReader reader, TraceDatabase database, ScheduleSink listener) throws IOException {
        try (ScheduleLoader recorded = database.loader(Run.RECORDED)) {
            HostCalibrator calibrator = new HostCalibrator();
            SpinDetector spin = new SpinDetector(
                    SpinOptions.DEFAULT, symbols, ScheduleSink.both(recorded, ScheduleSink.both(listener, calibrator)));
            TimelineBuilder timeline = new TimelineBuilder(threads, spin);
            ReadSummary summary = reader.read(timeline::accept);
            TimelineSummary rebuilt = timeline.finish();
            SpinSummary spun = spin.finish(rebuilt.roster());
            RecordedHost host = RecordedHost.of(summary, spun, calibrator, rebuilt.roster());
            Reading reading = new Reading(summary, rebuilt, spun, host);
            store(reading, recorded, database.facts());
            return reading;
        }
    }

    private void store(Reading reading, ScheduleLoader recorded, TraceFacts facts) {
        recorded.close();
        facts.switches(Run.RECORDED, recorded.switches(), reading.timeline().roster());
        facts.trace(reading.summary());
        facts.run(Run.recorded(reading.summary().spanNs()));
        facts.roster(reading.timeline().roster());
        facts.timeline(Run.RECORDED, reading.timeline());
        facts.spin(Run.RECORDED, reading.spin());
        facts.symbols(symbols);
    }

    @MustBeClosed
    private TraceReader open(String trace) throws IOException {
        return trace.equals(STANDARD_INPUT)
                ? TraceReader.open(standardInput, "<stdin>", options)
                : TraceReader.open(Path.of(trace), options);
    }
}
