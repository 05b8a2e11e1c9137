package plescope.analysis.compare;

import java.util.Arrays;

/** Parts of wholes, in time or in events; compared by difference, in percentage points. */
final class ShareSeries implements Series {
    private static final double PERCENT = 100;

    private final long[] parts;
    private final long[] wholes;

    ShareSeries(long[] parts, long[] wholes) {
        this.parts = parts.clone();
        this.wholes = wholes.clone();
    }

    /** The wholes: nanoseconds, or yields and polls. */
    @Override
    public long events() {
        return Arrays.stream(wholes).sum();
    }

    @Override
    public double level(int[] weights) {
        double part = 0;
        double whole = 0;
        for (int cell = 0; cell < weights.length; cell++) {
            part += (double) weights[cell] * parts[cell];
            whole += (double) weights[cell] * wholes[cell];
        }
        return whole > 0 ? PERCENT * part / whole : Double.NaN;
    }

    @Override
    public double value() {
        return PERCENT * Arrays.stream(parts).sum() / events();
    }

    @Override
    public double leastVariance() {
        return 0;
    }
}
