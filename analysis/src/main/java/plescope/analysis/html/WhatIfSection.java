package plescope.analysis.html;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plescope.analysis.report.ReportName;

/** What other settings would change, and whether this recording can tell. */
final class WhatIfSection {
    private WhatIfSection() {}

    static Section of(PageQueries queries) {
        PageTable predictions = queries.ask("prediction");
        return new Section(
                "what-if",
                "What would help",
                finding(predictions),
                "Ratios to the replay of the recorded setting, logarithmic. Thick bars: spread over an ensemble of replays. Thin lines: costs of"
                        + " host work halved and doubled. Grey band: what this recording cannot tell from no change, which holds the error of"
                        + " the identity replay. Dashed line: the oracle, which always runs the true blocker. All of it is simulated.",
                List.of(predictions, queries.report(ReportName.TRUST, 100)));
    }

    static String finding(PageTable predictions) {
        List<PageTable.Row> rows = predictions.rows().stream()
                .filter(row -> row.text("measure").equals("throughput"))
                .toList();
        if (rows.isEmpty()) {
            return "This database holds no what-ifs; plescope analyze TRACE and plescope replay trace.duckdb make them.";
        }
        double error = rows.stream()
                .filter(row -> row.text("role").equals("IDENTITY"))
                .mapToDouble(row -> Math.abs(row.number("error_percent")))
                .max()
                .orElse(0);
        Optional<PageTable.Row> best = rows.stream()
                .filter(row ->
                        row.text("role").equals("POLICY") && row.text("verdict").equals("faster"))
                .max(Comparator.comparingDouble((PageTable.Row row) -> row.number("ratio"))
                        .thenComparing(row -> row.count("run"), Comparator.reverseOrder()));
        String trust = " The replay of the recorded setting misses throughput by up to " + Wording.percent(error) + ".";
        if (best.isEmpty()) {
            return "No policy replayed makes a VM distinguishably faster." + trust;
        }
        PageTable.Row row = best.get();
        return row.text("setting") + " would give " + row.text("vm") + " " + Wording.ratio(row.number("ratio"))
                + " times the guest work per second (spread " + Wording.ratio(row.number("low")) + " to "
                + Wording.ratio(row.number("high")) + ")" + others(rows, row) + oracle(rows, row.text("vm")) + "."
                + trust;
    }

    /** What the same setting does to the other VMs, where those are few. */
    private static String others(List<PageTable.Row> rows, PageTable.Row best) {
        List<String> others = rows.stream()
                .filter(row ->
                        row.count("run") == best.count("run") && !row.text("vm").equals(best.text("vm")))
                .map(row -> row.text("vm") + " " + Wording.ratio(row.number("ratio")) + " times (" + row.text("verdict")
                        + ")")
                .toList();
        return others.isEmpty() || others.size() > 3 ? "" : ", " + String.join(", ", others);
    }

    private static String oracle(List<PageTable.Row> rows, String vm) {
        return rows.stream()
                .filter(row ->
                        row.text("role").equals("ORACLE") && row.text("vm").equals(vm))
                .findFirst()
                .map(row -> "; the oracle gives " + vm + " " + Wording.ratio(row.number("ratio")) + " times")
                .orElse("");
    }
}
