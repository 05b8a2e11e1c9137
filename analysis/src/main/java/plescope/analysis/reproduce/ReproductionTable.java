package plescope.analysis.reproduce;

import java.util.ArrayList;
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
            new Column("published", "VARCHAR"),
            new Column("predicted", "VARCHAR"),
            new Column("interval", "VARCHAR"),
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
            rows.add(List.of(
                    figure.id(),
                    figure.source() + ": " + figure.setup(),
                    figure.metric().label() + (figure.vms().isEmpty() ? "" : " of " + figure.vms() + "*"),
                    calibrations.of(figure.before().scenario()),
                    baseline(each),
                    level ? plain(figure.published()) : percent(figure.published()),
                    level ? plain(each.ours().middle()) : percent(each.ours().middle()),
                    level
                            ? plain(each.ours().low()) + " .. "
                                    + plain(each.ours().high())
                            : percent(each.ours().low()) + " .. "
                                    + percent(each.ours().high()),
                    figure.expect().toString(),
                    each.verdict().label(),
                    each.order(),
                    figure.note()));
        }
        return new ReportTable(COLUMNS, rows);
    }

    /** The level changes are counted from: what the source printed, where it did, and what was simulated. */
    private static String baseline(Reproduction each) {
        String simulated = plain(each.before().middle());
        double printed = each.figure().publishedBefore();
        return Double.isNaN(printed) ? simulated : plain(printed) + " / " + simulated;
    }

    private static String percent(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%+.1f%%", value);
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
