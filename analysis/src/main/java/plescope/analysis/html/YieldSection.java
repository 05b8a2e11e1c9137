package plescope.analysis.html;

import java.util.List;
import plescope.analysis.report.ReportName;

/** The scorecard of directed yields. */
final class YieldSection {
    private static final int MOST_VMS = 32;

    private YieldSection() {}

    static Section of(PageQueries queries) {
        PageTable yields = queries.report(ReportName.YIELDS, MOST_VMS);
        return new Section(
                "yields",
                "What PLE exits achieve",
                finding(yields),
                "Every PLE exit asks the host to run somebody useful. Three questions per VM: who had the pCPU next, whether the vCPU"
                        + " thought to be waited for was run, and why the spin went on. The host's choice itself is not traced: it is read"
                        + " from who ran. Of more than " + MOST_VMS + " VMs the first are shown.",
                List.of(queries.ask("yield-answer"), yields, queries.report(ReportName.CONTINUATION, 7 * MOST_VMS)));
    }

    static String finding(PageTable yields) {
        long exits = sum(yields, "ple_exits");
        if (exits == 0) {
            return "No PLE exits, and so no directed yields.";
        }
        long judged = sum(yields, "judged");
        String right = judged == 0
                ? "; whether the right sibling was run cannot be judged."
                : "; of " + Wording.grouped(judged) + " answers that can be judged "
                        + Wording.percent(100.0 * sum(yields, "right_target") / judged) + " ran the vCPU waited for.";
        boolean known = yields.rows().stream().anyMatch(row -> row.has("switched"));
        return (known
                        ? "After " + Wording.percent(100.0 * sum(yields, "sibling") / exits) + " of "
                                + Wording.count(exits, "PLE exit") + " a sibling had the pCPU next"
                        : "Who ran after " + Wording.count(exits, "PLE exit") + " is not recorded")
                + right;
    }

    private static long sum(PageTable table, String column) {
        return table.rows().stream().mapToLong(row -> row.count(column)).sum();
    }
}
