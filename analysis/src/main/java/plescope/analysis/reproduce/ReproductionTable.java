package plescope.analysis.reproduce;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;

/** Reproductions as a report. What was fitted and what was predicted stand in different columns. */
final class ReproductionTable {
    private static final List<Column> COLUMNS = List.of(
            new Column("figure", "VARCHAR"),
            new Column("setup", "VARCHAR"),
            new Column("metric", "VARCHAR"),
            new Column("calibrated", "VARCHAR"),
            new Column("baseline", "VARCHAR"),
            new Column("unit", "VARCHAR"),
            new Column("published", "DECIMAL"),
            new Column("predicted", "DECIMAL"),
            new Column("low", "DECIMAL"),
            new Column("high", "DECIMAL"),
            new Column("expected", "VARCHAR"),
            new Column("verdict", "VARCHAR"),
            new Column("order", "VARCHAR"),
            new Column("note", "VARCHAR"));

    private ReproductionTable() {}

    /** The calibrations of a scenario are what its file names, joined by semicolons; empty for none. */
    interface Calibrations {
        String of(String scenario);
    }

    static ReportTable of(List<Reproduction> reproductions, Calibrations calibrations) {
        List<List<Object>> rows = new ArrayList<>();
        for (Reproduction each : reproductions) {
            Figure figure = each.figure();
            boolean level = figure.expect().level();
            rows.add(Arrays.asList(
                    figure.id(),
                    figure.source() + ": " + figure.setup(),
                    figure.metric().label() + (figure.vms().isEmpty() ? "" : " of " + figure.vms() + "*"),
                    calibrations.of(figure.before().scenario()),
                    baseline(each),
                    level ? "" : "%",
                    number(figure.published()),
                    number(each.ours().middle()),
                    number(each.ours().low()),
                    number(each.ours().high()),
                    figure.expect().toString(),
                    each.verdict().label(),
                    each.order(),
                    remark(each)));
        }
        return new ReportTable(COLUMNS, rows);
    }

    /** The level changes are counted from: what the source printed, where it did, and what was simulated. */
    private static String baseline(Reproduction each) {
        String simulated = plain(each.before().middle());
        double printed = each.figure().publishedBefore();
        return Double.isNaN(printed) ? simulated : plain(printed) + " / " + simulated;
    }

    private static String remark(Reproduction each) {
        String note = each.figure().note();
        String reason = each.verdict() == Verdict.RIGHT ? "" : each.figure().reason();
        return note.isEmpty() || reason.isEmpty() ? note + reason : note + "; " + reason;
    }

    /** To a tenth; null for no number. */
    private static BigDecimal number(double value) {
        return Double.isFinite(value) ? BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_EVEN) : null;
    }

    private static String plain(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
