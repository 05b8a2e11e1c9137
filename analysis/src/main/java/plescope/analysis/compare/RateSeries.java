package plescope.analysis.compare;

import java.util.Arrays;

/**
 * Events against the seconds in which they could be seen; compared by ratio.
 *
 * <p>Half an event is added before taking logarithms, so that none at all has a level too (Haldane 1955, Anscombe 1956).
 */
final class RateSeries implements Series {
    private static final double HALF = 0.5;

    /** With fewer events the variance is at least that of a Poisson process, which resampling of few or no events misses. */
    private static final long FEW = 30;

    private final long[] events;
    private final double[] seconds;
    private final double scale;

    /** Of events, of which {@code scale} make one of the unit. */
    RateSeries(long[] events, double[] seconds, double scale) {
        this.scale = scale;
        this.events = events.clone();
        this.seconds = seconds.clone();
    }

    @Override
    public long events() {
        return Arrays.stream(events).sum();
    }

    @Override
    public double level(int[] weights) {
        double count = HALF;
        double time = 0;
        for (int cell = 0; cell < weights.length; cell++) {
            count += weights[cell] * events[cell];
            time += weights[cell] * seconds[cell];
        }
        return time > 0 ? StrictMath.log(count / scale / time) : Double.NaN;
    }

    @Override
    public double value() {
        return events() / scale / Arrays.stream(seconds).sum();
    }

    @Override
    public double leastVariance() {
        return events() < FEW ? 1 / (events() + HALF) : 0;
    }
}
