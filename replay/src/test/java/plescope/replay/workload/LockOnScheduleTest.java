package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.replay.spin.GuestSamples;
import plescope.replay.testing.RoundRobin;
import plescope.replay.workload.WorkloadLock.Discipline;

class LockOnScheduleTest {
    private static final long MS = 1_000_000;

    /** {@code vcpus} take turns of 4 ms on one pCPU for {@code rounds} rounds. */
    private static List<GuestSamples> roundRobin(int vcpus, int rounds) {
        return RoundRobin.runs(vcpus, rounds, 0x1000);
    }

    private static LockOnSchedule.Outcome play(
            List<GuestSamples> vcpus, Discipline discipline, double betweenNs, long heldNs) {
        return LockOnSchedule.play(vcpus, discipline, betweenNs, heldNs, new SplittableRandom(5));
    }

    /** One vCPU for 40 ms with turns of 10 us on average: 4000 takings, error 1/sqrt(4000) x 0.8 = 1.3 %. */
    @Test
    void whoIsAloneNeverSpins() {
        LockOnSchedule.Outcome alone = play(roundRobin(1, 10), Discipline.FIFO, 8_000, 2_000);
        assertThat(alone.spunNs()).isZero();
        assertThat(alone.ranNs()).isEqualTo(40 * MS);
        assertThat((double) alone.takings()).isEqualTo(4_000, within(200.0));
    }

    /**
     * Four vCPUs in turn and all in the queue: who runs has its turn, passes the lock to a sibling that does not run, pauses, and
     * waits. So 400 runs give about 400 takings, and all but 10 us of each 4 ms is spin: 99.75 %.
     */
    @Test
    void aQueueOfPreemptedWaitersTakesOnceARun() {
        LockOnSchedule.Outcome convoy = play(roundRobin(4, 100), Discipline.FIFO, 8_000, 2_000);
        assertThat(convoy.takings()).isBetween(395L, 405L);
        assertThat(convoy.spinShare()).isEqualTo(0.9975, within(0.0005));
    }

    /**
     * The same without a queue: only a preempted holder makes others wait. A run ends inside a section with probability 0.2; then
     * the three others spin for all of their next runs. A cycle is a run of work, and with probability 0.2 three of spin: 0.6 / 1.6 = 37.5 %.
     */
    @Test
    void withoutAQueueOnlyPreemptedHoldersCost() {
        LockOnSchedule.Outcome barging = play(roundRobin(4, 500), Discipline.BARGING, 8_000, 2_000);
        assertThat(barging.spinShare()).isEqualTo(0.375, within(0.04));
    }

    /** 2 s of turns of 1 us do not fit into the steps of one go; coarser turns keep the share and count as many takings. */
    @Test
    void aLongLogIsPlayedCoarser() {
        LockOnSchedule.Outcome fine = play(roundRobin(1, 500), Discipline.BARGING, 800, 200);
        assertThat((double) fine.takings()).isEqualTo(2_000_000, within(100_000.0));
    }
}
