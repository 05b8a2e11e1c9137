package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope analyze}: reads a trace and prints what matters most. */
final class AnalyzeCommand implements Command {
    private static final List<ReportName> REPORTS = List.of(
            ReportName.SUMMARY,
            ReportName.BURSTS,
            ReportName.HOTSPOTS,
            ReportName.ROOT_CAUSES,
            ReportName.VCPUS,
            ReportName.WHAT_IF);

    @Override
    public String name() {
        return "analyze";
    }

    @Override
    public String summary() {
        return "read a trace and say where vCPUs burned time and why";
    }

    @Override
    public String arguments() {
        return "TRACE|- [-o FILE] [--format FORMAT] [--symbols [VM=]FILE]... [--threads FILE]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope analyze trace.txt",
                "plescope analyze perf-script.txt.zst --symbols System.map -o host.duckdb --format markdown");
    }

    @Override
    public Options options(List<String> words) {
        return ReplayOptions.addTo(ReadingOptions.options()).addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        Path file = CommonOptions.database(line, CommonOptions.OUTPUT);
        ReportWriter writer = new ReportWriter(terminal.width());
        Pipeline.Reading reading = ReadingOptions.pipeline(line, terminal.in())
                .run(ReadingOptions.trace(line), file, ReplayOptions.plan(line));
        ReadCommand.findings(reading, terminal.err());
        try (TraceDatabase database = TraceDatabase.open(file)) {
            ReportRunner runner = new ReportRunner(database);
            for (ReportName name : REPORTS) {
                terminal.out().println("== " + name.text());
                terminal.out().println(writer.write(runner.run(name, Map.of()), format));
            }
        }
        terminal.err().println("more: plescope report --list; database: " + file);
        return ExitCode.DONE;
    }
}
