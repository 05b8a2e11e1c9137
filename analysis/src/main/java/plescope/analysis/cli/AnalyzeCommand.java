package plescope.analysis.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.LogReading;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.store.Run;
import plescope.analysis.store.StoredWindows;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope analyze}: reads a trace, replays it, and prints a screenful of each main report. */
final class AnalyzeCommand implements Command {
    /** Of reports that list the worst first, the rest matters little. */
    private static final int WORST = 10;

    /** One screen of vCPUs. */
    private static final int SCREEN = 32;

    private static final String NO_HTML = "no-html";

    /** A report to print and how many of its rows. */
    private record Section(ReportName report, int rows) {}

    private static final List<Section> SECTIONS = List.of(
            new Section(ReportName.SUMMARY, Integer.MAX_VALUE),
            new Section(ReportName.BURST_TOTALS, WORST),
            new Section(ReportName.BURSTS, WORST),
            new Section(ReportName.HOTSPOTS, WORST),
            new Section(ReportName.ROOT_CAUSES, WORST),
            new Section(ReportName.HEADROOM, WORST),
            new Section(ReportName.CONTINUATION, WORST),
            new Section(ReportName.YIELDS, SCREEN),
            new Section(ReportName.WAKE_UPS, WORST),
            new Section(ReportName.VCPUS, SCREEN),
            new Section(ReportName.WHAT_IF, Integer.MAX_VALUE),
            new Section(ReportName.TRUST, SCREEN));

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
        return "TRACE...|- [-o FILE] [--format FORMAT] [--symbols [VM=]FILE]... [--threads FILE] [--setting WHAT-IF]..."
                + " [--no-html]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope analyze trace.txt",
                "plescope analyze perf-script.txt.zst --symbols System.map -o host.duckdb --format markdown");
    }

    @Override
    public Options options(List<String> words) {
        return ReplayOptions.addTo(ReadingOptions.options())
                .addOption(CommonOptions.format())
                .addOption(CommonOptions.flag(NO_HTML, "write no page of pictures beside the database"));
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        Path file = CommonOptions.database(line, CommonOptions.OUTPUT);
        ReportWriter writer = terminal.writer();
        LogReading reading = ReadingOptions.pipeline(line, terminal.in())
                .run(ReadingOptions.traces(line), file, ReplayOptions.plan(line));
        ReadCommand.findings(reading, terminal.err());
        PrintStream out = terminal.out();
        Path page = line.hasOption(NO_HTML) ? null : HtmlCommand.beside(file);
        try (TraceDatabase database = TraceDatabase.open(file)) {
            StoredWindows.of(database).ifPresent(windows -> terminal.err().println(windows.sentence()));
            ReportRunner runner = new ReportRunner(database);
            for (Section section : SECTIONS) {
                ReportTable table = runner.top(section.report(), Map.of(), section.rows());
                out.println("== " + section.report().text());
                out.print(writer.write(table, format));
                if (table.more() > 0) {
                    out.println("and " + table.more() + " more: plescope report "
                            + section.report().text() + " -i " + NextSteps.quoted(file));
                }
                out.println();
            }
            if (page != null) {
                HtmlCommand.write(database, Run.RECORDED, page);
            }
        }
        out.println("replayed as " + reading.host().setting().setting() + ": "
                + reading.host().setting().reason() + " (--recorded SETTING overrules)");
        out.println();
        out.print(NextSteps.of(file, page));
        return ExitCode.DONE;
    }
}
