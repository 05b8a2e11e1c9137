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
        assertThat(afterLongHalt(grownTo(80_000, 0))).isZero();
        // Half of 10 us is below the start value of 10 us: 0.
        assertThat(afterLongHalt(grownTo(10_000, 2))).isZero();
    }

    /** 15 us halved is 7.5 us, below the start value of 10 us. */
    @Test
    void whatIsLeftBelowTheStartValueIsNothing() {
        HaltPolling halting = new HaltPolling(new Kvm(false, 15_000, 2, 10_000, 2), SchedulerVersion.EEVDF_6_12);
        halting.halted(14_000);
        halting.halted(14_000);
        assertThat(halting.ns()).isEqualTo(15_000);
        assertThat(afterLongHalt(halting)).isZero();
    }

    @Test
    void theKernelsOwnDivisorCountsWhereNoneIsGiven() {
        HaltPolling old = grown(new HaltPolling(new Kvm(false, 200_000, 2, 10_000, -1), SchedulerVersion.CFS_6_1));
        HaltPolling now = grown(new HaltPolling(new Kvm(false, 200_000, 2, 10_000, -1), SchedulerVersion.EEVDF_6_12));
        assertThat(afterLongHalt(old)).isZero();
        assertThat(afterLongHalt(now)).isEqualTo(100_000);
    }

    @Test
    void pollingCanBeSwitchedOffOrKeptFromGrowing() {
        assertThat(grown(new HaltPolling(new Kvm(false, 0, 2, 10_000, 0), SchedulerVersion.CFS_6_1))
                        .ns())
                .isZero();
        assertThat(grown(new HaltPolling(new Kvm(false, 200_000, 0, 10_000, 0), SchedulerVersion.CFS_6_1))
                        .ns())
                .isZero();
    }

    /** After eight halts of 199,999 ns. */
    private static HaltPolling grown(HaltPolling halting) {
        for (int i = 0; i < 8; i++) {
            halting.halted(199_999);
        }
        return halting;
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
