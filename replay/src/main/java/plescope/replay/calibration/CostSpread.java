package plescope.replay.calibration;

/**
 * How far the samples of a calibrated cost scatter: replays charge one value where the machine charged many.
 *
 * @param samples how many there were; few mean that a default is used
 * @param lowNs a quarter of them took no longer
 * @param highNs a quarter of them took longer
 */
public record CostSpread(Cost cost, int samples, long lowNs, long highNs) {
    /** The costs that logs show, as {@link plescope.replay.model.HostModel.HostCosts} names them. */
    public enum Cost {
        EXIT,
        PAUSE_EXIT,
        SWITCH_OUT,
        SWITCH_IN,
        TICK,
        ACK
    }

    static CostSpread of(Cost cost, DurationSample sample) {
        return new CostSpread(cost, sample.size(), sample.quantile(0.25, 1, 0), sample.quantile(0.75, 1, 0));
    }
}
