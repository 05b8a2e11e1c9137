package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpinShareTest {
    private static final long MS = 1_000_000;

    private final SpinShare.Counter counter = new SpinShare.Counter();

    private void run(int hits, int misses) {
        for (int i = 0; i < hits + misses; i++) {
            counter.sample(MS, i < hits);
        }
        counter.runEnds();
    }

    /**
     * 25 of 100 runs of one sample hit. Scatter: 25 x 0.75^2 + 75 x 0.25^2 = 18.75; variance 18.75 x 100/99 / 100^2 = 0.00189394;
     * effective 0.1875 / 0.00189394 = 99. Wilson with z^2/n = 0.0388040: middle (0.25 + 0.0194020) / 1.0388040 = 0.259339, half
     * 1.96 / 1.0388040 x sqrt(0.1875/99 + 0.0388040/396) = 0.084209.
     */
    @Test
    void independentSamplesGiveWilsonsInterval() {
        for (int i = 0; i < 25; i++) {
            run(1, 0);
        }
        for (int i = 0; i < 75; i++) {
            run(0, 1);
        }
        SpinShare share = counter.share();
        assertThat(share.effective()).isEqualTo(99, within(1e-6));
        assertThat(share.counted()).isEqualTo(0.25, within(1e-9));
        assertThat(share.low()).isEqualTo(0.175130, within(1e-5));
        assertThat(share.high()).isEqualTo(0.343548, within(1e-5));
        // (0.25 x 99 + 0.5) / 100.
        assertThat(share.likely()).isEqualTo(0.2525, within(1e-9));
    }

    /**
     * Ten runs of ten samples, five of them spin throughout. Scatter 10 x (10 x 0.5)^2 = 250, variance 250 x 10/9 / 100^2 =
     * 0.027778, effective 0.25 / 0.027778 = 9: a run is worth one sample.
     */
    @Test
    void samplesOfOneRunAreWorthOne() {
        for (int i = 0; i < 5; i++) {
            run(10, 0);
            run(0, 10);
        }
        assertThat(counter.share().effective()).isEqualTo(9, within(1e-6));
        assertThat(counter.share().known()).isFalse();
    }

    /** 40 samples that stand for 4 ms each, and one at the start of each run that stands for 10 us: 0.4 of 160.4 ms. */
    @Test
    void samplesCountByTheTimeTheyStandFor() {
        for (int i = 0; i < 40; i++) {
            counter.sample(10_000, false);
            counter.sample(4 * MS, true);
            counter.runEnds();
        }
        assertThat(counter.share().counted()).isEqualTo(160.0 / 160.4, within(1e-9));
    }

    /** 50 runs of 4 equal samples, all spin: 50 effective; Wilson's low end is n / (n + z^2) = 50 / 53.8416. */
    @Test
    void allSamplesAgreeingStillLeaveAnInterval() {
        for (int i = 0; i < 50; i++) {
            run(4, 0);
        }
        SpinShare share = counter.share();
        assertThat(share.effective()).isEqualTo(50, within(1e-6));
        assertThat(share.low()).isEqualTo(50 / 53.8416, within(1e-6));
        assertThat(share.high()).isEqualTo(1, within(1e-9));
        assertThat(share.likely()).isLessThan(1);
    }

    /** Runs whose own share varies: of 400 trials about 380 should cover; 3.5 standard deviations of 4.4 below that is 365. */
    @Test
    void theIntervalCoversAsOftenAsItClaims() {
        SplittableRandom random = new SplittableRandom(11);
        int covered = 0;
        for (int trial = 0; trial < 400; trial++) {
            SpinShare.Counter one = new SpinShare.Counter();
            for (int run = 0; run < 150; run++) {
                double inRun = random.nextBoolean() ? 0.1 : 0.5;
                for (int i = 0; i < 6; i++) {
                    one.sample(MS, random.nextDouble() < inRun);
                }
                one.runEnds();
            }
            SpinShare share = one.share();
            covered += share.low() <= 0.3 && share.high() >= 0.3 ? 1 : 0;
        }
        assertThat(covered).isBetween(365, 396);
    }

    @Test
    void noSamplesLeaveEverythingOpen() {
        assertThat(counter.share()).isEqualTo(SpinShare.UNKNOWN);
    }
}
