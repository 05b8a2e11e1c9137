package plescope.analysis.cli;

import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportSection;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.report.VisibleText;

/** Prints answers of several tables: pages show all of them with their remarks, machines get one. */
final class SectionPrinter {
    private final PrintStream out;
    private final ReportWriter writer;
    private final ReportFormat format;
    private final int width;

    SectionPrinter(Terminal terminal, ReportFormat format) {
        this.out = terminal.out();
        this.writer = terminal.writer();
        this.format = format;
        this.width = terminal.width();
    }

    /** Whether somebody reads it. */
    static boolean isPage(ReportFormat format) {
        return format == ReportFormat.TABLE || format == ReportFormat.MARKDOWN;
    }

    /** Those that the command line asks for. */
    void print(CommandLine line, List<ReportSection> sections) {
        String asked = line.hasOption(ValidateOptions.SUMMARY)
                ? ValidateOptions.SUMMARY
                : line.getOptionValue(ValidateOptions.TABLE);
        if (asked != null) {
            print(named(asked, sections));
        } else if (isPage(format)) {
            for (int i = 0; i < sections.size(); i++) {
                out.print(i == 0 ? "" : "\n");
                print(sections.get(i));
            }
        } else {
            print(sections.get(0));
        }
    }

    private static ReportSection named(String name, List<ReportSection> sections) {
        return sections.stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no table '" + name + "'; there are: "
                        + String.join(
                                ", ", sections.stream().map(ReportSection::name).toList())));
    }

    /** In lines that fit, broken at blanks. */
    static String wrapped(String text, int width) {
        StringBuilder lines = new StringBuilder();
        int used = 0;
        for (String word : text.split(" ", -1)) {
            if (used > 0 && used + 1 + word.length() > width) {
                lines.append('\n');
                used = 0;
            }
            lines.append(used > 0 ? " " : "").append(word);
            used += word.length() + (used > 0 ? 1 : 0);
        }
        return lines.append('\n').toString();
    }

    private void print(ReportSection section) {
        if (isPage(format) && !section.title().isEmpty()) {
            out.print(section.title() + ":\n\n");
        }
        out.print(writer.write(section.table(), format));
        if (isPage(format) && !section.remarks().isEmpty()) {
            out.print('\n');
            for (String told : section.remarks()) {
                String remark = VisibleText.of(told);
                out.print(format == ReportFormat.MARKDOWN ? "- " + remark + '\n' : wrapped(remark, width));
            }
        }
    }
}
