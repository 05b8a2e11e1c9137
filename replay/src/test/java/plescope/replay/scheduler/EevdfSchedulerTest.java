package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.scheduler.Queues.MS;

import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.SchedulerVersion;

class EevdfSchedulerTest {
    @Test
    void onlyEntitiesNotAheadOfTheMeanAreEligible() {
        EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
        Entity a = Queues.queued(eevdf, 0, 0, 100 * MS);
        Entity b = Queues.queued(eevdf, 0, 1, 104 * MS);
        Entity c = Queues.queued(eevdf, 0, 2, 103 * MS);
        // (100 + 104 + 103) / 3 = 102.333333 ms
        assertThat(EevdfQueue.averageVruntime(a.cfsRq)).isEqualTo(102_333_333);
        assertThat(EevdfQueue.eligible(a.cfsRq, a)).isTrue();
        assertThat(EevdfQueue.eligible(a.cfsRq, b)).isFalse();
        assertThat(EevdfQueue.eligible(a.cfsRq, c)).isFalse();
    }

    @Test
    void hintOfADirectedYieldIsNeverUsed() {
        EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
        Entity yielder = Queues.running(eevdf, 0, 0, 100 * MS);
        Queues.queued(eevdf, 0, 1, 104 * MS);
        Entity target = Queues.queued(eevdf, 0, 2, 103 * MS);
        assertThat(eevdf.yieldTo(eevdf.rq(0), target)).isTrue();
        assertThat(target.cfsRq.next).isSameAs(target);
        // The yielder is the only one eligible, so it is picked again although its deadline moved by 3 ms.
        assertThat(yielder.deadline).isEqualTo(106 * MS);
        assertThat(eevdf.pickNext(eevdf.rq(0))).isSameAs(yielder);
    }

    @Test
    void yieldingLosesToAnEligibleSiblingWithAnEarlierDeadline() {
        EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
        Entity yielder = Queues.running(eevdf, 0, 0, 100 * MS);
        Entity sibling = Queues.queued(eevdf, 0, 1, 100 * MS);
        assertThat(eevdf.pickNext(eevdf.rq(0))).as("slice protection").isSameAs(yielder);
        eevdf.yieldTask(eevdf.rq(0));
        assertThat(eevdf.pickNext(eevdf.rq(0))).isSameAs(sibling);
    }

