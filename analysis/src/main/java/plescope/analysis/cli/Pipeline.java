package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.store.Run;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.TraceDatabase;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSummary;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;

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

    /** What one reading found. */
    record Reading(ReadSummary summary, TimelineSummary timeline, SpinSummary spin) {}

    /** Reads a log into a new database file. */
    Reading read(String trace, Path databaseFile) throws IOException {
        try (TraceReader reader = open(trace);
                TraceDatabase database = TraceDatabase.create(databaseFile)) {
            Reading reading;
            try (ScheduleLoader recorded = database.loader(Run.RECORDED)) {
                SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, symbols, recorded);
                TimelineBuilder timeline = new TimelineBuilder(threads, spin);
                ReadSummary summary = reader.read(timeline::accept);
                TimelineSummary rebuilt = timeline.finish();
                reading = new Reading(summary, rebuilt, spin.finish(rebuilt.roster()));
                database.facts().switches(Run.RECORDED, recorded.switches(), rebuilt.roster());
            }
            database.facts().trace(reading.summary());
            database.facts().run(Run.recorded(reading.summary().spanNs()));
            database.facts().roster(reading.timeline().roster());
            database.facts().timeline(Run.RECORDED, reading.timeline());
            database.facts().spin(Run.RECORDED, reading.spin());
            database.facts().symbols(symbols);
            ReportCatalog.install(database);
            database.publish();
            return reading;
        }
    }

    @MustBeClosed
    private TraceReader open(String trace) throws IOException {
        return trace.equals(STANDARD_INPUT)
                ? TraceReader.open(standardInput, "<stdin>", options)
                : TraceReader.open(Path.of(trace), options);
    }
}
