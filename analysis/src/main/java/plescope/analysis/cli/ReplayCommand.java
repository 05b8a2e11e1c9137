package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.LogReading;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.store.StoredWindows;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope replay}: the what-if question alone; the database it writes is that of {@code analyze}. */
final class ReplayCommand implements Command {
    private static final String MEASURES = "measures";

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String summary() {
        return "read a trace and replay the guests' work under other settings";
    }

    @Override
    public String arguments() {
        return "TRACE...|DATABASE|WORKLOAD|- [--setting WHAT-IF]... [--members N] [--seeds N] [--measures] [--window LENGTH] [-o FILE] [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope replay trace.txt",
                "plescope replay work.plescope.zst",
                "plescope replay trace.txt --setting cfs-5.6+p2019+debooster --setting waitfor-oracle",
                "plescope replay trace.txt --setting 'pcpus=4; pin=cyclic' --setting 'ple_window=8192'",
                "plescope replay trace.txt --recorded cfs-6.1+p2019 --setting cfs-6.1+no-ple --measures --format csv");
    }

    @Override
    public Options options(List<String> words) {
        return ReplayOptions.addTo(ReadingOptions.options())
                .addOption(CommonOptions.flag(MEASURES, "every measure with its trust, not throughput alone"))
                .addOption(FailOn.option())
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        FailOn failOn = FailOn.of(line);
        Path file = CommonOptions.database(line, CommonOptions.OUTPUT);
        LogReading reading = ReadingOptions.pipeline(line, terminal.in())
                .replay(ReadingOptions.traces(line), file, ReplayOptions.plan(line));
        if (reading != null) {
            ReadCommand.findings(reading, terminal.err());
        }
        ReportName report = line.hasOption(MEASURES) ? ReportName.PREDICTIONS : ReportName.WHAT_IF;
        boolean found;
        try (TraceDatabase database = TraceDatabase.open(file)) {
            StoredWindows.of(database).ifPresent(windows -> terminal.err().println(windows.sentence()));
            ReportRunner runner = new ReportRunner(database);
            ReportWriter writer = terminal.writer();
            terminal.out().print(writer.write(runner.run(report, Map.of()), format));
            if (format == ReportFormat.TABLE) {
                terminal.out().println();
                terminal.out().print(writer.write(runner.run(ReportName.TRUST, Map.of()), format));
            }
            found = new PredictionGate(runner.run(ReportName.PREDICTIONS, Map.of())).found(failOn, terminal.err());
        }
        terminal.err().println("written: " + file);
        return found ? ExitCode.FOUND : ExitCode.DONE;
    }
}
