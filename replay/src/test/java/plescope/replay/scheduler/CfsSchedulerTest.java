package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.scheduler.Queues.MS;

import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.Policy;
import plescope.replay.policy.SchedulerVersion;
import plescope.replay.policy.Setting;

class CfsSchedulerTest {
    private static final Policy NONE = new Policy() {};

    @Test
    void sliceIsTheEqualPartOfThePeriod() {
        for (int n = 1; n <= 8; n++) {
            CfsScheduler cfs = Queues.cfs(NONE);
            Entity last = null;
            for (int v = 0; v < n; v++) {
                last = Queues.queued(cfs, 0, v, 0);
            }
            // Eight pCPUs: 24 ms shared by up to eight.
            assertThat(cfs.slice(last.cfsRq, last)).isEqualTo(24 * MS / n);
        }
        CfsScheduler cfs = Queues.cfs(NONE);
        assertThat(cfs.period(8)).isEqualTo(24 * MS);
        // More than eight stretch the period: nine times the minimum of 3 ms.
        assertThat(cfs.period(9)).isEqualTo(27 * MS);
        assertThat(cfs.period(16)).isEqualTo(48 * MS);
    }

    @Test
    void aGroupedSliceHasAFloorSince513() {
        // Eight vCPUs of two VMs on one pCPU, libvirt groups. 5.6: the leaf has 1 entity, so 24 ms / 2 VMs / 4 vCPUs =
        // 3 ms.
        // Four more levels of weight do not exist, so take one VM's share down by the other's eight shares instead.
        FairScheduler old = Queues.scheduler(SchedulerVersion.CFS_5_6, CgroupLayout.VM, NONE);
        FairScheduler floored = Queues.scheduler(SchedulerVersion.CFS_6_1, CgroupLayout.VM, NONE);
        for (FairScheduler scheduler : new FairScheduler[] {old, floored}) {
            for (int v = 0; v < 8; v++) {
                Queues.queued(scheduler, 0, v, 0);
            }
            Entity thread = scheduler.rq(0).thread(0);
            thread.parent().weight = LoadWeight.NICE_0_LOAD / 64;
            // VM 0 now has 1/64 against 1: a 65th of the root.
            thread.parent().cfsRq.load = LoadWeight.NICE_0_LOAD + LoadWeight.NICE_0_LOAD / 64;
            long slice = ((CfsScheduler) scheduler).slice(thread.cfsRq, thread);
            // Leaf count 4 or hierarchical count 8, both within the 24 ms period: 24 ms / 4 / 65 = 92,307 ns.
            assertThat(slice).isEqualTo(scheduler == old ? 92_307 : 3 * MS);
        }
    }

    @Test
    void wakeupPreemptEntityHasAGateOfOneGranularity() {
        CfsScheduler cfs = Queues.cfs(NONE);
        long[][] rows = {
            {100_000_000, 100_000_000, 1024, -1},
            {104_000_000, 100_000_000, 1024, 0},
            {104_000_001, 100_000_000, 1024, 1},
            {99_000_000, 100_000_000, 1024, -1},
            {108_000_000, 100_000_000, 512, 0},
            {108_000_001, 100_000_000, 512, 1},
            {102_000_001, 100_000_000, 2048, 1},
        };
        for (long[] row : rows) {
            Entity a = cfs.newThread(0, CpuSet.first(64));
            Entity b = cfs.newThread(1, CpuSet.first(64));
            a.vruntime = row[0];
            b.vruntime = row[1];
            b.weight = row[2] << 10;
            assertThat(cfs.wakeupPreemptEntity(a, b)).isEqualTo((int) row[3]);
        }
    }

    @Test
    void hintBeyondTheGateIsIgnored() {
        CfsScheduler cfs = Queues.cfs(NONE);
        Entity yielder = Queues.running(cfs, 0, 0, 100 * MS);
        Entity target = Queues.queued(cfs, 0, 1, 105 * MS);
        assertThat(cfs.yieldTo(cfs.rq(0), target)).isTrue();
        assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(yielder);
    }

    @Test
    void deboosterMovesTheYielderJustFarEnough() {
        CfsScheduler cfs = Queues.cfs(Setting.parse("cfs-5.6+p2019+debooster").createPolicy());
        Entity yielder = Queues.running(cfs, 0, 0, 100 * MS);
        Entity target = Queues.queued(cfs, 0, 1, 105 * MS);
        cfs.yieldTo(cfs.rq(0), target);
        // 105 ms less the granularity of 4 ms: the difference is exactly the gate.
        assertThat(yielder.vruntime).isEqualTo(101 * MS);
        assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(target);
    }

    @Test
    void hintWithinTheGateIsTakenAndSpent() {
        CfsScheduler cfs = Queues.cfs(NONE);
        Queues.running(cfs, 0, 0, 100 * MS);
        Queues.queued(cfs, 0, 1, 102 * MS);
        Entity target = Queues.queued(cfs, 0, 2, 104 * MS);
        cfs.yieldTo(cfs.rq(0), target);
        assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(target);
        assertThat(target.cfsRq.next).isNull();
    }

    @Test
    void nextBuddyWinsOverLastBuddy() {
        CfsScheduler cfs = Queues.cfs(NONE);
        Entity left = Queues.queued(cfs, 0, 0, 100 * MS);
        Entity last = Queues.queued(cfs, 0, 1, 101 * MS);
        Entity next = Queues.queued(cfs, 0, 2, 103 * MS);
        left.cfsRq.last = last;
        left.cfsRq.next = next;
        assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(next);
        // Now that next is spent, last; then the leftmost.
        assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(last);
        assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(left);
    }

    @Test
    void skippedYielderGivesWayToASecondWithinTheGate() {
        CfsScheduler cfs = Queues.cfs(NONE);
        Entity yielder = Queues.running(cfs, 0, 0, 100 * MS);
        Entity second = Queues.queued(cfs, 0, 1, 104 * MS);
        cfs.yieldTask(cfs.rq(0));
        assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(second);
        assertThat(yielder.vruntime).isEqualTo(100 * MS);
    }

    @Test
    void sleeperGetsHalfALatencyOfCredit() {
        CfsScheduler cfs = Queues.cfs(NONE);
        Entity sleeper = Queues.running(cfs, 0, 0, 0);
        Entity other = Queues.queued(cfs, 0, 1, 0);
        cfs.block(cfs.rq(0), sleeper);
        cfs.switchTo(cfs.rq(0), other);
        cfs.setClock(100 * MS);
        cfs.wake(cfs.rq(0), sleeper);
        // min_vruntime is the other's 100 ms; half of 24 ms below it.
        assertThat(sleeper.vruntime).isEqualTo(88 * MS);
        cfs.wakeupPreempt(cfs.rq(0), sleeper);
        assertThat(cfs.rq(0).needResched()).isTrue();
        assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(sleeper);
    }

    @Test
    void tickPreemptsOnlyAfterTheSlice() {
        CfsScheduler cfs = Queues.cfs(NONE);
        Queues.running(cfs, 0, 0, 0);
        Queues.queued(cfs, 0, 1, 0);
        // Two threads: 12 ms each. The difference test also needs more than 12 ms.
        cfs.setClock(12 * MS);
        cfs.tick(cfs.rq(0));
        assertThat(cfs.rq(0).needResched()).isFalse();
        cfs.setClock(12 * MS + 1);
        cfs.tick(cfs.rq(0));
        assertThat(cfs.rq(0).needResched()).isTrue();
    }
}
