package plescope.analysis.html;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plescope.analysis.report.Report;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.SqlResource;
import plescope.analysis.store.TraceDatabase;

/** Asks the queries of the page about one schedule. */
final class PageQueries {
    private final ReportRunner runner;
    private final int run;

    PageQueries(TraceDatabase database, int run) {
        this.runner = new ReportRunner(database);
        this.run = run;
    }

    int run() {
        return run;
    }

    /** A query of the page's own, {@code $name} in it replaced by numbers. */
    PageTable ask(String name, Map<String, Long> arguments) {
        String text = SqlResource.read("html/" + name + ".sql");
        Map<String, Long> all = new TreeMap<>(arguments);
        all.put("run", (long) run);
        String caption = filled(
                text.lines()
                        .takeWhile(line -> line.startsWith("--"))
                        .map(line -> line.substring(2).strip())
                        .collect(Collectors.joining(" ")),
                all);
        String sql = filled(
                text.lines()
                        .dropWhile(line -> line.startsWith("--"))
                        .collect(Collectors.joining("\n"))
                        .strip(),
                all);
        return new PageTable(name, caption, sql, List.of(), all, runner.sql(sql));
    }

    PageTable ask(String name) {
        return ask(name, Map.of());
    }

    /** The first rows of a named report. */
    PageTable report(ReportName name, int limit) {
        Report report = Report.read(name);
        Map<String, String> arguments =
                report.parameters().stream().anyMatch(p -> p.name().equals("run"))
                        ? Map.of("run", Integer.toString(run))
                        : Map.of();
        return new PageTable(
                name.text(),
                report.sentence(),
                report.sql(arguments),
                report.columns().stream().map(Report.Column::description).toList(),
                Map.of(),
                runner.top(name, arguments, limit));
    }

    private static String filled(String text, Map<String, Long> arguments) {
        String filled = text;
        for (Map.Entry<String, Long> argument : arguments.entrySet()) {
            filled = filled.replace("$" + argument.getKey(), argument.getValue().toString());
        }
        return filled;
    }
}
