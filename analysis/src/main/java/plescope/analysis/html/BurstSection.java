package plescope.analysis.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plescope.analysis.report.ReportName;

/** The worst bursts, each as a timeline of who spun, who was waited for, and who had the pCPUs meanwhile. */
final class BurstSection {
    /** The rows at which the query of intervals stops. */
    static final int MOST_INTERVALS = 3000;

    /** A burst is shown with this much before and after it, at least and at most. */
    private static final long LEAST_MARGIN_NS = 200_000;

    private static final long MOST_MARGIN_NS = 2_000_000;

    private BurstSection() {}

    static Section of(PageQueries queries) {
        PageTable totals = queries.report(ReportName.BURST_TOTALS, 100);
        PageTable worst = queries.ask("worst-burst");
        boolean bursts = !worst.isEmpty();
        if (!bursts) {
            worst = queries.ask("worst-episode");
        }
        List<PageTable> tables = new ArrayList<>();
        tables.add(worst.named("worst"));
        tables.add(totals);
        for (int i = 0; i < worst.rows().size(); i++) {
            tables.addAll(window(queries, i, worst.rows().get(i)));
        }
        return new Section(
                "bursts",
                bursts ? "Worst bursts" : "Longest spins",
                finding(worst, totals, bursts),
                "The six worst, each with a quarter of its length around it, 0.2 to 2 ms. Nothing is thinned out: a picture holds every"
                        + " interval, and ends early where that would be more than " + MOST_INTERVALS + ".",
                tables);
    }

    private static List<PageTable> window(PageQueries queries, int number, PageTable.Row burst) {
        long length = burst.count("end_ns") - burst.count("start_ns");
        long margin = Math.min(MOST_MARGIN_NS, Math.max(LEAST_MARGIN_NS, length / 4));
        Map<String, Long> window = new TreeMap<>();
        window.put("vm", burst.count("vm_number"));
        window.put("from_ns", Math.max(0, burst.count("start_ns") - margin));
        window.put("to_ns", burst.count("end_ns") + margin);
        PageTable intervals = queries.ask("window-interval", window);
        if (intervals.table().rows().size() == MOST_INTERVALS) {
            window.put("to_ns", intervals.rows().get(MOST_INTERVALS - 1).count("start_ns"));
            intervals = queries.ask("window-interval", window);
        }
        String prefix = "window" + number + "-";
        return List.of(
                intervals.named(prefix + "interval"),
                queries.ask("window-exit", window).named(prefix + "exit"),
                queries.ask("window-thread", window).named(prefix + "thread"));
    }

    static String finding(PageTable worst, PageTable totals, boolean bursts) {
        if (worst.isEmpty()) {
            return "No spinning was found; without PLE exits only --symbols or --spin-code can show it.";
        }
        PageTable.Row first = worst.rows().get(0);
        String when =
                " from " + Wording.moment(first.count("start_ns")) + " on" + Wording.atLine(first, "first_line") + ".";
        if (!bursts) {
            return "No PLE bursts; the longest spin is " + first.text("vm") + "/vcpu" + first.text("vcpu_numbers")
                    + "'s, " + Wording.duration(first.count("spin_ns")) + when;
        }
        long all = totals.rows().stream().mapToLong(row -> row.count("bursts")).sum();
        return (all == 1 ? "The only burst: " : "The worst of " + Wording.count(all, "burst") + ": ")
                + Wording.count(first.count("exits"), "PLE exit")
                + " of " + Wording.count(first.count("vcpus"), "vCPU") + " of " + first.text("vm") + " in "
                + Wording.duration(first.count("end_ns") - first.count("start_ns")) + "," + when;
    }
}
