package plescope.analysis.scoring;

import static plescope.analysis.scoring.ScoreTables.share;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;
import plescope.analysis.report.Tables;

/** Predictions from synthetic logs against direct simulation, as tables. */
final class ReplayTables {
    /** A change smaller than this has no sign to get right [I]. */
    private static final double NO_CHANGE = 0.05;

    private ReplayTables() {}

    /** One row per case, setting and VM. */
    static ReportTable rows(List<CaseReplay> replays) {
        List<List<Object>> rows = new ArrayList<>();
        for (CaseReplay replay : replays) {
            rows.add(Arrays.asList(
                    replay.one().name(),
                    replay.one().use().name(),
                    replay.setting(),
                    replay.vm(),
                    share(replay.truly()),
                    share(replay.predicted()),
                    share(replay.lnError()),
                    replay.sameSign()));
        }
        return new ReportTable(
                List.of(
                        new Column("case", "VARCHAR"),
                        new Column("use", "VARCHAR"),
                        new Column("setting", "VARCHAR"),
                        new Column("vm", "VARCHAR"),
                        new Column("true_ratio", "DOUBLE"),
                        new Column("predicted_ratio", "DOUBLE"),
                        new Column("ln_error", "DOUBLE"),
                        new Column("same_sign", "BOOLEAN")),
                rows);
    }

    /** The rows of a summary. */
    static List<List<Object>> summary(List<CaseReplay> replays) {
        double[] errors = replays.stream()
                .mapToDouble(CaseReplay::lnError)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        List<CaseReplay> changed = replays.stream()
                .filter(replay -> Math.abs(replay.truly() - 1) > NO_CHANGE)
                .toList();
        long signs = changed.stream().filter(CaseReplay::sameSign).count();
        long near = Arrays.stream(errors).filter(error -> error <= Math.log(2)).count();
        return List.of(
                Tables.row("replays against direct simulation", Long.toString(replays.size()), ""),
                Tables.row("sign right, true change beyond 5 %", Tables.someOf(signs, changed.size()), "all"),
                Tables.row("median |ln(predicted/true)|", Tables.text(median(errors), 3), "<= 0.15"),
                Tables.row("within a factor of two", Tables.someOf(near, replays.size()), "all"));
    }

    /** One row per case and setting, with the ratios of its VMs in their order and the error of the worst. */
    static ReportTable page(List<CaseReplay> replays) {
        Map<List<String>, List<CaseReplay>> grouped = new LinkedHashMap<>();
        for (CaseReplay replay : replays) {
            grouped.computeIfAbsent(List.of(replay.one().name(), replay.setting()), key -> new ArrayList<>())
                    .add(replay);
        }
        List<List<Object>> rows = new ArrayList<>();
        for (List<CaseReplay> vms : grouped.values()) {
            CaseReplay first = vms.get(0);
            double worst = vms.stream().mapToDouble(CaseReplay::lnError).max().orElse(Double.NaN);
            rows.add(Arrays.asList(
                    first.one().name(),
                    first.one().use().name(),
                    first.setting(),
                    ratios(vms, CaseReplay::truly),
                    ratios(vms, CaseReplay::predicted),
                    share(worst)));
        }
        return new ReportTable(
                List.of(
                        new Column("case", "VARCHAR"),
                        new Column("use", "VARCHAR"),
                        new Column("setting", "VARCHAR"),
                        new Column("true_ratios", "VARCHAR"),
                        new Column("predicted_ratios", "VARCHAR"),
                        new Column("worst_ln_error", "DOUBLE")),
                rows);
    }

    private static String ratios(List<CaseReplay> vms, ToDoubleFunction<CaseReplay> ratio) {
        return String.join(
                " ",
                vms.stream().map(vm -> Tables.text(ratio.applyAsDouble(vm), 3)).toList());
    }

    /** What misses a factor of two, in one sentence; empty where nothing does. */
    static List<String> missed(List<CaseReplay> replays) {
        List<String> missed = new ArrayList<>();
        for (CaseReplay replay : replays) {
            if (!(replay.lnError() <= Math.log(2))) {
                missed.add(replay.one().name() + " VM " + replay.vm() + " under " + replay.setting() + " (true "
                        + Tables.text(replay.truly(), 3) + ", predicted " + Tables.text(replay.predicted(), 3) + ")");
            }
        }
        return missed.isEmpty() ? List.of() : List.of("Beyond a factor of two: " + String.join(", ", missed) + ".");
    }

    private static double median(double[] ascending) {
        int size = ascending.length;
        return size == 0 ? Double.NaN : (ascending[(size - 1) / 2] + ascending[size / 2]) / 2;
    }
}
