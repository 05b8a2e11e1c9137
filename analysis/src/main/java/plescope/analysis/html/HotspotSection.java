package plescope.analysis.html;

import java.util.List;
import plescope.analysis.report.ReportName;

/** The guest code in which vCPUs spin, and what for. */
final class HotspotSection {
    /** As many bars as a screen holds. */
    private static final int MOST = 20;

    private HotspotSection() {}

    static Section of(PageQueries queries) {
        PageTable hotspots = queries.report(ReportName.HOTSPOTS, MOST);
        return new Section(
                "hotspots",
                "Where guests spin",
                finding(hotspots),
                "Spin time by guest function, or by address where no symbols were given; the " + MOST
                        + " that take most. Beside it what the spins are for: plain where an event or symbol names the cause, hatched where"
                        + " timing alone speaks.",
                List.of(hotspots, queries.report(ReportName.ROOT_CAUSES, MOST)));
    }

    static String finding(PageTable hotspots) {
        if (hotspots.isEmpty()) {
            return "No place was found where guests spin.";
        }
        PageTable.Row first = hotspots.rows().get(0);
        if (first.count("spin_ns") == 0) {
            return first.text("place") + " in " + first.text("vm") + " takes "
                    + Wording.percent(first.number("exits_percent")) + " of all PLE exits"
                    + Wording.atLine(first, "first_line") + "; how long vCPUs spun there is not recorded.";
        }
        return first.text("place") + " in " + first.text("vm") + " takes "
                + Wording.percent(first.number("spin_percent")) + " of all spin time, "
                + Wording.duration(first.count("spin_ns")) + " on " + Wording.count(first.count("vcpus"), "vCPU")
                + Wording.atLine(first, "first_line") + ".";
    }
}
