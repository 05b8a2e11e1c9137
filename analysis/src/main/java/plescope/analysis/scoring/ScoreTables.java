package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;
import plescope.replay.model.Wait.Cause;

/** Scores as tables, for every format that reports have. */
public final class ScoreTables {
    private static final String TEXT = "VARCHAR";
    private static final String COUNT = "BIGINT";
    private static final String NUMBER = "DOUBLE";

    private ScoreTables() {}

    /** One row per case, and one for all cases of each use. */
    public static ReportTable culprits(List<ScoreCard> cards) {
        List<List<Object>> rows = new ArrayList<>();
        for (ScoreCard card : cards) {
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
                residual.waits() == 0 ? null : (Object) (residual.meanTruthNs() / 1e3),
                residual.waits() == 0 ? null : (Object) (residual.meanLikelyNs() / 1e3),
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

    /** How often claims of a probability hold, on the cases of one use. */
    public static ReportTable reliability(List<ScoreCard> cards, SyntheticCase.Use use) {
        Reliability claims = new Reliability();
        of(cards, use).forEach(card -> claims.add(card.claims()));
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

    /** Predictions under another setting against direct simulation. */
    public static ReportTable replays(List<CaseReplay> replays) {
        List<List<Object>> rows = new ArrayList<>();
        for (CaseReplay replay : replays) {
            rows.add(Arrays.asList(
                    replay.one().name(),
                    replay.setting(),
                    replay.vm(),
                    share(replay.truly()),
                    share(replay.predicted()),
                    share(replay.lnError()),
                    replay.sameSign()));
        }
        return new ReportTable(
                List.of(
                        new Column("case", TEXT),
                        new Column("setting", TEXT),
                        new Column("vm", TEXT),
                        new Column("true_ratio", NUMBER),
                        new Column("predicted_ratio", NUMBER),
                        new Column("ln_error", NUMBER),
                        new Column("same_sign", "BOOLEAN")),
                rows);
    }

    /** Confusion matrix: a row for each cause that symbols name, a column for each told without them. */
    public static ReportTable confusion(SymbolsBlind blind) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("by_symbol", TEXT));
        for (Cause told : Cause.values()) {
            columns.add(new Column("told_" + told.name().toLowerCase(Locale.ROOT), COUNT));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (Cause named : Cause.values()) {
            if (named != Cause.UNKNOWN) {
                List<Object> row = new ArrayList<>();
                row.add(named.name());
                for (Cause told : Cause.values()) {
                    row.add(blind.count(named, told));
                }
                rows.add(row);
            }
        }
        return new ReportTable(columns, rows);
    }

    /** To three places; null for what has no value. */
    private static Object share(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? null : (Object) (Math.round(value * 1000) / 1000.0);
    }
}
