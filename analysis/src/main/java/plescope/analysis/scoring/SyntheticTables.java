package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.List;
import plescope.analysis.report.ReportSection;
import plescope.analysis.report.Tables;
import plescope.analysis.scoring.SyntheticCase.Use;

/** All that a {@link SyntheticProof} shows, table by table. */
public final class SyntheticTables {
    private static final List<String> CULPRIT_WORDS = List.of(
            "Culprit: who ended a spin with PLE exits, by letting go of the lock or acknowledging the IPI last. An answer names the"
                    + " first suspect where its belief is at least one half.",
            "culprit_precision and culprit_recall are over the asked waits, those whose culprit was off its pCPU, ready to run, at"
                    + " some time of the wait: what a host can shorten. Answered are those where the one named was so, too.",
            "lock_ and ipi_ columns are over all waits of that cause, pure contention included, which no host can shorten.",
            "FIT: weights were fitted on it. TEST: not fitted to, but in sight when cut-offs were chosen. HOLDOUT: scenarios and"
                    + " seeds drawn up after all weights and cut-offs stood.");

    private SyntheticTables() {}

    /** In the order they are read; {@code page} leaves out the rows of redrawn cases, which the sums keep. */
    public static List<ReportSection> sections(SyntheticProof proof, boolean page) {
        List<ScoreCard> all = proof.all();
        ScheduleScore schedule = ScheduleScore.empty();
        all.forEach(card -> schedule.add(card.schedule()));
        return List.of(
                new ReportSection("culprits", "", ScoreTables.culprits(page ? proof.cards() : all, all), CULPRIT_WORDS),
                new ReportSection("summary", "In all", Tables.facts(summary(proof)), missed(proof)),
                new ReportSection(
                        "reliability",
                        "Belief in the first suspect against truth, cases that nothing was fitted to",
                        ScoreTables.reliability(all.stream()
                                .filter(card -> card.one().use() != Use.FIT)
                                .toList())),
                new ReportSection(
                        "replays",
                        "Replays of the logs under another setting against direct simulation of the same guests",
                        page ? ReplayTables.page(proof.replays()) : ReplayTables.rows(proof.replays()),
                        List.of("true_ratio: operations under the setting over those in the logged run; predicted:"
                                + " guest work per second over that of the identity replay. Each is one run, without repeats; \"-\" where a VM"
                                + " did nothing in a log.")),
                new ReportSection(
                        "continuations",
                        "Why spins went on after PLE exits, true (rows) against told (columns)",
                        ScoreTables.confusion("truly", schedule.continuations()),
                        List.of("True is what the rules of continuation.md say of the simulated schedule and the true"
                                + " culprit; exits after which the spin truly went on and was ended by somebody.")),
                new ReportSection(
                        "wakes",
                        "What woke vCPUs, true (rows) against told (columns)",
                        ScoreTables.confusion("truly", schedule.wakes())));
    }

    private static List<List<Object>> summary(SyntheticProof proof) {
        List<List<Object>> rows = new ArrayList<>();
        Score culprits = proof.unfitted();
        rows.add(Tables.row("culprits asked, cases not fitted to", Integer.toString(culprits.asked()), ""));
        rows.add(Tables.row("culprit precision", Tables.text(culprits.precision(), 3), ">= 0.9"));
        rows.add(Tables.row("culprit recall", Tables.text(culprits.recall(), 3), ">= 0.8"));
        long meet = proof.all().stream()
                .filter(card -> card.culprits().asked() > 0)
                .filter(card -> !SyntheticProof.missesPrecision(card.culprits())
                        && !SyntheticProof.missesRecall(card.culprits()))
                .count();
        long asked =
                proof.all().stream().filter(card -> card.culprits().asked() > 0).count();
        rows.add(Tables.row("runs that meet both, of those that ask", Tables.someOf(meet, asked), "all"));
        rows.addAll(ReplayTables.summary(proof.replays()));
        return rows;
    }

    private static List<String> missed(SyntheticProof proof) {
        List<String> missed = new ArrayList<>();
        List<String> low = new ArrayList<>();
        for (ScoreCard card : proof.cards()) {
            Score culprits = card.culprits();
            if (SyntheticProof.missesPrecision(culprits) || SyntheticProof.missesRecall(culprits)) {
                low.add(card.one().name() + " (" + Tables.text(culprits.precision(), 3) + ", "
                        + Tables.text(culprits.recall(), 3) + ")");
            }
        }
        if (!low.isEmpty()) {
            missed.add("Below precision 0.9 or recall 0.8: " + String.join(", ", low) + ".");
        }
        missed.addAll(ReplayTables.missed(proof.replays()));
        return missed;
    }
}
