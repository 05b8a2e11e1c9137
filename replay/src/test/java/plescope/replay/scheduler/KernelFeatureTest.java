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
                        KernelFeature.WAKE_PREV_IDLE,
                        KernelFeature.SIS_UTIL,
                        KernelFeature.LOAD_RELAXES_WITH_FAILURES));
        assertThat(KernelFeature.of(SchedulerVersion.CFS_5_6)).isEmpty();
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
