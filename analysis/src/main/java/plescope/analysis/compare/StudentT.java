package plescope.analysis.compare;

/** Student's t distribution, for differences whose spread is itself estimated, from few blocks. */
final class StudentT {
    /** Terms of the continued fraction; it settles in about the square root of the degrees of freedom. */
    private static final int MOST_TERMS = 500;

    private static final double SETTLED = 1e-14;
    private static final double TINY = 1e-300;

    /** Lanczos' approximation of the gamma function, g = 5, six terms. */
    private static final double[] LANCZOS = {
        76.18009172947146,
        -86.50532032941678,
        24.01409824083091,
        -1.231739572450155,
        0.1208650973866179e-2,
        -0.5395239384953e-5
    };

    private StudentT() {}

    /** Chance of a value at least as far from 0, on either side; {@code degrees} of freedom are above 0. */
    static double twoSided(double t, double degrees) {
        return regularisedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
    }

    /** The value that is exceeded, on either side, with chance {@code 1 - confidence}. */
    static double quantile(double confidence, double degrees) {
        double low = 0;
        double high = 1;
        while (twoSided(high, degrees) > 1 - confidence) {
            high *= 2;
        }
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (twoSided(middle, degrees) > 1 - confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double regularisedBeta(double x, double a, double b) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        double front = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? front * continuedFraction(x, a, b) / a
                : 1 - front * continuedFraction(1 - x, b, a) / b;
    }

    /** Lentz' way to evaluate it. */
    private static double continuedFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / notZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m <= MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / notZero(1 + even * d);
            c = notZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / notZero(1 + odd * d);
            c = notZero(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < SETTLED) {
                break;
            }
        }
        return value;
    }

    private static double notZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logGamma(double x) {
        double base = x + 5.5;
        double sum = 1.000000000190015;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + 1 + i);
        }
        return (x + 0.5) * StrictMath.log(base) - base + StrictMath.log(2.5066282746310007 * sum / x);
    }
}
