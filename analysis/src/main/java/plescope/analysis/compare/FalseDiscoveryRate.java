package plescope.analysis.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Correction for many comparisons: of those called different at level q, on average no more than a share q is not. Benjamini and
 * Hochberg 1995; it holds for comparisons that move together too, as rates and shares of one schedule do (Benjamini and Yekutieli 2001).
 */
final class FalseDiscoveryRate {
    private FalseDiscoveryRate() {}

    /** The least q at which each is called different, in the order given. */
    static double[] adjusted(List<Double> chances) {
        int[] ascending = IntStream.range(0, chances.size())
                .boxed()
                .sorted(Comparator.comparing(chances::get))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[ascending.length];
        Arrays.fill(adjusted, 1);
        double least = 1;
        for (int rank = ascending.length; rank >= 1; rank--) {
            int at = ascending[rank - 1];
            least = Math.min(least, chances.get(at) * ascending.length / rank);
            adjusted[at] = least;
        }
        return adjusted;
    }
}
