package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LockLayerTest {
    private static VcpuWork lay(VcpuWork.Builder work, long place, LockUse... uses) {
        return LockLayer.lay(work.build(), List.of(uses), place, new SplittableRandom(7));
    }

    private static long count(VcpuWork work, StepKind kind) {
        long count = 0;
        for (int step = 0; step < work.size(); step++) {
            count += work.kind(step) == kind ? 1 : 0;
        }
        return count;
    }

    private static long heldNs(VcpuWork work) {
        long held = 0;
        boolean holds = false;
        for (int step = 0; step < work.size(); step++) {
            holds = switch (work.kind(step)) {
                case ACQUIRE -> true;
                case RELEASE -> false;
                default -> holds;
            };
            held += holds ? work.ns(step) : 0;
        }
        return held;
    }

    /** A period of 1000 on average: 1,000,000 of work has 1000 takings, and 250,000 of it are held. Three percent is four sigma. */
    @Test
    void takingsAndShareHeldAreThoseOfTheMeans() {
        VcpuWork laid = lay(new VcpuWork.Builder().compute(1_000_000), -1, new LockUse(0, 0, 750, 250));
        assertThat(count(laid, StepKind.ACQUIRE)).isBetween(970L, 1030L);
        assertThat(heldNs(laid)).isBetween(242_500L, 257_500L);
    }

    @Test
    void workIsConserved() {
        VcpuWork laid = lay(
                new VcpuWork.Builder().compute(12_345).add(StepKind.HOST, 7, 1).compute(999),
                -1,
                new LockUse(0, 0, 90, 10));
        assertThat(laid.totalWorkNs()).isEqualTo(12_345 + 999);
        assertThat(count(laid, StepKind.HOST)).isEqualTo(1);
    }

    @Test
    void everyTakingIsLetGo() {
        VcpuWork laid = lay(new VcpuWork.Builder().compute(5_003), -1, new LockUse(0, 0, 50, 50));
        assertThat(count(laid, StepKind.RELEASE)).isEqualTo(count(laid, StepKind.ACQUIRE));
    }

    /** Held from 0 to 100, were it not for the halt at 40. */
    @Test
    void nobodyHaltsWithALock() {
        VcpuWork laid = lay(
                new VcpuWork.Builder()
                        .compute(40)
                        .add(StepKind.HALT_UNTIL_TIME, 500, -1)
                        .compute(10),
                0,
                new LockUse(0, 0, 1_000_000, 100));
        assertThat(laid.kind(0)).isEqualTo(StepKind.ACQUIRE);
        assertThat(laid.ns(1)).isEqualTo(40);
        assertThat(laid.kind(2)).isEqualTo(StepKind.RELEASE);
        assertThat(laid.kind(3)).isEqualTo(StepKind.HALT_UNTIL_TIME);
        assertThat(laid.ns(4)).isEqualTo(10);
        assertThat(laid.size()).isEqualTo(5);
    }

    /** An exit may lie inside a critical section. */
    @Test
    void exitsDoNotLetGo() {
        VcpuWork laid = lay(
                new VcpuWork.Builder().compute(40).add(StepKind.HOST, 500, 1).compute(60),
                0,
                new LockUse(0, 0, 1_000_000, 100));
        assertThat(laid.kind(2)).isEqualTo(StepKind.HOST);
        assertThat(heldNs(laid)).isEqualTo(40 + 500 + 60);
    }

    @Test
    void whoeverWaitsAtTheStartTakesItsPlaceFirst() {
        VcpuWork laid = lay(new VcpuWork.Builder().compute(1_000), 42, new LockUse(3, 0, 100, 100));
        assertThat(laid.kind(0)).isEqualTo(StepKind.ACQUIRE);
        assertThat(laid.ns(0)).isEqualTo(42);
        assertThat(laid.ref(0)).isEqualTo(3);
    }

    /** One lock is taken every 1000 on average, the other every 10,000: 1000 times in 10,000,000, give or take four sigma. */
    @Test
    void locksTakenOftenerComeOftener() {
        VcpuWork laid = lay(
                new VcpuWork.Builder().compute(10_000_000),
                -1,
                new LockUse(0, 0, 900, 100),
                new LockUse(1, 0, 9_900, 100));
        long second = 0;
        for (int step = 0; step < laid.size(); step++) {
            second += laid.kind(step) == StepKind.ACQUIRE && laid.ref(step) == 1 ? 1 : 0;
        }
        assertThat(second).isBetween(870L, 1_130L);
    }
}
