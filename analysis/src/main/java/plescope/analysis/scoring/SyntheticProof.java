package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * What inference and replays make of synthetic logs, whose truth is known.
 *
 * @param cards of the cases as listed
 * @param redrawn of the same cases with other dice
 * @param replays of the cases as listed
 */
public record SyntheticProof(List<ScoreCard> cards, List<ScoreCard> redrawn, List<CaseReplay> replays) {
    /** Share of the culprits named that should be right. */
    static final double PRECISION_GOAL = 0.9;
    /** Share of the culprits asked for that should be named rightly. */
    static final double RECALL_GOAL = 0.8;

    public SyntheticProof {
        cards = List.copyOf(cards);
        redrawn = List.copyOf(redrawn);
        replays = List.copyOf(replays);
    }

    private record Parts(ScoreCard card, List<ScoreCard> redrawn, List<CaseReplay> replays) {}

    /**
     * Scores cases, some at a time.
     *
     * @param seeds runs of each case, its own and others that count as held out
     * @param settings to replay under, for each case its own questions where empty
     * @param begun hears of each case in order, for a terminal
     */
    public static SyntheticProof of(
            List<SyntheticCase> cases, int seeds, List<String> settings, int jobs, Consumer<String> begun) {
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<Parts>> running = new ArrayList<>();
            for (SyntheticCase one : cases) {
                running.add(pool.submit(() -> parts(one, seeds, settings)));
            }
            List<ScoreCard> cards = new ArrayList<>();
            List<ScoreCard> redrawn = new ArrayList<>();
            List<CaseReplay> replays = new ArrayList<>();
            for (int i = 0; i < cases.size(); i++) {
                begun.accept(cases.get(i).name());
                Parts parts = await(running.get(i));
                cards.add(parts.card());
                redrawn.addAll(parts.redrawn());
                replays.addAll(parts.replays());
            }
            return new SyntheticProof(cards, redrawn, replays);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Parts parts(SyntheticCase one, int seeds, List<String> settings) {
        List<ScoreCard> redrawn = new ArrayList<>();
        for (int n = 1; n < seeds; n++) {
            redrawn.add(ScoreCard.of(one.redrawn(n)));
        }
        List<String> questions = settings.isEmpty() ? CaseReplay.questions(one) : settings;
        return new Parts(ScoreCard.of(one), redrawn, CaseReplay.of(one, questions));
    }

    private static Parts await(Future<Parts> parts) {
        try {
            return parts.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while scoring", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            throw new IllegalStateException("a case could not be scored", e.getCause());
        }
    }

    /** Cards of all runs. */
    List<ScoreCard> all() {
        List<ScoreCard> all = new ArrayList<>(cards);
        all.addAll(redrawn);
        return all;
    }

    /** Culprits of the cases that nothing was fitted to. */
    Score unfitted() {
        Score sum = new Score(0, 0, 0);
        for (ScoreCard card : all()) {
            sum = card.one().use() == SyntheticCase.Use.FIT ? sum : sum.plus(card.culprits());
        }
        return sum;
    }

    /** Whether cases that nothing was fitted to meet the goals; so do none at all. */
    public boolean meetsGoals() {
        return !missesPrecision(unfitted()) && !missesRecall(unfitted());
    }

    /** Whether too few answers are right; none is not too few. */
    static boolean missesPrecision(Score culprits) {
        return culprits.precision() < PRECISION_GOAL;
    }

    /** Whether too few questions are answered rightly; none is not too few. */
    static boolean missesRecall(Score culprits) {
        return culprits.recall() < RECALL_GOAL;
    }
}
