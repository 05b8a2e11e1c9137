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

/** {@code plescope replay}: the what-if question alone; the database it writes is that of {@code analyze}. */
final class ReplayCommand implements Command {
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
        return "TRACE|- [--setting WHAT-IF]... [--recorded SETTING] [--seed N] [-o FILE] [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope replay trace.txt",
                "plescope replay trace.txt --setting cfs-5.6+p2019+debooster --setting waitfor-oracle",
                "plescope replay trace.txt --recorded cfs-6.1+p2019 --setting cfs-6.1+no-ple --seed 7 --format csv");
    }

    @Override
    public Options options(List<String> words) {
        return ReplayOptions.addTo(ReadingOptions.options()).addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        Path file = CommonOptions.database(line, CommonOptions.OUTPUT);
        Pipeline.Reading reading = ReadingOptions.pipeline(line, terminal.in())
                .run(ReadingOptions.trace(line), file, ReplayOptions.plan(line));
        ReadCommand.findings(reading, terminal.err());
        try (TraceDatabase database = TraceDatabase.open(file)) {
            terminal.out()
                    .print(new ReportWriter(terminal.width())
                            .write(new ReportRunner(database).run(ReportName.WHAT_IF, Map.of()), format));
        }
        terminal.err().println("written: " + file);
        return ExitCode.DONE;
    }
}
