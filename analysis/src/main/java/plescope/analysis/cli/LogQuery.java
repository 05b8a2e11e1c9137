package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import plescope.analysis.file.TemporaryFolder;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.EventDatabase;
import plescope.analysis.store.SqlResource;
import plescope.analysis.store.TraceDatabase;
import plescope.parser.TraceReader;

/**
 * Lets a query see a log without a database made of it first: reads what the query names, the events, what plescope makes of them, or
 * both, into files that are gone afterwards.
 */
final class LogQuery implements AutoCloseable {
    /** The events as they are; everything else is what plescope makes of them. */
    private static final Set<String> EVENTS = Set.of("event", "kvm_event", "sched_event");

    private static final Pattern WORD = Pattern.compile("[a-z_][a-z_0-9]*");

    private final TemporaryFolder folder;

    LogQuery() throws IOException {
        folder = TemporaryFolder.create();
    }

    /** Tells {@code user} a database that has all that the query names. */
    void read(String query, String trace, Pipeline pipeline, Consumer<TraceDatabase> user) throws IOException {
        Set<String> words = words(query);
        boolean events = words.stream().anyMatch(EVENTS::contains);
        boolean schedule = named().stream().anyMatch(words::contains);
        String log = trace;
        if (events && schedule && trace.equals(ReadingOptions.STANDARD_INPUT)) {
            // A stream is read once, the log twice.
            log = folder.file("log").toString();
            Files.copy(pipeline.standardInput(), Path.of(log));
        }
        Path eventFile = folder.file("event.duckdb");
        if (events) {
            readEvents(log, eventFile, pipeline);
        }
        Path file = folder.file("trace.duckdb");
        if (schedule) {
            pipeline.run(List.of(log), file, ReplayPlan.NONE);
        }
        try (TraceDatabase database = schedule ? TraceDatabase.open(file) : TraceDatabase.inMemory()) {
            if (events) {
                database.attachEvents(eventFile);
            }
            user.accept(database);
        }
    }

    private static Set<String> words(String query) {
        Matcher matcher = WORD.matcher(query.toLowerCase(Locale.ROOT));
        return matcher.results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of tables, views and table macros. */
    private static List<String> named() {
        try (TraceDatabase empty = TraceDatabase.inMemory()) {
            ReportCatalog.install(empty);
            return new ReportRunner(empty)
                    .sql(SqlResource.read("event/names.sql")).rows().stream()
                            .map(row -> (String) row.get(0))
                            .toList();
        }
    }

    private static void readEvents(String log, Path file, Pipeline pipeline) throws IOException {
        try (EventDatabase database = EventDatabase.create(file);
                TraceReader reader = pipeline.reader(log)) {
            reader.read(database);
            database.finish();
        }
    }

    /** Removes the files. */
    @Override
    public void close() throws IOException {
        folder.close();
    }
}
