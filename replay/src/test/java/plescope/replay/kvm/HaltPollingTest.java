package plescope.replay.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.model.HostModel.Kvm;
import plescope.replay.policy.SchedulerVersion;

class HaltPollingTest {
    @Test
    void growsWhileHaltsAreShortButLongerThanThePoll() {
        HaltPolling halting = polling(0);
        long[] expected = {0, 10_000, 20_000, 40_000, 80_000, 160_000, 200_000, 200_000};
        for (long ns : expected) {
            assertThat(halting.ns()).isEqualTo(ns);
            halting.halted(199_999);
        }
    }

    @Test
    void aHaltThePollCaughtChangesNothing() {
        HaltPolling halting = grownTo(40_000, 0);
        halting.halted(40_000);
        assertThat(halting.ns()).isEqualTo(40_000);
    }

    @Test
    void aLongHaltResetsOrHalves() {
        assertThat(afterLongHalt(grownTo(200_000, 0))).isZero();
        assertThat(afterLongHalt(grownTo(200_000, 2))).isEqualTo(100_000);
        assertThat(afterLongHalt(grownTo(80_000, 2))).isEqualTo(40_000);
        // Half of 10 us is below the start value of 10 us: 0.
        assertThat(afterLongHalt(grownTo(10_000, 2))).isZero();
    }

    private static long afterLongHalt(HaltPolling halting) {
        halting.halted(1_000_000);
        return halting.ns();
    }

    private static HaltPolling grownTo(long ns, int shrink) {
        HaltPolling halting = polling(shrink);
        while (halting.ns() < ns) {
            halting.halted(199_999);
        }
        return halting;
    }

    private static HaltPolling polling(int shrink) {
        return new HaltPolling(new Kvm(false, 200_000, 2, 10_000, shrink), SchedulerVersion.EEVDF_6_12);
    }
}
