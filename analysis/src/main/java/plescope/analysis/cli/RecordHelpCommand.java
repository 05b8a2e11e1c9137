package plescope.analysis.cli;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.check.RecordingHelp;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportName;

/** {@code plescope record-help}: the commands that record what a question needs. */
final class RecordHelpCommand implements Command {
    @Override
    public String name() {
        return "record-help";
    }

    @Override
    public String summary() {
        return "print the commands that record what a report needs";
    }

    @Override
    public String arguments() {
        return "[REPORT...] [--format FORMAT]";
    }

    @Override
    public List<String> words() {
        return Arrays.stream(ReportName.values()).map(ReportName::text).toList();
    }

    @Override
    public List<String> examples() {
        return List.of("plescope record-help", "plescope record-help root-causes yields");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp().addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) {
        ReportFormat format = CommonOptions.format(line);
        List<String> reports = line.getArgList();
        for (String report : reports) {
            if (!words().contains(report)) {
                throw new UsageException(NearestName.complaint("report", report, words()));
            }
        }
        if (reports.isEmpty()) {
            terminal.out().print(terminal.writer().write(RecordingHelp.questions(), format));
            if (SectionPrinter.isPage(format)) {
                terminal.out().println("\nTo record all of it:\n");
            }
        }
        if (!reports.isEmpty() || SectionPrinter.isPage(format)) {
            RecordingHelp.commands(reports).forEach(terminal.out()::println);
        }
        return ExitCode.DONE;
    }
}
