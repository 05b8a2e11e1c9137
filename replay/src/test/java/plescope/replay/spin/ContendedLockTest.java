package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ContendedLockTest {
    private final ContendedLock lock = new ContendedLock(0);

    /** (0 + 4) of (0 + 5) in order is 0.8, where no doubt is left; nothing is claimed about the share itself. */
    @Test
    void isTakenForFairUntilWaitsSpeak() {
        assertThat(lock.fairness()).isEqualTo(1);
        assertThat(lock.fifoShare()).isNaN();
    }

    /** 10 of 20 in order: (10 + 4) / (20 + 5) = 0.56, below where fairness begins. */
    @Test
    void waitersThatOvertakeMakeItARace() {
        for (int i = 0; i < 20; i++) {
            lock.order(i % 2 == 0);
        }
        assertThat(lock.fifoShare()).isEqualTo(0.5);
        assertThat(lock.fairness()).isZero();
    }

    /** 16 of 24: (16 + 4) / (24 + 5) = 0.6897, and (0.6897 - 0.6) / 0.2 = 0.448. */
    @Test
    void betweenRaceAndOrderTheBeliefIsPartial() {
        for (int i = 0; i < 24; i++) {
            lock.order(i % 3 != 0);
        }
        assertThat(lock.fairness()).isCloseTo(0.448, within(0.001));
    }

    /** Scale 2 us: 2000 - 2000 / (e - 1) = 836 ns between 0 and 2 us; the same above any lower bound, as it has no memory. */
    @Test
    void residualIsTheMeanOfATruncatedExponential() {
        assertThat(lock.likelyNs(0, 2_000)).isBetween(835L, 837L);
        assertThat(lock.likelyNs(10_000, 12_000)).isBetween(10_835L, 10_837L);
        assertThat(lock.likelyNs(700, 700)).isEqualTo(700);
    }

    /** Four at first at 2 us, then four of 10 us: the scale is 6 us; far bounds leave it as it is. */
    @Test
    void scaleIsLearnedFromEstimates() {
        for (int i = 0; i < 4; i++) {
            lock.residual(10_000);
        }
        assertThat(lock.likelyNs(0, 1_000_000)).isEqualTo(6_000);
    }
}
