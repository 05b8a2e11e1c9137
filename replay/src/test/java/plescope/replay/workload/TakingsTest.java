package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TakingsTest {
    private static final LockUse USE = new LockUse(0, 1, 8_000, 2_000);

    private static Takings takings() {
        return new Takings(USE, 2, new SplittableRandom(3));
    }

    private static int count(VcpuWork work, StepKind kind) {
        int count = 0;
        for (int step = 0; step < work.size(); step++) {
            count += work.kind(step) == kind ? 1 : 0;
        }
        return count;
    }

    /** 10 ms of turns of 10 us on average. */
    @Test
    void turnsFillTheSpan() {
        VcpuWork work = takings().forEver(10_000_000);
        assertThat(work.totalWorkNs()).isBetween(10_000_000L, 10_200_000L);
        assertThat((double) count(work, StepKind.ACQUIRE)).isEqualTo(1_000, within(100.0));
        assertThat(count(work, StepKind.RELEASE)).isEqualTo(count(work, StepKind.ACQUIRE));
    }

    /** A tenth of 100 ms is work: 10 ms, 1000 turns. */
    @Test
    void recordedWorkShrinksToItsShare() {
        VcpuWork recorded = new VcpuWork.Builder().compute(100_000_000).build();
        VcpuWork work = takings().over(recorded, 0.1);
        assertThat(work.totalWorkNs()).isEqualTo(10_000_000);
        assertThat((double) count(work, StepKind.ACQUIRE)).isEqualTo(1_000, within(100.0));
    }

    @Test
    void nobodyHaltsOrWaitsForAnIpiWithTheLockHeld() {
        VcpuWork.Builder recorded = new VcpuWork.Builder();
        for (int i = 0; i < 2_000; i++) {
            recorded.compute(3_000).add(i % 2 == 0 ? StepKind.HALT_UNTIL_TIME : StepKind.SPIN_UNTIL_ACKED, 1, 0);
        }
        VcpuWork work = takings().over(recorded.build(), 1);
        boolean held = false;
        int taken = 0;
        for (int step = 0; step < work.size(); step++) {
            switch (work.kind(step)) {
                case ACQUIRE -> {
                    assertThat(held).isFalse();
                    held = true;
                    taken++;
                }
                case RELEASE -> {
                    assertThat(held).isTrue();
                    held = false;
                }
                case HALT_FOR, HALT_UNTIL_TIME, SPIN_UNTIL_ACKED ->
                    assertThat(held).isFalse();
                case COMPUTE, SPIN_UNTIL_WORK, SPIN_FOR, SEND_IPI, HOST, HALT_UNTIL_IPI -> {
                    // Work.
                }
            }
        }
        assertThat(held).isFalse();
        assertThat(taken).isPositive();
        assertThat(work.totalWorkNs()).isEqualTo(6_000_000);
    }

    @Test
    void aConvoyStartsBehindItsLeader() {
        VcpuWork leader = new Takings(new LockUse(0, 0, 8_000, 2_000), 2, new SplittableRandom(1)).fromConvoy(1_000, 0);
        VcpuWork other = takings().fromConvoy(1_000, 0);
        assertThat(leader.kind(0)).isEqualTo(StepKind.ACQUIRE);
        assertThat(leader.kind(2)).isEqualTo(StepKind.SPIN_FOR);
        assertThat(other.kind(0)).isEqualTo(StepKind.SPIN_UNTIL_WORK);
        assertThat(other.ref(0)).isZero();
        assertThat(other.kind(1)).isEqualTo(StepKind.ACQUIRE);
    }
}
