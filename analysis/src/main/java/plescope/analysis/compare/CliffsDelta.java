package plescope.analysis.compare;

/** How far one distribution lies above another: the chance of a greater value less that of a smaller one, -1 to 1. Cliff 1993. */
final class CliffsDelta {
    private CliffsDelta() {}

    /** Of {@code b} over {@code a}, counts by bin; values of one bin are ties. */
    static double of(long[] a, long[] b) {
        double greater = 0;
        double smaller = 0;
        double allA = 0;
        double allB = 0;
        for (int bin = 0; bin < a.length; bin++) {
            greater += b[bin] * allA;
            smaller += a[bin] * allB;
            allA += a[bin];
            allB += b[bin];
        }
        return (greater - smaller) / (allA * allB);
    }
}
