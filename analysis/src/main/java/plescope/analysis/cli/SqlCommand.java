package plescope.analysis.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope sql}: any query on a database, read-only, or on a log, for machines without a DuckDB client. */
final class SqlCommand implements Command {
    private static final String MEMORY = ":memory:";
    private static final String STANDARD_INPUT = "-";
    private static final String TRACE = "trace";

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String summary() {
        return "run a query on a database or a log";
    }

    @Override
    public String arguments() {
        return "DATABASE QUERY|- | --trace LOG|- QUERY [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope sql trace.duckdb \"FROM ple_burst(max_gap_us := 50) LIMIT 10\"",
                "plescope sql trace.duckdb \"SELECT table_name, comment FROM duckdb_tables()\"",
                "plescope sql trace.duckdb - --format csv < query.sql",
                "plescope sql --trace log.txt.zst \"SELECT reason, count(*) FROM kvm_event GROUP BY ALL ORDER BY ALL\"");
    }

    @Override
    public Options options(List<String> words) {
        return ReadingOptions.querying()
                .addOption(CommonOptions.value(
                        TRACE,
                        "LOG",
                        "a log in place of a database; the views event, kvm_event and sched_event hold its events"))
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        List<String> words = line.getArgList();
        boolean log = line.hasOption(TRACE);
        if (words.size() != (log ? 1 : 2)) {
            String needed = log ? "a query" : "a database and a query, such as: sql trace.duckdb 'FROM vm'";
            throw new UsageException("sql needs " + needed + "; got " + words.size() + " words");
        }
        ReportFormat format = CommonOptions.format(line);
        String query = query(words.get(words.size() - 1), line, terminal);
        if (log) {
            try (LogQuery files = new LogQuery()) {
                files.read(
                        query,
                        line.getOptionValue(TRACE),
                        ReadingOptions.pipeline(line, terminal.in()),
                        database -> print(query, database, format, terminal));
            }
            return ExitCode.DONE;
        }
        String name = words.get(0);
        try (TraceDatabase database =
                name.equals(MEMORY) ? TraceDatabase.inMemory() : TraceDatabase.open(Path.of(name))) {
            if (name.equals(MEMORY)) {
                ReportCatalog.install(database);
            }
            print(query, database, format, terminal);
        }
        return ExitCode.DONE;
    }

    private static String query(String word, CommandLine line, Terminal terminal) throws IOException {
        if (!word.equals(STANDARD_INPUT)) {
            return word;
        }
        if (STANDARD_INPUT.equals(line.getOptionValue(TRACE))) {
            throw new UsageException("standard input is either the log or the query");
        }
        return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void print(String query, TraceDatabase database, ReportFormat format, Terminal terminal) {
        new QueryPrinter(new ReportRunner(database), format, terminal).print(query, Integer.MAX_VALUE);
    }
}
