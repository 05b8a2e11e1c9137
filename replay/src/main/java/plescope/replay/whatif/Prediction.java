package plescope.replay.whatif;

/**
 * What a what-if would change in one measure of one VM, and how far that can be trusted. Ratios are those of the what-if's replay to
 * the identity's replay of the same trial, so that what the simulator gets wrong in both cancels.
 *
 * @param vm dense id, {@link #HOST} for all VMs together
 * @param recorded the measure in the recording, NaN where it does not show it
 * @param identity mean over the trials of the identity replay
 * @param predicted mean over the trials of the what-if
 * @param ratio geometric mean over the pairs of trials
 * @param low ratio at the lower end of the ensemble's spread
 * @param high ratio at its upper end
 * @param costsHalved ratio where all costs of the host are half of those measured
 * @param costsDoubled ratio where they are twice as high
 * @param identityError by how much the identity replay misses the recording, as a share of the recorded value, signed
 * @param smallestDifference the least change, as a share, that this recording supports; see {@link Judge}
 * @param stability share of all trials, perturbed ones included, that agree with the ratio's direction
 */
public record Prediction(
        int vm,
        Measure measure,
        double recorded,
        double identity,
        double predicted,
        double ratio,
        double low,
        double high,
        double costsHalved,
        double costsDoubled,
        double identityError,
        double smallestDifference,
        double stability,
        Verdict verdict) {
    /** Stands for all VMs together. */
    public static final int HOST = -1;
}
