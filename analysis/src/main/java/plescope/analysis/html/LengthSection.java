package plescope.analysis.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many PLE exits spins take, beside what a constant and a doubling PLE window would make of the same time. */
final class LengthSection {
    private LengthSection() {}

    static Section of(PageQueries queries) {
        PageTable law = queries.ask("law");
        List<PageTable> tables = new ArrayList<>();
        tables.add(law);
        String finding = "No PLE exits: there is nothing to hold against the laws of burst length.";
        PageTable.Row start = law.rows().get(0);
        if (start.count("window_ns") > 0) {
            Map<String, Long> arguments =
                    Map.of("window_ns", start.count("window_ns"), "cost_ns", Math.max(0, start.count("cost_ns")));
            PageTable mean = queries.ask("length-mean", arguments);
            PageTable.Row told = mean.rows().get(0);
            tables.add(mean);
            if (told.count("spin_ns") > 0) {
                tables.add(queries.ask("length", arguments));
                tables.add(queries.ask("length-time", arguments));
                finding = finding(told);
            } else if (told.count("episodes") > 0) {
                finding = Wording.count(told.count("episodes"), "spin episode")
                        + " are seen by their PLE exits only: how long they took is not recorded.";
            }
        }
        return new Section(
                "lengths",
                "How long spins go on",
                finding,
                "A spin that takes the time T is worth T / (C + w) PLE exits under a constant window of length w, and no more than log2(T / w)"
                        + " under one that doubles with every exit; C is what one exit costs the host. Left: episodes by their number of"
                        + " exits, and what each law expects in the time each of them took. Right: the same episodes by time, darker where"
                        + " there are more.",
                tables);
    }

    static String finding(PageTable.Row mean) {
        if (mean.count("episodes") == 1) {
            return "The only spin episode takes " + Wording.count(mean.count("most_exits"), "PLE exit")
                    + Wording.atLine(mean, "most_line") + ", where a constant window would take "
                    + Wording.ratio(mean.number("constant_mean")) + " and a doubling one "
                    + Wording.ratio(mean.number("doubling_mean")) + ".";
        }
        return Wording.percent(mean.number("single_percent")) + " of "
                + Wording.count(mean.count("episodes"), "spin episode")
                + " end with their first PLE exit, the longest takes "
                + Wording.grouped(mean.count("most_exits")) + Wording.atLine(mean, "most_line") + "; on average "
                + Wording.ratio(mean.number("mean_exits")) + ", where a constant window would take "
                + Wording.ratio(mean.number("constant_mean")) + " and a doubling one "
                + Wording.ratio(mean.number("doubling_mean")) + ".";
    }
}
