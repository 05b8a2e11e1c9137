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
import plescope.analysis.report.ReportSection;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.timeline.TimelineBuilder;

/** {@code plescope check}: what a log holds, what is wrong with it, and what it cannot tell. */
final class CheckCommand implements Command {
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
        return "TRACE...|- [--strict | --max-loss PERCENT] [--table NAME] [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope check perf-script.txt.zst",
                "perf script --ns -F +pid | plescope check - --table lack --format json");
    }

    @Override
    public Options options(List<String> words) {
        return ReadingOptions.checking()
                .addOption(CommonOptions.value(
                        ValidateOptions.TABLE,
                        "NAME",
                        "only this table: findings, log, cpus, events or lack; csv and json have the first by default"))
                .addOption(CommonOptions.format());
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
        new SectionPrinter(terminal, format).print(line, sections(check));
        if (SectionPrinter.isPage(format) && !line.hasOption(ValidateOptions.TABLE) && !check.complete()) {
            terminal.out().println("\nTo record all of it:\n");
            check.advice().forEach(terminal.out()::println);
        }
        return check.clean() ? ExitCode.DONE : ExitCode.FOUND;
    }

    private static List<ReportSection> sections(TraceCheck check) {
        return List.of(
                new ReportSection(
                        "findings",
                        "",
                        check.findings(),
                        check.clean() ? List.of("Nothing is damaged or lost.") : List.of()),
                new ReportSection("log", "What it is", check.log()),
                new ReportSection("cpus", "What each host CPU recorded", check.cpus()),
                new ReportSection("events", "What it holds", check.events()),
                new ReportSection(
                        "lack",
                        "What reports lack",
                        check.lack(),
                        check.complete() ? List.of("Every report has all it needs.") : List.of()));
    }

    @MustBeClosed
    private static TraceReader open(CommandLine line, Terminal terminal) throws IOException {
        List<String> traces = ReadingOptions.traces(line);
        return traces.get(0).equals(ReadingOptions.STANDARD_INPUT)
                ? TraceReader.open(terminal.in(), "<stdin>", ReadingOptions.reading(line))
                : ReadingProgress.open(traces.stream().map(Path::of).toList(), ReadingOptions.reading(line));
    }
}
