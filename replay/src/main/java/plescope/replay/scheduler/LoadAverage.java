package plescope.replay.scheduler;

/**
 * A queue's decayed load ({@code load_avg}): what was queued lately still counts, with a half-life of 32 periods of 1024 us
 * (PELT). The kernel adds up segments inside a period; here a period is the finest step.
 */
final class LoadAverage {
    /** {@code runnable_avg_yN_inv}: y^n in 1/2^32, y^32 = 1/2. */
    private static final long[] Y_POWERS = {
        0xffffffffL, 0xfa83b2daL, 0xf5257d14L, 0xefe4b99aL, 0xeac0c6e6L, 0xe5b906e6L, 0xe0ccdeebL, 0xdbfbb796L,
        0xd744fcc9L, 0xd2a81d91L, 0xce248c14L, 0xc9b9bd85L, 0xc5672a10L, 0xc12c4cc9L, 0xbd08a39eL, 0xb8fbaf46L,
        0xb504f333L, 0xb123f581L, 0xad583ee9L, 0xa9a15ab4L, 0xa5fed6a9L, 0xa2704302L, 0x9ef5325fL, 0x9b8d39b9L,
        0x9837f050L, 0x94f4efa8L, 0x91c3d373L, 0x8ea4398aL, 0x8b95c1e3L, 0x88980e80L, 0x85aac367L, 0x82cd8698L
    };

    private static final int PERIOD_SHIFT = 20;
    private static final int HALF_LIFE = 32;

    private long average;
    private long lastPeriod;

    /** Brings the average to {@code now}, {@code load} having been queued since the last update. */
    long update(long now, long load) {
        long period = now >> PERIOD_SHIFT;
        if (period > lastPeriod) {
            average = load + decay(average - load, period - lastPeriod);
            lastPeriod = period;
        }
        return average;
    }

    /** A thread arrived from, or left for, another pCPU and took its load along ({@code attach_entity_load_avg}). */
    void transfer(long load) {
        average = Math.max(0, average + load);
    }

    /** {@code decay_load}; values are scaled-down weights, so the product fits. */
    static long decay(long value, long periods) {
        long halvings = periods / HALF_LIFE;
        if (halvings >= 63) {
            return 0;
        }
        long magnitude = Math.abs(value) >> halvings;
        int rest = (int) (periods % HALF_LIFE);
        long decayed = rest == 0 ? magnitude : (magnitude * Y_POWERS[rest]) >>> 32;
        return value < 0 ? -decayed : decayed;
    }
}
