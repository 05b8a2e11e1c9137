package plescope.analysis.validate;

/** The two-sample Kolmogorov-Smirnov distance: the greatest difference between two distributions, 0 (alike) to 1. */
final class KolmogorovSmirnov {
    private KolmogorovSmirnov() {}

    /** Of two ascending samples; 0 where both are empty, NaN where one is. */
    static double distance(int[] one, int[] two) {
        if (one.length == 0 || two.length == 0) {
            return one.length == two.length ? 0 : Double.NaN;
        }
        double greatest = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < two.length) {
            int value = Math.min(one[i], two[j]);
            while (i < one.length && one[i] == value) {
                i++;
            }
            while (j < two.length && two[j] == value) {
                j++;
            }
            greatest = Math.max(greatest, Math.abs((double) i / one.length - (double) j / two.length));
        }
        return greatest;
    }
}
