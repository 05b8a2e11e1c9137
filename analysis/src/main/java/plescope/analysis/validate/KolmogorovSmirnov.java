package plescope.analysis.validate;

import plescope.replay.whatif.LengthCounts;

/** The two-sample Kolmogorov-Smirnov distance: the greatest difference between two distributions, 0 (alike) to 1. */
final class KolmogorovSmirnov {
    private KolmogorovSmirnov() {}

    /** 0 where both are empty, NaN where one is. */
    static double distance(LengthCounts one, LengthCounts two) {
        if (one.different() == 0 || two.different() == 0) {
            return one.different() == two.different() ? 0 : Double.NaN;
        }
        double ofOne = one.total();
        double ofTwo = two.total();
        double greatest = 0;
        long seenOne = 0;
        long seenTwo = 0;
        int i = 0;
        int j = 0;
        while (i < one.different() && j < two.different()) {
            int length = Math.min(one.length(i), two.length(j));
            seenOne += one.length(i) == length ? one.count(i++) : 0;
            seenTwo += two.length(j) == length ? two.count(j++) : 0;
            greatest = Math.max(greatest, Math.abs(seenOne / ofOne - seenTwo / ofTwo));
        }
        return greatest;
    }
}