    @Test
    void yieldingInAGroupOfOnesOwnChangesNothingWhereVcpusCompete() {
        EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.VM_VCPU);
        Entity yielder = Queues.running(eevdf, 0, 0, 0);
        Entity target = Queues.queued(eevdf, 0, 1, 0);
        Entity group = yielder.parent();
        long vruntime = group.vruntime;
        long deadline = group.deadline;
        eevdf.yieldTo(eevdf.rq(0), target);
        assertThat(group.vruntime).isEqualTo(vruntime);
        assertThat(group.deadline).isEqualTo(deadline);
        assertThat(yielder.deadline).isEqualTo(6 * MS);
        assertThat(eevdf.pickNext(eevdf.rq(0))).isSameAs(yielder);
    }

    @Test
    void placementInflatesLagSoThatItSurvivesArrival() {
        // 1 ms of lag joining a queue of 1, 2, 4 equal threads: inflated to 2, 1.5, 1.25 ms.
        long[][] rows = {{1, 2_000_000}, {2, 1_500_000}, {4, 1_250_000}};
        for (long[] row : rows) {
            EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
            for (int v = 0; v < row[0]; v++) {
                Queues.queued(eevdf, 0, v, 100 * MS);
            }
            Entity arriving = eevdf.newThread(7, CpuSet.first(64));
            arriving.cfsRq = eevdf.rq(0).root;
            arriving.vlag = MS;
            eevdf.place(arriving.cfsRq, arriving, Enqueue.WAKEUP);
            assertThat(arriving.vruntime).isEqualTo(100 * MS - row[1]);
        }
    }

    @Test
    void aRequestUsedUpAsksForAReschedule() {
        EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
        Entity runner = Queues.running(eevdf, 0, 0, 0);
        Entity waiting = Queues.queued(eevdf, 0, 1, 0);
        eevdf.setClock(3 * MS - 1);
        eevdf.tick(eevdf.rq(0));
        assertThat(eevdf.rq(0).needResched()).isFalse();
        eevdf.setClock(3 * MS);
        eevdf.tick(eevdf.rq(0));
        assertThat(eevdf.rq(0).needResched()).isTrue();
        assertThat(runner.deadline).isEqualTo(6 * MS);
        assertThat(eevdf.pickNext(eevdf.rq(0))).isSameAs(waiting);
    }

    @Test
    void aThreadThatBlocksAheadOfTheMeanStaysQueuedUntilPicked() {
        EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
        RunQueue rq = eevdf.rq(0);
        Entity blocker = Queues.running(eevdf, 0, 0, 2 * MS);
        Entity other = Queues.queued(eevdf, 0, 1, 0);
        eevdf.block(rq, blocker);
        assertThat(blocker.onRq).isTrue();
        assertThat(blocker.runnable()).isFalse();
        assertThat(rq.nrRunning()).isEqualTo(1);
        assertThat(eevdf.pickNext(rq)).isSameAs(other);
        eevdf.switchTo(rq, other);
        // The mean passes 2 ms once the other has run 2 ms more than it; after its own slice ends the ghost is picked.
        eevdf.setClock(6 * MS);
        eevdf.tick(rq);
        assertThat(eevdf.pickNext(rq)).isSameAs(other);
        assertThat(blocker.onRq).isFalse();
        assertThat(blocker.vlag).as("DELAY_ZERO").isZero();
    }

    @Test
    void aDelayedThreadWakesWhereItIs() {
        EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
        RunQueue rq = eevdf.rq(0);
        Entity blocker = Queues.running(eevdf, 0, 0, 2 * MS);
        Entity other = Queues.queued(eevdf, 0, 1, 0);
        eevdf.block(rq, blocker);
        eevdf.switchTo(rq, other);
        assertThat(eevdf.wakeDelayed(blocker)).isTrue();
        assertThat(blocker.runnable()).isTrue();
        assertThat(rq.nrRunning()).isEqualTo(2);
        assertThat(blocker.vruntime).as("keeps its negative lag").isEqualTo(2 * MS);
        assertThat(eevdf.wakeDelayed(other)).isFalse();
    }

    @Test
    void aNewWeightKeepsTheLagInRealTime() {
        // Two at 100 and 104 ms, the second with 3 ms to its deadline: the mean is 102, its lag -2 ms of a nice-0
        // thread.
        // At half the weight that is -4 ms and 6 ms.
        EevdfScheduler scaling = Queues.eevdf(SchedulerVersion.EEVDF_7_1, CgroupLayout.FLAT);
        Queues.queued(scaling, 0, 0, 100 * MS);
        Entity scaled = Queues.queued(scaling, 0, 1, 104 * MS);
        scaled.deadline = 107 * MS;
        scaling.reweight(scaled.cfsRq, scaled, LoadWeight.NICE_0_LOAD / 2);
        // Around the mean of before: 102 + 4; the deadline's 5 ms from there become 10.
        assertThat(scaled.vruntime).isEqualTo(106 * MS);
        assertThat(scaled.deadline).isEqualTo(112 * MS);
        // Moving it has moved the mean in proportion: (100 + 106 / 2) / 1.5 = 102.
        assertThat(EevdfQueue.averageVruntime(scaled.cfsRq)).isEqualTo(102 * MS);

        EevdfScheduler placing = Queues.eevdf(SchedulerVersion.EEVDF_6_12, CgroupLayout.FLAT);
        Queues.queued(placing, 0, 0, 100 * MS);
        Entity placed = Queues.queued(placing, 0, 1, 104 * MS);
        placed.deadline = 107 * MS;
        placing.reweight(placed.cfsRq, placed, LoadWeight.NICE_0_LOAD / 2);
        // Placed anew beside the other at 100: lag inflated by (1024 + 512) / 1024 to -6 ms, deadline 3 ms * 2 later.
        assertThat(placed.vruntime).isEqualTo(106 * MS);
        assertThat(placed.deadline).isEqualTo(112 * MS);
        assertThat(placed.cfsRq.load).isEqualTo(LoadWeight.NICE_0_LOAD * 3 / 2);
    }

    @Test
    void aRunningEntitysProtectionIsScaledWithItsWeightSince70() {
        EevdfScheduler eevdf = Queues.eevdf(SchedulerVersion.EEVDF_7_1, CgroupLayout.FLAT);
        Entity runner = Queues.running(eevdf, 0, 0, 100 * MS);
        Queues.queued(eevdf, 0, 1, 100 * MS);
        assertThat(runner.vprot).isEqualTo(102_800_000);
        eevdf.reweight(runner.cfsRq, runner, LoadWeight.NICE_0_LOAD / 2);
        assertThat(runner.vruntime).isEqualTo(100 * MS);
        assertThat(runner.vprot).isEqualTo(105_600_000);
        assertThat(runner.cfsRq.curr).isSameAs(runner);
    }
}
