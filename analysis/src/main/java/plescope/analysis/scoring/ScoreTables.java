package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;

/** Scores as tables, for every format that reports have. */
public final class ScoreTables {
    private static final String TEXT = "VARCHAR";
    private static final String COUNT = "BIGINT";
    private static final String NUMBER = "DOUBLE";

    private ScoreTables() {}

    /** One row per case shown, and one for all cases of each use. */
    public static ReportTable culprits(List<ScoreCard> shown, List<ScoreCard> cards) {
        List<List<Object>> rows = new ArrayList<>();
        for (ScoreCard card : shown) {
            rows.add(row(card));
        }
        for (SyntheticCase.Use use : SyntheticCase.Use.values()) {
            List<ScoreCard> of = of(cards, use);
            if (!of.isEmpty()) {
                rows.add(total(use, of));
            }
        }
        return new ReportTable(
                List.of(
                        new Column("case", TEXT),
                        new Column("use", TEXT),
                        new Column("seed", COUNT),
                        new Column("waits", COUNT),
                        new Column("cause_precision", NUMBER),
                        new Column("culprits_asked", COUNT),
                        new Column("culprit_precision", NUMBER),
                        new Column("culprit_recall", NUMBER),
                        new Column("lock_precision", NUMBER),
                        new Column("lock_recall", NUMBER),
                        new Column("ipi_precision", NUMBER),
                        new Column("ipi_recall", NUMBER),
                        new Column("calibration_error", NUMBER),
                        new Column("residual_true_us", NUMBER),
                        new Column("residual_likely_us", NUMBER),
                        new Column("residual_within_bounds", NUMBER)),
                rows);
    }

    private static List<ScoreCard> of(List<ScoreCard> cards, SyntheticCase.Use use) {
        return cards.stream().filter(card -> card.one().use() == use).toList();
    }

    private static List<Object> row(ScoreCard card) {
        ResidualError residual = card.residual();
        return Arrays.asList(
                card.one().name(),
                card.one().use().name(),
                card.one().seed(),
                (long) card.waits(),
                share(card.causes().precision()),
                (long) card.culprits().asked(),
                share(card.culprits().precision()),
                share(card.culprits().recall()),
                share(card.locks().precision()),
                share(card.locks().recall()),
                share(card.ipis().precision()),
                share(card.ipis().recall()),
                share(card.claims().error()),
                residual.waits() == 0 ? null : share(residual.meanTruthNs() / 1e3),
                residual.waits() == 0 ? null : share(residual.meanLikelyNs() / 1e3),
                share(residual.withinBounds()));
    }

    private static List<Object> total(SyntheticCase.Use use, List<ScoreCard> cards) {
        Score causes = new Score(0, 0, 0);
        Score culprits = causes;
        Score locks = causes;
        Score ipis = causes;
        Reliability claims = new Reliability();
        long waits = 0;
        for (ScoreCard card : cards) {
            waits += card.waits();
            causes = causes.plus(card.causes());
            culprits = culprits.plus(card.culprits());
            locks = locks.plus(card.locks());
            ipis = ipis.plus(card.ipis());
            claims.add(card.claims());
        }
        return Arrays.asList(
                "all",
                use.name(),
                null,
                waits,
                share(causes.precision()),
                (long) culprits.asked(),
                share(culprits.precision()),
                share(culprits.recall()),
                share(locks.precision()),
                share(locks.recall()),
                share(ipis.precision()),
                share(ipis.recall()),
                share(claims.error()),
                null,
                null,
                null);
    }

    /** How often claims of a probability hold. */
    public static ReportTable reliability(List<ScoreCard> cards) {
        Reliability claims = new Reliability();
        cards.forEach(card -> claims.add(card.claims()));
        List<List<Object>> rows = new ArrayList<>();
        for (int step = 0; step < Reliability.STEPS; step++) {
            if (claims.claims(step) > 0) {
                rows.add(Arrays.asList(
                        (double) step / Reliability.STEPS,
                        (long) claims.claims(step),
                        share(claims.claimed(step)),
                        share(claims.held(step))));
            }
        }
        return new ReportTable(
                List.of(
                        new Column("from", NUMBER),
                        new Column("claims", COUNT),
                        new Column("claimed", NUMBER),
                        new Column("held", NUMBER)),
                rows);
    }

    /** A row for each thing that is true and was asked for, a column for each that it was told as. */
    public static ReportTable confusion(String truth, Confusion confusion) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(truth, TEXT));
        confusion.told().forEach(told -> columns.add(new Column(told, COUNT)));
        List<List<Object>> rows = new ArrayList<>();
        for (String is : confusion.truths()) {
            List<Object> row = new ArrayList<>();
            row.add(is);
            confusion.told().forEach(told -> row.add(confusion.count(is, told)));
            if (row.stream().anyMatch(cell -> cell instanceof Long count && count > 0)) {
                rows.add(row);
            }
        }
        return new ReportTable(columns, rows);
    }

    /** To three places; null for what has no value. */
    static Object share(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? null : (Object) (Math.round(value * 1000) / 1000.0);
    }
}
