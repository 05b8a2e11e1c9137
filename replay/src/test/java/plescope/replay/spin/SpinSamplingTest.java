package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpinSamplingTest {
    private final SpinSampling sampling = new SpinSampling();

    private void samples(int inside, int outside) {
        for (int i = 0; i < inside; i++) {
            sampling.sampled(true);
        }
        for (int i = 0; i < outside; i++) {
            sampling.sampled(false);
        }
    }

    /**
     * 20 of 200 samples hit code outside loops: 10 % of 10 ms of guest time is work, 1 ms. 0.4 ms of that is known already, so
     * 0.6 ms of the 3 ms undecided are work: one fifth.
     */
    @Test
    void undecidedTimeFillsUpTheSampledShareOfWork() {
        samples(180, 20);
        sampling.ran(7_000_000, 400_000, 0);
        sampling.ran(3_000_000, 0, 3_000_000);
        assertThat(sampling.known()).isTrue();
        assertThat(sampling.workPartsPerMillion()).isEqualTo(200_000);
    }

    @Test
    void moreKnownWorkThanSampledLeavesNoneUndecided() {
        samples(190, 10);
        sampling.ran(10_000_000, 5_000_000, 0);
        sampling.ran(1_000_000, 0, 1_000_000);
        assertThat(sampling.workPartsPerMillion()).isZero();
    }

    @Test
    void aGuestThatHardlySpinsWorksThroughAllOfIt() {
        samples(1, 199);
        sampling.ran(10_000_000, 0, 1_000_000);
        assertThat(sampling.workPartsPerMillion()).isEqualTo(1_000_000);
    }

    @Test
    void fewSamplesSayNothing() {
        samples(SpinSampling.MIN_SAMPLES - 1, 0);
        sampling.ran(1_000, 0, 1_000);
        assertThat(sampling.known()).isFalse();
    }
}
