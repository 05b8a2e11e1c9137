package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.Workloads;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;
import plescope.replay.workload.WorkloadLock.Discipline;

/** Locks of recorded work, on a host with a pCPU for every vCPU that takes vCPUs away when told to. Times in nanoseconds. */
class RecordedLocksTest {
    private static final long FAR = 1_000_000;

    private static VcpuWork.Builder section(long before, long held, long after) {
        return new VcpuWork.Builder()
                .compute(before)
                .add(StepKind.ACQUIRE, 0, 0)
                .compute(held)
                .add(StepKind.RELEASE, 0, 0)
                .compute(after);
    }

    private static IdealHost host(Discipline discipline, VcpuWork.Builder... vcpus) {
        List<VcpuWork> work = new ArrayList<>();
        for (VcpuWork.Builder vcpu : vcpus) {
            work.add(vcpu.build());
        }
        Workload workload = new Workload(
                Workloads.roster(1, vcpus.length),
                work,
                List.of(new WorkloadLock(0, "lock", discipline)),
                new int[0],
                FAR);
        return new IdealHost(new RecordedGuests(workload, HostCosts.DEFAULT));
    }

    /** vCPU 0 holds from 0 to 100; vCPU 1 comes at 10 and waits 90; vCPU 2 comes at 20, after it, and waits until 200. */
    @Test
    void waitersOfAFairLockAreServedInOrder() {
        IdealHost host = host(Discipline.FIFO, section(0, 100, FAR), section(10, 100, FAR), section(20, 100, FAR));
        host.run(1_000);
        assertThat(host.spinNs(0)).isZero();
        assertThat(host.spinNs(1)).isEqualTo(90);
        assertThat(host.spinNs(2)).isEqualTo(180);
    }

    /**
     * vCPU 1 comes at 10 and is away from 50 to 500. At 100 the fair lock is its own all the same, and vCPU 2, which came at 20,
     * waits until 1 is back and through: at 600, after 580.
     */
    @Test
    void aFairLockWaitsForAPreemptedWaiter() {
        IdealHost host = host(Discipline.FIFO, section(0, 100, FAR), section(10, 100, FAR), section(20, 100, FAR));
        host.away(1, 50, 500).run(1_000);
        assertThat(host.spinNs(1)).isEqualTo(40);
        assertThat(host.spinNs(2)).isEqualTo(580);
    }

    /** The same with an unfair lock: vCPU 2 has it from 100 to 200, and vCPU 1 finds it free at 500. */
    @Test
    void anUnfairLockGoesToWhoeverRuns() {
        IdealHost host = host(Discipline.BARGING, section(0, 100, FAR), section(10, 100, FAR), section(20, 100, FAR));
        host.away(1, 50, 500).run(1_000);
        assertThat(host.spinNs(1)).isEqualTo(40);
        assertThat(host.spinNs(2)).isEqualTo(80);
    }

    /** A preempted holder stops whoever wants either kind of lock: away from 50 to 450, it lets go at 500. */
    @Test
    void aPreemptedHolderKeepsTheLock() {
        for (Discipline discipline : Discipline.values()) {
            IdealHost host = host(discipline, section(0, 100, FAR), section(10, 100, FAR));
            host.away(0, 50, 450).run(1_000);
            assertThat(host.spinNs(1)).as(discipline.name()).isEqualTo(490);
        }
    }

    /** vCPU 0 is away at first, but its place is before vCPU 1's: 1 waits until 0 has come at 300 and held for 100. */
    @Test
    void whoeverBeginsWithALockHasItsPlaceInTheQueue() {
        VcpuWork.Builder first = new VcpuWork.Builder()
                .add(StepKind.ACQUIRE, 5, 0)
                .compute(100)
                .add(StepKind.RELEASE, 0, 0)
                .compute(FAR);
        VcpuWork.Builder second = new VcpuWork.Builder()
                .add(StepKind.ACQUIRE, 7, 0)
                .compute(100)
                .add(StepKind.RELEASE, 0, 0)
                .compute(FAR);
        IdealHost host = host(Discipline.FIFO, second, first);
        host.away(1, 0, 300).run(1_000);
        assertThat(host.spinNs(0)).isEqualTo(400);
    }

    /** A vCPU that lets go of a lock it does not hold changes nothing for the holder. */
    @Test
    void onlyTheHolderLetsGo() {
        VcpuWork.Builder stray =
                new VcpuWork.Builder().compute(20).add(StepKind.RELEASE, 0, 0).compute(FAR);
        IdealHost host = host(Discipline.FIFO, section(0, 100, FAR), section(10, 100, FAR), stray);
        host.run(1_000);
        assertThat(host.spinNs(1)).isEqualTo(90);
    }
}
