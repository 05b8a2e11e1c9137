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
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope sql}: any query, read-only, for machines without a DuckDB client. */
final class SqlCommand implements Command {
    private static final String MEMORY = ":memory:";
    private static final String STANDARD_INPUT = "-";

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String summary() {
        return "run a query on a database";
    }

    @Override
    public String arguments() {
        return "DATABASE QUERY|- [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope sql trace.duckdb \"FROM ple_burst(max_gap_us := 50) LIMIT 10\"",
                "plescope sql trace.duckdb \"SELECT table_name, comment FROM duckdb_tables()\"",
                "plescope sql trace.duckdb - --format csv < query.sql");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp().addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        List<String> words = line.getArgList();
        if (words.size() != 2) {
            throw new UsageException("sql needs a database and a query, got " + words.size() + " words");
        }
        ReportFormat format = CommonOptions.format(line);
        String query = words.get(1).equals(STANDARD_INPUT)
                ? new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
                : words.get(1);
        try (TraceDatabase database =
                words.get(0).equals(MEMORY) ? TraceDatabase.inMemory() : TraceDatabase.open(Path.of(words.get(0)))) {
            if (words.get(0).equals(MEMORY)) {
                ReportCatalog.install(database);
            }
            ReportTable table = new ReportRunner(database).sql(query);
            terminal.out().print(new ReportWriter(terminal.width()).write(table, format));
        }
        return ExitCode.DONE;
    }
}
