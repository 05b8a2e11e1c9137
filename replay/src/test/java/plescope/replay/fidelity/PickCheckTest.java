package plescope.replay.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.parser.event.TaskState;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.testing.TraceBuilder;

/** Small logs of one pCPU: latency 6 ms, wake-up granularity 1 ms, base slice 0.75 ms. */
class PickCheckTest {
    private static final int A0 = 100;
    private static final int A1 = 101;
    private static final int B0 = 200;
    private static final long WARM_US = PickCheck.WARM_UP_NS / 1000;

    private final TraceBuilder log = new TraceBuilder();
    private int running = A0;

    private static Roster roster() {
        List<Roster.Vm> vms = List.of(
                new Roster.Vm(0, "a", 10, Roster.Grouping.TGID), new Roster.Vm(1, "b", 20, Roster.Grouping.TGID));
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        vcpus.add(new Roster.Vcpu(0, 0, 0, A0, "CPU 0/KVM"));
        vcpus.add(new Roster.Vcpu(1, 0, 1, A1, "CPU 1/KVM"));
        vcpus.add(new Roster.Vcpu(2, 1, 0, B0, "CPU 0/KVM"));
        return new Roster(vms, vcpus, List.of(), 1);
    }

    private PickAgreement check(String setting) {
        PickCheck check = new PickCheck(roster(), Setting.parse(setting), 1_000_000_000);
        log.events().forEach(check::accept);
        return check.agreement();
    }

    private void switchTo(long us, TaskState state, int next) {
        log.on(0, running, running % 100).switchTo(us, state, next);
        running = next;
    }

    /** The three take turns of 4 ms until after the warm-up; returns when it ended, with A0 running since then. */
    private long turns(long fromUs) {
        long us = fromUs;
        while (us < WARM_US + fromUs) {
            switchTo(us + 4_000, TaskState.RUNNABLE, A1);
            switchTo(us + 8_000, TaskState.RUNNABLE, B0);
            us += 12_000;
            switchTo(us, TaskState.RUNNABLE, A0);
        }
        return us;
    }

    /**
     * 17 rounds of 12 ms end at 204 ms; of their switches those at 200 and 204 ms come after the warm-up, and the next at 208 ms. All go
     * to who is furthest behind and has waited longest; one of three is right by chance: 333333 ppm each.
     */
    @ParameterizedTest
    @ValueSource(strings = {"cfs-6.1+no-ple", "eevdf-6.12+no-ple"})
    void whoeverIsFurthestBehindIsPicked(String setting) {
        long us = turns(0);
        assertThat(us).isEqualTo(204_000);
        switchTo(us + 4_000, TaskState.RUNNABLE, A1);
        PickTally preemptions = check(setting).of(PickKind.PREEMPTION);
        assertThat(preemptions).isEqualTo(new PickTally(3, 3, 3, 999_999));
    }

    /** At 208 ms B0 runs, although A1 waits for longer and both have run for equally long: one miss by all three schedulers. */
    @Test
    void aPickOutOfTurnIsAMissAndCountsOnce() {
        long us = turns(0);
        switchTo(us + 4_000, TaskState.RUNNABLE, B0);
        assertThat(check("cfs-6.1+no-ple").total()).isEqualTo(new PickTally(3, 2, 2, 999_999));
    }

    /** B0 sleeps at 207 ms: the pick is between A0 and A1, half by chance. */
    @Test
    void aSleepingThreadIsNoCandidate() {
        long us = turns(0);
        switchTo(us + 2_000, TaskState.RUNNABLE, A1);
        switchTo(us + 4_000, TaskState.RUNNABLE, B0);
        switchTo(us + 7_000, TaskState.SLEEPING, A0);
        PickTally blocks = check("cfs-6.1+no-ple").of(PickKind.BLOCK);
        assertThat(blocks).isEqualTo(new PickTally(1, 1, 1, 500_000));
    }

    /**
     * The log begins 4 ms into A0's first turn, which so is not charged: after the turns A0 stands at 64, A1 and B0 at 68 ms, and then at
     * 68, 72 + extra and 72. A0 runs 4.2 ms and spins at 72.2, hinting at A1. CFS takes it up to the gate of 1 ms behind B0.
     */
    @ParameterizedTest
    @CsvSource({"500, 1", "1500, 0"})
    void theSimulatedHintDecidesAfterAPleExit(long extraUs, long agreed) {
        long us = turns(0);
        switchTo(us + 4_000, TaskState.RUNNABLE, A1);
        switchTo(us + 8_000 + extraUs, TaskState.RUNNABLE, B0);
        switchTo(us + 12_000 + extraUs, TaskState.RUNNABLE, A0);
        long spinUs = us + 16_200 + extraUs;
        log.on(0, A0, 0).entry(us + 12_002 + extraUs, 0).exit(spinUs, TraceBuilder.PAUSE, 0);
        switchTo(spinUs + 3, TaskState.RUNNABLE, A1);
        PickTally spins = check("cfs-6.1+p2019").of(PickKind.PLE_EXIT);
        assertThat(spins).isEqualTo(new PickTally(1, agreed, 1, 333_333));
    }

    /** With nobody preempted in its VM, B0 has nobody to yield to and must enter its guest again. */
    @Test
    void enteringTheGuestAgainIsAPickToo() {
        long us = turns(0);
        switchTo(us + 4_000, TaskState.RUNNABLE, A1);
        switchTo(us + 8_000, TaskState.RUNNABLE, B0);
        log.on(0, B0, 0)
                .entry(us + 8_001, 0)
                .exit(us + 8_100, TraceBuilder.PAUSE, 0)
                .entry(us + 8_102, 0);
        assertThat(check("cfs-6.1+p2019").of(PickKind.PLE_EXIT)).isEqualTo(new PickTally(1, 1, 0, 333_333));
    }

    /** The switches of the 204 ms that follow the loss fall into a new warm-up. */
    @Test
    void nothingIsJudgedSoonAfterLostEvents() {
        turns(0);
        log.lost(204_000, 0, 10);
        turns(204_000);
        assertThat(check("cfs-6.1+no-ple").total().decisions()).isEqualTo(2 + 2);
    }

    /** A thread the mirror did not know to be there is taken in, and the pick not judged. */
    @Test
    void aThreadThatCameUnseenIsNotJudged() {
        long us = turns(0);
        switchTo(us + 4_000, TaskState.RUNNABLE, 999);
        PickAgreement agreement = check("cfs-6.1+no-ple");
        assertThat(agreement.total().decisions()).isEqualTo(2);
        // 17 rounds of 3 switches, all but 2 in the warm-up; and the stranger.
        assertThat(agreement.unknown()).isEqualTo(17 * 3 - 2 + 1);
    }
}
