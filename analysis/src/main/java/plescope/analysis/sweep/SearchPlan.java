package plescope.analysis.sweep;

import java.util.List;
import plescope.replay.whatif.Condition;
import plescope.replay.whatif.WhatIf;

/**
 * What a search may do. Equal plans on equal recordings try the same what-ifs in the same order.
 *
 * @param baseline what has to be beaten
 * @param subjectTo what a good what-if must meet as well
 * @param replays how many it may make, those of baseline and finalists among them
 * @param search draws the search is made with
 * @param heldOut draws it never sees: the finalists are judged by these
 * @param seed of the first points
 */
public record SearchPlan(
        SearchSpace space,
        WhatIf baseline,
        Goal goal,
        List<Condition> subjectTo,
        int replays,
        List<Draw> search,
        List<Draw> heldOut,
        long seed) {
    /** What-ifs that are judged by the held-out draws. */
    static final int FINALISTS = 3;

    /** Fewer what-ifs than this are no search. */
    private static final int FEWEST = 4;

    public SearchPlan {
        subjectTo = List.copyOf(subjectTo);
        search = List.copyOf(search);
        heldOut = List.copyOf(heldOut);
        if (replays < leastReplays(search.size(), heldOut.size())) {
            throw new IllegalArgumentException("a search with " + search.size() + " draws and " + heldOut.size()
                    + " held out needs at least " + leastReplays(search.size(), heldOut.size()) + " replays, not "
                    + replays);
        }
    }

    /** The smallest budget that makes sense. */
    public static int leastReplays(int search, int heldOut) {
        return (2 + FEWEST) * search + (2 + FINALISTS) * heldOut;
    }

    /** The same plan with another budget. */
    public SearchPlan within(int other) {
        return new SearchPlan(space, baseline, goal, subjectTo, other, search, heldOut, seed);
    }
}
