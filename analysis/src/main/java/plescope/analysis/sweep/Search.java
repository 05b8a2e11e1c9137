package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import plescope.replay.whatif.WhatIf;

/**
 * Finds a good what-if in a {@link SearchSpace}: a Latin hypercube, thinned by successive halving over the draws, then a pattern
 * search around the best; small spaces are tried whole. It sees the search draws only.
 *
 * @see SearchResult for what becomes of its finalists
 */
final class Search {
    /** Share of the budget that the first, coarse points get, as a divisor. */
    private static final int COARSE_SHARE = 2;

    /** Replays of each first point that halving makes in the mean: 1 on one draw, 1/2 of it on the second, ... */
    private static final int HALVING_COST = 2;

    private final SearchPlan plan;
    private final ReplayRunner runner;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private final Map<List<Integer>, Candidate> byPoint = new HashMap<>();
    private int left;

    /** One what-if of the space and how it has done so far. */
    private static final class Candidate {
        final WhatIf whatIf;
        final int[] point;
        final int order;
        int draws;
        double score = Double.NaN;
        boolean allowed;

        Candidate(WhatIf whatIf, int[] point, int order) {
            this.whatIf = whatIf;
            this.point = point;
            this.order = order;
        }
    }

    /** Those that meet the conditions first, then by score; of equals the first tried. */
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparing((Candidate c) -> !c.allowed)
            .thenComparing(c -> Double.isNaN(c.score))
            .thenComparing(c -> -c.score)
            .thenComparingInt(c -> c.order);

    Search(SearchPlan plan, ReplayRunner runner) {
        this.plan = plan;
        this.runner = runner;
        this.left = plan.replays()
                - 2 * plan.search().size()
                - (2 + SearchPlan.FINALISTS) * plan.heldOut().size();
    }

    /** The best what-ifs by the search draws, best first. */
    List<WhatIf> finalists() {
        runner.run(List.of(runner.identity(), plan.baseline()), plan.search());
        if (plan.space().points() <= left / plan.search().size()) {
            replay(everyPoint(), plan.search().size());
        } else {
            Candidate best = halve(latinHypercube());
            if (best != null) {
                climb(best);
            }
        }
        Predicate<Candidate> whole = c -> c.draws == plan.search().size()
                && !c.whatIf.text().equals(plan.baseline().text());
        return candidates.values().stream()
                .filter(whole)
                .sorted(BEST_FIRST)
                .limit(SearchPlan.FINALISTS)
                .map(c -> c.whatIf)
                .toList();
    }

    int tried() {
        return candidates.size();
    }

    /** The what-if at a point, null where that makes no sense. Points that come to the same text are one. */
    private Candidate at(int[] point) {
        List<Integer> key = Arrays.stream(point).boxed().toList();
        if (byPoint.containsKey(key)) {
            return byPoint.get(key);
        }
        Candidate candidate;
        try {
            WhatIf whatIf = runner.read(plan.space().text(point));
            candidate = candidates.computeIfAbsent(
                    whatIf.text(), text -> new Candidate(whatIf, point.clone(), candidates.size()));
        } catch (IllegalArgumentException e) {
            candidate = null;
        }
        byPoint.put(key, candidate);
        return candidate;
    }

    /** Replays as many of these as the budget allows, with the first draws, and scores them. */
    private List<Candidate> replay(List<int[]> points, int draws) {
        List<Candidate> afforded = new ArrayList<>();
        for (int[] point : points) {
            Candidate candidate = at(point);
            if (candidate == null || afforded.contains(candidate)) {
                continue;
            }
            int cost = Math.max(0, draws - candidate.draws);
            if (cost <= left) {
                left -= cost;
                afforded.add(candidate);
            }
        }
        List<Draw> used = plan.search().subList(0, draws);
        runner.run(afforded.stream().map(c -> c.whatIf).toList(), used);
        Comparison comparison = new Comparison(runner, used, plan.baseline());
        for (Candidate candidate : afforded) {
            if (candidate.draws < draws) {
                score(candidate, comparison);
                candidate.draws = draws;
            }
        }
        return afforded;
    }

    private void score(Candidate candidate, Comparison comparison) {
        Estimate estimate = comparison.of(
                candidate.whatIf,
                plan.goal().scope(runner.recording().roster()),
                plan.goal().measure());
        candidate.score = plan.goal().score(estimate.ratio());
        candidate.allowed = SearchResult.meets(plan.subjectTo(), comparison, runner, candidate.whatIf);
    }

    private List<int[]> everyPoint() {
        List<int[]> points = new ArrayList<>();
        int[] point = new int[plan.space().dimensions()];
        do {
            points.add(point.clone());
        } while (next(point));
        return points;
    }

    private boolean next(int[] point) {
        for (int d = point.length - 1; d >= 0; d--) {
            if (++point[d] < plan.space().values(d)) {
                return true;
            }
            point[d] = 0;
        }
        return false;
    }

    /** Points whose values in each dimension are spread evenly, each in its own order. */
    private List<int[]> latinHypercube() {
        int count = Math.max(2, left / COARSE_SHARE / HALVING_COST);
        SplittableRandom random = new SplittableRandom(plan.seed());
        List<int[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new int[plan.space().dimensions()]);
        }
        for (int d = 0; d < plan.space().dimensions(); d++) {
            int[] strata = shuffled(count, random);
            for (int i = 0; i < count; i++) {
                points.get(i)[d] = (int) ((2L * strata[i] + 1) * plan.space().values(d) / (2L * count));
            }
        }
        return points;
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Doubles the draws and drops the worse half, until the rest have seen all draws. @return the best, null if none makes sense */
    private Candidate halve(List<int[]> points) {
        List<int[]> staying = points;
        int all = plan.search().size();
        for (int draws = 1; ; draws = Math.min(all, 2 * draws)) {
            List<Candidate> ranked =
                    replay(staying, draws).stream().sorted(BEST_FIRST).toList();
            if (draws == all || ranked.isEmpty()) {
                return ranked.isEmpty() ? null : ranked.get(0);
            }
            staying = ranked.subList(0, (ranked.size() + 1) / 2).stream()
                    .map(c -> c.point)
                    .toList();
        }
    }

    /** Walks to the best neighbour at a distance, halving the distance where none is better. */
    private void climb(Candidate start) {
        Candidate best = start;
        int widest = 0;
        for (int d = 0; d < plan.space().dimensions(); d++) {
            widest = Math.max(widest, plan.space().values(d));
        }
        for (int stride = Integer.highestOneBit(Math.max(1, widest / 4)); stride > 0 && left > 0; ) {
            List<Candidate> around =
                    replay(neighbours(best.point, stride), plan.search().size());
            Candidate next = around.stream().min(BEST_FIRST).orElse(best);
            if (BEST_FIRST.compare(next, best) < 0) {
                best = next;
            } else {
                stride /= 2;
            }
        }
    }

    private List<int[]> neighbours(int[] point, int stride) {
        List<int[]> neighbours = new ArrayList<>();
        for (int d = 0; d < point.length; d++) {
            for (int step : new int[] {-stride, stride}) {
                int value = Math.min(plan.space().values(d) - 1, Math.max(0, point[d] + step));
                if (value != point[d]) {
                    int[] neighbour = point.clone();
                    neighbour[d] = value;
                    neighbours.add(neighbour);
                }
            }
        }
        return neighbours;
    }
}
