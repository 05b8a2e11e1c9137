package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.whatif.Condition;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.WhatIf;

/**
 * What a search came to. The best of many always looks better than it is, so its finalists are judged anew, by draws the search never
 * saw; the difference is its optimism.
 *
 * @param tried what-ifs replayed
 * @param finalists best first, as the search saw them
 */
public record SearchResult(int tried, List<Finalist> finalists) {
    public SearchResult {
        finalists = List.copyOf(finalists);
    }

    /**
     * One of the best what-ifs.
     *
     * @param searched against the baseline, as the search saw it
     * @param heldOut the same by draws the search never saw
     * @param allowed whether it meets the search's conditions there
     * @param verdict by the held-out draws
     */
    public record Finalist(
            WhatIf whatIf, Estimate searched, Estimate heldOut, boolean allowed, Estimate.Verdict verdict) {
        /** By how much the search thought too well of it, as a difference of ratios in the goal's good direction. */
        public double optimism(Goal goal) {
            return goal.score(searched.ratio()) - goal.score(heldOut.ratio());
        }

        boolean wins() {
            return allowed && verdict == Estimate.Verdict.BETTER;
        }
    }

    /** The first finalist that beats the baseline distinguishably by the held-out draws; null if none does. */
    public Finalist winner() {
        return finalists.stream().filter(Finalist::wins).findFirst().orElse(null);
    }

    /** Searches, and judges what was found. */
    public static SearchResult of(SearchPlan plan, ReplayRunner runner) {
        Search search = new Search(plan, runner);
        List<WhatIf> best = search.finalists();
        List<WhatIf> judged = new ArrayList<>(List.of(runner.identity(), plan.baseline()));
        judged.addAll(best);
        runner.run(judged, plan.heldOut());
        Comparison searched = new Comparison(runner, plan.search(), plan.baseline());
        Comparison heldOut = new Comparison(runner, plan.heldOut(), plan.baseline());
        int scope = plan.goal().scope(runner.recording().roster());
        List<Finalist> finalists = new ArrayList<>();
        for (WhatIf whatIf : best) {
            Estimate estimate = heldOut.of(whatIf, scope, plan.goal().measure());
            finalists.add(new Finalist(
                    whatIf,
                    searched.of(whatIf, scope, plan.goal().measure()),
                    estimate,
                    meets(plan.subjectTo(), heldOut, runner, whatIf),
                    heldOut.verdict(whatIf, estimate)));
        }
        return new SearchResult(search.tried(), finalists);
    }

    static boolean meets(List<Condition> conditions, Comparison comparison, ReplayRunner runner, WhatIf whatIf) {
        if (conditions.isEmpty()) {
            return true;
        }
        Measures mean = comparison.mean(whatIf);
        Measures identity = comparison.mean(runner.identity());
        return conditions.stream()
                .allMatch(condition -> condition.holds(runner.recording().roster(), mean, identity));
    }
}
