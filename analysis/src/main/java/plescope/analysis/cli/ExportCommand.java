package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.export.ChromeTrace;
import plescope.analysis.export.TableExport;
import plescope.analysis.file.PartialText;
import plescope.analysis.report.DatabaseNames;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.RowFilter;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope export}: a database or log in the forms of other programs. */
final class ExportCommand implements Command {
    private static final String RUN = "run";
    private static final String TABLES = "tables";
    private static final String FORCE = "force";
    private static final String NAME = "name";
    private static final String CHROME = "chrome";

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "write tables as Parquet, CSV or JSON lines, or a schedule for Perfetto";
    }

    @Override
    public String arguments() {
        return "[DATABASE|TRACE|-] [--parquet DIR] [--csv DIR] [--jsonl DIR] [--chrome FILE]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope export --parquet tables",
                "plescope export host.duckdb --csv tables --tables vm,vcpu,vm_exit --run 0",
                "plescope export trace.txt.zst --chrome trace.json.gz",
                "plescope export trace.duckdb --chrome burst.json --time 100ms,120ms --vm vm0 --run 3");
    }

    @Override
    public Options options(List<String> words) {
        Options options = ReadingOptions.querying();
        FilterOptions.addSelection(options);
        for (TableExport.Format format : TableExport.Format.values()) {
            options.addOption(CommonOptions.value(format.text(), "DIR", "folder of " + described(format)));
        }
        return options.addOption(
                        CommonOptions.value(
                                CHROME,
                                "FILE",
                                "one schedule as a Chrome JSON trace for ui.perfetto.dev and chrome://tracing; .gz and .zst compress"))
                .addOption(CommonOptions.value(TABLES, "LIST", "only these tables, default all"))
                .addOption(CommonOptions.value(
                        RUN, "N|SETTING", "only this schedule, default all; the recorded one for --chrome"))
                .addOption(CommonOptions.value(NAME, "NAME", "what partitions call the trace, default the file's name"))
                .addOption(CommonOptions.flag(FORCE, "replace an earlier export"));
    }

    private static String described(TableExport.Format format) {
        return switch (format) {
            case PARQUET -> "Parquet files, partitioned by trace and VM";
            case CSV -> "CSV files, one per table";
            case JSONL -> "files of JSON lines, one per table";
        };
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        List<TableExport.Format> formats = Arrays.stream(TableExport.Format.values())
                .filter(format -> line.hasOption(format.text()))
                .toList();
        if (line.getArgList().size() > 1) {
            throw new UsageException("export takes one database or trace, got "
                    + line.getArgList().size());
        }
        if (formats.isEmpty() && !line.hasOption(CHROME)) {
            throw new UsageException("into what? give --parquet DIR, --csv DIR, --jsonl DIR or --chrome FILE");
        }
        String input = line.getArgList().isEmpty()
                ? CommonOptions.DEFAULT_DATABASE
                : line.getArgList().get(0);
        try (StoredInput stored = new StoredInput(input, ReadingOptions.pipeline(line, terminal.in()), terminal);
                TraceDatabase database = stored.open()) {
            DatabaseNames names = DatabaseNames.read(new ReportRunner(database));
            RowFilter filter = FilterOptions.filter(line, names);
            if (!formats.isEmpty()) {
                if (!filter.equals(RowFilter.NONE)) {
                    throw new UsageException("tables are exported whole; --time, --vm and --vcpu are for --chrome");
                }
                tables(formats, database, stored.stem(), names, line, terminal);
            }
            if (line.hasOption(CHROME)) {
                chrome(database, names, filter, line, terminal);
            }
        }
        return ExitCode.DONE;
    }

    private static void tables(
            List<TableExport.Format> formats,
            TraceDatabase database,
            String stem,
            DatabaseNames names,
            CommandLine line,
            Terminal terminal)
            throws IOException {
        int run = line.hasOption(RUN) ? run(line, names) : TableExport.ALL_RUNS;
        Set<String> chosen = new TreeSet<>();
        if (line.hasOption(TABLES)) {
            chosen.addAll(Arrays.asList(line.getOptionValue(TABLES).split(",", -1)));
        }
        TableExport export = new TableExport(database, line.getOptionValue(NAME, stem), run, chosen);
        for (String table : chosen) {
            if (!export.tables().contains(table)) {
                throw new UsageException(NearestName.complaint("table", table, export.tables()));
            }
        }
        for (TableExport.Format format : formats) {
            Path folder = Path.of(line.getOptionValue(format.text()));
            export.write(format, folder, line.hasOption(FORCE));
            terminal.out().println("written: " + folder);
        }
    }

    private static void chrome(
            TraceDatabase database, DatabaseNames names, RowFilter filter, CommandLine line, Terminal terminal)
            throws IOException {
        Path file = Path.of(line.getOptionValue(CHROME));
        int run = line.hasOption(RUN) ? run(line, names) : 0;
        try (PartialText out = new PartialText(file)) {
            new ChromeTrace(database, run, filter).write(out.writer());
            out.publish();
        }
        terminal.out().println("written: " + file);
    }

    private static int run(CommandLine line, DatabaseNames names) {
        return Integer.parseInt(FilterOptions.run(line.getOptionValue(RUN), names));
    }
}
