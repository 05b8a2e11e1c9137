package plescope.analysis.report;

import java.util.List;

/**
 * One table of several that answer together.
 *
 * @param name by which a reader that takes one table asks for it, such as {@code summary}
 * @param title what the table shows, empty for the first, whose command line says it
 * @param remarks what there is to say under it, one sentence each
 */
public record ReportSection(String name, String title, ReportTable table, List<String> remarks) {
    public ReportSection {
        remarks = List.copyOf(remarks);
    }

    public ReportSection(String name, String title, ReportTable table) {
        this(name, title, table, List.of());
    }
}
