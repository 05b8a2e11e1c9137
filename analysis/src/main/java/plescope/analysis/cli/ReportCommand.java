package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.DatabaseNames;
import plescope.analysis.report.Report;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.RowFilter;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope report}: prints named reports of a database. */
final class ReportCommand implements Command {
    private static final String SHOW_SQL = "show-sql";
    private static final String LIST = "list";

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "print a named report of a database";
    }

    @Override
    public String arguments() {
        return "NAME... [-i FILE] [--format FORMAT] [--PARAMETER VALUE]... [FILTER]... [-k COLUMNS] [--limit N]";
    }

    @Override
    public List<String> words() {
        return Arrays.stream(ReportName.values()).map(ReportName::text).toList();
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope report --list",
                "plescope report exits --vcpu 1 -k time%",
                "plescope report hotspots --vm vm0 --time 100ms,200ms --limit 5",
                "plescope report bursts -i host.duckdb --max-gap-us 50 --format csv",
                "plescope report what-if --show-sql");
    }

    /** The parameters of the reports named in {@code words} are options too. */
    @Override
    public Options options(List<String> words) {
        Options options = CommonOptions.withHelp()
                .addOption(CommonOptions.input())
                .addOption(CommonOptions.memory())
                .addOption(CommonOptions.format())
                .addOption(
                        CommonOptions.flag(SHOW_SQL, "print the query behind the report, ready for any DuckDB client"))
                .addOption(CommonOptions.flag(LIST, "list all reports with their parameters and columns"));
        FilterOptions.addTo(options);
        for (String word : words) {
            ReportName.find(word).map(Report::read).ifPresent(report -> {
                for (Report.Parameter parameter : report.parameters()) {
                    options.addOption(CommonOptions.value(
                            option(parameter),
                            parameter.type(),
                            parameter.description() + ", default " + parameter.defaultValue()));
                }
            });
        }
        return options;
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) {
        if (line.hasOption(LIST)) {
            terminal.out().print(catalog());
            return ExitCode.DONE;
        }
        List<Report> reports =
                names(line.getArgList()).stream().map(Report::read).toList();
        if (line.hasOption(SHOW_SQL) && !FilterOptions.needsNames(line)) {
            // What names nothing of a database needs none.
            for (Report report : reports) {
                show(report.sql(arguments(report, line), RowFilter.NONE, FilterOptions.order(line, report)), terminal);
            }
            return ExitCode.DONE;
        }
        ReportFormat format = CommonOptions.format(line);
        try (TraceDatabase database = TraceDatabase.open(CommonOptions.database(line, CommonOptions.INPUT))) {
            ReportRunner runner = new ReportRunner(database);
            DatabaseNames names = DatabaseNames.read(runner);
            QueryPrinter printer = new QueryPrinter(runner, format, terminal);
            for (Report report : reports) {
                Map<String, String> arguments = arguments(report, line);
                arguments.computeIfPresent(FilterOptions.RUN, (key, run) -> FilterOptions.run(run, names));
                String query =
                        report.sql(arguments, FilterOptions.filter(line, names), FilterOptions.order(line, report));
                if (line.hasOption(SHOW_SQL)) {
                    show(query, terminal);
                } else {
                    printer.print(query, FilterOptions.limit(line));
                }
            }
        }
        return ExitCode.DONE;
    }

    private static void show(String query, Terminal terminal) {
        terminal.out().println(query + ";");
    }

    private List<ReportName> names(List<String> words) {
        List<String> known = words();
        if (words.isEmpty()) {
            throw new UsageException("which report? known are: " + String.join(", ", known));
        }
        List<ReportName> names = new ArrayList<>();
        for (String word : words) {
            names.add(ReportName.find(word)
                    .orElseThrow(() -> new UsageException(NearestName.complaint("report", word, known))));
        }
        return names;
    }

    private static Map<String, String> arguments(Report report, CommandLine line) {
        Map<String, String> arguments = new HashMap<>();
        for (Report.Parameter parameter : report.parameters()) {
            String value = line.getOptionValue(option(parameter));
            if (value != null) {
                arguments.put(parameter.name(), value);
            }
        }
        return arguments;
    }

    private static String option(Report.Parameter parameter) {
        return parameter.name().replace('_', '-');
    }

    private static String catalog() {
        StringBuilder out = new StringBuilder();
        for (Report report : ReportCatalog.all()) {
            out.append(report.name().text())
                    .append("\n    ")
                    .append(report.sentence())
                    .append('\n');
            for (Report.Parameter p : report.parameters()) {
                out.append("    --")
                        .append(option(p))
                        .append(' ')
                        .append(p.type())
                        .append("  ");
                out.append(p.description())
                        .append(", default ")
                        .append(p.defaultValue())
                        .append('\n');
            }
            out.append("    rows chosen by: ")
                    .append(String.join(", ", report.filters()))
                    .append('\n');
            for (Report.Column c : report.columns()) {
                out.append("      ")
                        .append(c.name())
                        .append(": ")
                        .append(c.description())
                        .append('\n');
            }
        }
        return out.toString();
    }
}
