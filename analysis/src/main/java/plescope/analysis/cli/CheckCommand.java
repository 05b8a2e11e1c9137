package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.check.TraceAudit;
import plescope.analysis.check.TraceCheck;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.timeline.TimelineBuilder;

/** {@code plescope check}: what a log holds, what is wrong with it, and what it cannot tell. */
final class CheckCommand implements Command {
    private static final String STANDARD_INPUT = "-";

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "say what a trace holds, what is damaged or lost, and what it cannot tell";
    }

    @Override
    public String arguments() {
        return "TRACE|- [--strict | --max-loss PERCENT] [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope check perf-script.txt.zst", "perf script --ns -F +pid | plescope check - --format json");
    }

    @Override
    public Options options(List<String> words) {
        return ReadingOptions.checking().addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        TraceAudit audit = new TraceAudit();
        TimelineBuilder timeline = new TimelineBuilder(ReadingOptions.threads(line), audit);
        ReadSummary summary;
        try (TraceReader reader = open(line, terminal)) {
            summary = reader.read(event -> {
                audit.accept(event);
                timeline.accept(event);
            });
        }
        TraceCheck check = new TraceCheck(summary, timeline.finish(), audit);
        ReportWriter writer = new ReportWriter(terminal.width());
        print(terminal, "log", writer.write(check.log(), format));
        print(terminal, "events", writer.write(check.events(), format));
        section(terminal, writer, format, "findings", check.findings(), "nothing is damaged or lost");
        section(terminal, writer, format, "what reports lack", check.lack(), "every report has all it needs");
        if (!check.complete()) {
            terminal.out().println("== to record all of it");
            check.advice().forEach(terminal.out()::println);
        }
        return check.clean() ? ExitCode.DONE : ExitCode.FOUND;
    }

    private static void section(
            Terminal terminal,
            ReportWriter writer,
            ReportFormat format,
            String title,
            ReportTable table,
            String empty) {
        print(terminal, title, table.rows().isEmpty() ? empty + "\n" : writer.write(table, format));
    }

    private static void print(Terminal terminal, String title, String text) {
        terminal.out().println("== " + title);
        terminal.out().println(text);
    }

    @MustBeClosed
    private static TraceReader open(CommandLine line, Terminal terminal) throws IOException {
        String trace = ReadingOptions.trace(line);
        return trace.equals(STANDARD_INPUT)
                ? TraceReader.open(terminal.in(), "<stdin>", ReadingOptions.reading(line))
                : TraceReader.open(Path.of(trace), ReadingOptions.reading(line));
    }
}
