package plescope.analysis.html;

import java.util.List;
import plescope.analysis.report.ReportName;

/** What the page rests on: losses, unknowns, and how each kind of number is known. */
final class QualitySection {
    private QualitySection() {}

    static Section of(PageQueries queries) {
        PageTable origins = queries.ask("origin");
        PageTable summary = queries.report(ReportName.SUMMARY, 200);
        return new Section(
                "quality",
                "What to believe",
                finding(origins, summary),
                "RECORDED: an event or symbol says so. INFERRED: deduced. SYNTHETIC: simulated. Damage and losses of the log, and the machine"
                        + " as replays see it, stand in the tables below.",
                List.of(origins, queries.ask("finding"), queries.ask("host-fact"), summary, queries.ask("schedule")));
    }

    static String finding(PageTable origins, PageTable summary) {
        return Wording.percent(percent(origins, "vCPU time", "UNKNOWN")) + " of vCPU time and "
                + Wording.percent(percent(origins, "causes of spin time", "UNKNOWN"))
                + " of the causes of spin time are unknown, "
                + Wording.percent(percent(origins, "vCPU time", "INFERRED"))
                + " of vCPU time is inferred; events lost: "
                + fact(summary, "events lost") + ", lines not understood: " + fact(summary, "lines not understood")
                + ".";
    }

    private static double percent(PageTable origins, String subject, String origin) {
        return origins.rows().stream()
                .filter(row -> row.text("subject").equals(subject)
                        && row.text("origin").equals(origin))
                .mapToDouble(row -> row.number("percent"))
                .sum();
    }

    private static String fact(PageTable summary, String fact) {
        return summary.rows().stream()
                .filter(row -> row.text("fact").equals(fact))
                .map(row -> row.text("value"))
                .findFirst()
                .orElse("not stated");
    }
}
