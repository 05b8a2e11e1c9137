package plescope.analysis.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.LogReading;
import plescope.parser.ReadSummary;
import plescope.parser.diagnostic.CaretPrinter;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.Severity;

/** {@code plescope read}: log text to database. */
final class ReadCommand implements Command {
    @Override
    public String name() {
        return "read";
    }

    @Override
    public String summary() {
        return "read a trace into a database";
    }

    @Override
    public String arguments() {
        return "TRACE...|- [-o FILE] [--symbols [VM=]FILE]... [--threads FILE] [--strict | --max-loss PERCENT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope read perf-script.txt.zst",
                "perf script --ns -F +pid | plescope read - -o host.duckdb",
                "plescope read trace.txt --symbols vm0=System.map --threads threads.csv");
    }

    @Override
    public Options options(List<String> words) {
        return ReadingOptions.options();
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        Path database = CommonOptions.database(line, CommonOptions.OUTPUT);
        LogReading reading = ReadingOptions.pipeline(line, terminal.in())
                .run(ReadingOptions.traces(line), database, ReplayPlan.NONE);
        findings(reading, terminal.err());
        ReadSummary summary = reading.summary();
        terminal.out()
                .println("read " + summary.lines() + " lines, " + summary.eventCount() + " events, "
                        + summary.spanNs() / 1_000_000 + " ms, "
                        + reading.timeline().roster().vms().size() + " VMs, "
                        + reading.spin().pauseExits() + " PLE exits in "
                        + reading.spin().episodes()
                        + " spin episodes into " + database);
        return ExitCode.DONE;
    }

    /** Prints what the user should know about the input: the first findings of each code in full, then how many there were. */
    static void findings(LogReading reading, PrintStream err) {
        Set<DiagnosticCode> noticed = EnumSet.noneOf(DiagnosticCode.class);
        for (Diagnostic diagnostic : reading.summary().diagnostics().kept()) {
            boolean first = noticed.add(diagnostic.code());
            // One example is enough where nothing is wrong with the line.
            if (diagnostic.severity() != Severity.INFO && (first || diagnostic.severity() != Severity.NOTICE)) {
                err.print(CaretPrinter.print(diagnostic));
            }
        }
        reading.summary().diagnostics().counts().forEach((code, count) -> {
            if (code.severity() != Severity.INFO) {
                err.println("log: " + count + " x " + code.id() + ": " + code.sentence());
            }
        });
        for (String finding : reading.timeline().findings()) {
            err.println("timeline: " + finding);
        }
        if (reading.storing() != null) {
            err.println("database: " + reading.storing());
        }
    }
}
