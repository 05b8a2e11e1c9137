package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import plescope.replay.policy.SchedulerVersion;

class KernelFeatureTest {
    @Test
    void nextBuddyIsOnInTheReleaseCandidateOnly() {
        for (SchedulerVersion version : SchedulerVersion.values()) {
            assertThat(KernelFeature.NEXT_BUDDY.in(version)).isEqualTo(version == SchedulerVersion.EEVDF_6_19_RC1);
        }
    }

    @Test
    void theFirstEevdfHasNoneOfTheLaterRules() {
        assertThat(KernelFeature.of(SchedulerVersion.EEVDF_6_6))
                .isEqualTo(EnumSet.of(
                        KernelFeature.WAKEUP_PREEMPTION,
                        KernelFeature.CACHE_HOT_BUDDY,
                        KernelFeature.PLACE_LAG,
                        KernelFeature.PLACE_DEADLINE_INITIAL,
                        KernelFeature.RUN_TO_PARITY,
                        KernelFeature.WAKE_PREV_IDLE,
                        KernelFeature.SIS_UTIL,
                        KernelFeature.LOAD_RELAXES_WITH_FAILURES));
        assertThat(KernelFeature.of(SchedulerVersion.CFS_5_6))
                .isEqualTo(EnumSet.of(
                        KernelFeature.WAKEUP_PREEMPTION,
                        KernelFeature.CACHE_HOT_BUDDY,
                        KernelFeature.GENTLE_FAIR_SLEEPERS,
                        KernelFeature.START_DEBIT,
                        KernelFeature.LAST_BUDDY));
    }

    /** What the recording 6.12.117 tells of itself: PICK_BUDDY, NI_RANDOM, 1.4 ms on two pCPUs; and yields that forfeit. */
    @Test
    void theLongTermSeriesHasFourLaterRules() {
        EnumSet<KernelFeature> later = KernelFeature.of(SchedulerVersion.EEVDF_6_12_STABLE);
        assertThat(later).containsAll(KernelFeature.of(SchedulerVersion.EEVDF_6_12));
        later.removeAll(KernelFeature.of(SchedulerVersion.EEVDF_6_12));
        assertThat(later)
                .isEqualTo(EnumSet.of(
                        KernelFeature.PICK_BUDDY,
                        KernelFeature.SHORTER_BASE_SLICE,
                        KernelFeature.FORFEIT_ON_YIELD,
                        KernelFeature.NEWIDLE_BY_SUCCESS));
        assertThat(SchedulerTunables.of(SchedulerVersion.EEVDF_6_12_STABLE, 2, 250)
                        .baseSlice())
                .isEqualTo(1_400_000);
        assertThat(KernelFeature.FORFEIT_ON_YIELD.in(SchedulerVersion.EEVDF_6_14))
                .isFalse();
    }

    @Test
    void aHostMaySwitchAFeature() {
        SchedulerTunables stock = SchedulerTunables.of(SchedulerVersion.EEVDF_6_12, 8, 250);
        SchedulerTunables switched =
                stock.with(KernelFeature.NEXT_BUDDY, true).with(KernelFeature.DELAY_DEQUEUE, false);
        assertThat(switched.has(KernelFeature.NEXT_BUDDY)).isTrue();
        assertThat(switched.has(KernelFeature.DELAY_DEQUEUE)).isFalse();
        assertThat(stock.has(KernelFeature.DELAY_DEQUEUE)).isTrue();
        assertThat(switched.baseSlice()).isEqualTo(stock.baseSlice());
    }

    @Test
    void busyFactorAndImbalanceChangedIn510() {
        SchedulerTunables old = SchedulerTunables.of(SchedulerVersion.CFS_5_6, 8, 250);
        SchedulerTunables young = SchedulerTunables.of(SchedulerVersion.CFS_5_10, 8, 250);
        assertThat(new int[] {old.busyFactor(), old.imbalancePct()}).containsExactly(32, 125);
        assertThat(new int[] {young.busyFactor(), young.imbalancePct()}).containsExactly(16, 117);
    }
}
