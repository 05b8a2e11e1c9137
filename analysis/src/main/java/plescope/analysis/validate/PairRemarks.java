package plescope.analysis.validate;

import static plescope.analysis.report.Tables.someOf;
import static plescope.analysis.report.Tables.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One line for each goal that predictions miss: what was reached, and which answers are to blame. */
final class PairRemarks {
    private static final double MEDIAN_GOAL = 0.15;
    private static final double EXITS_GOAL = 0.26;

    private PairRemarks() {}

    static List<String> missed(PairSummary summary) {
        List<String> missed = new ArrayList<>();
        if (summary.signRight() < summary.beyondNoise()) {
            missed.add("Goal missed, sign right beyond noise: " + someOf(summary.signRight(), summary.beyondNoise())
                    + "; wrong in "
                    + names(summary, c -> c.answered() && c.pair().beyondNoise() && !c.signRight()) + ".");
        }
        if (summary.count(Judgement.WRONG) > 0) {
            missed.add("Goal missed, no wrong claim: " + summary.count(Judgement.WRONG) + "; "
                    + names(summary, c -> c.judgement() == Judgement.WRONG) + ".");
        }
        if (summary.medianError() > MEDIAN_GOAL) {
            missed.add("Goal missed, median |ln(predicted/measured)| of " + MEDIAN_GOAL + ": "
                    + text(summary.medianError(), 3) + ".");
        }
        if (summary.withinFactorTwo() < summary.answered()) {
            missed.add("Goal missed, all within a factor of two: "
                    + someOf(summary.withinFactorTwo(), summary.answered()) + "; beyond it "
                    + names(summary, c -> Math.abs(c.error()) > PairSummary.FACTOR_TWO) + ".");
        }
        if (summary.inertNullPairs() < summary.nullPairs()) {
            missed.add("Goal missed, null pairs inert: " + someOf(summary.inertNullPairs(), summary.nullPairs()) + ".");
        }
        if (summary.medianExitError() > EXITS_GOAL) {
            missed.add("Goal missed, median |ln| of PLE exits' ratio of " + EXITS_GOAL + ": "
                    + text(summary.medianExitError(), 3) + ".");
        }
        return missed;
    }

    /** Each answer with its error: {@code s5 from 61-tas VM A (0.84)}. */
    private static String names(PairSummary summary, Predicate<Comparison> which) {
        return String.join(
                ", ",
                summary.comparisons().stream()
                        .filter(which)
                        .map(c -> c.pair().id() + " from " + c.pair().a().trace() + " VM "
                                + c.pair().vm() + " (" + text(c.error(), 2) + ")")
                        .toList());
    }
}
