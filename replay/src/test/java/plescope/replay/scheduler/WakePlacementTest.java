package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.model.Topology;
import plescope.replay.policy.SchedulerVersion;

class WakePlacementTest {
    private FairScheduler scheduler;
    private int vcpus;

    private void machine(Topology topology, SchedulerVersion version) {
        scheduler = Queues.on(topology, version, 256);
        vcpus = 0;
    }

    /** Somebody runs there. */
    private Entity busy(int pcpu) {
        return Queues.running(scheduler, pcpu, vcpus++, 0);
    }

    /** Somebody else waits there. */
    private void crowd(int pcpu) {
        Queues.queued(scheduler, pcpu, vcpus++, 0);
    }

    /** A thread that ran there last. */
    private Entity sleeper(int pcpu) {
        Entity thread = Queues.queued(scheduler, pcpu, vcpus++, 0);
        scheduler.block(scheduler.rq(pcpu), thread);
        return thread;
    }

    private int wake(Entity thread, Entity waker) {
        return new WakePlacement(scheduler).select(thread, waker, waker.pcpu());
    }

    @Test
    void underOvercommitTheLighterOfWakerAndPreviousWins() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        Entity thread = sleeper(0);
        Entity waker = busy(1);
        busy(0);
        // (1024 + 1024) * 100 against 1024 * 108: stays.
        assertThat(wake(thread, waker)).isEqualTo(0);
        crowd(0);
        // 204,800 against 221,184: the waker's pCPU attracts it.
        assertThat(wake(thread, waker)).isEqualTo(1);
    }

    @Test
    void aSleepingWakersLoadDoesNotCount() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        Entity thread = sleeper(0);
        Entity waker = busy(1);
        crowd(1);
        busy(0);
        crowd(0);
        WakePlacement placement = new WakePlacement(scheduler);
        // (2048 + 1024) * 100 against 2048 * 108; without the waker (1024 + 1024) * 100 against the same and 1.
        assertThat(placement.select(thread, waker, 1, false)).isEqualTo(0);
        assertThat(placement.select(thread, waker, 1, true)).isEqualTo(1);
    }

    @Test
    void aLoneSynchronousWakerHandsItsPcpuOver() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        Entity thread = sleeper(0);
        Entity waker = busy(1);
        busy(0);
        assertThat(new WakePlacement(scheduler).select(thread, waker, 1, true)).isEqualTo(1);
    }

    @Test
    void policyMayForbidAffineWakeUps() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        Entity thread = sleeper(0);
        Entity waker = busy(1);
        busy(0);
        crowd(0);
        WakePlacement asked = new WakePlacement(scheduler, (woken, by) -> woken != thread.vcpu || by != waker.vcpu);
        assertThat(asked.select(thread, waker, 1, true)).isEqualTo(0);
    }

    @Test
    void anInterruptWakesWhereTheThreadWas() {
        machine(Topology.flat(4), SchedulerVersion.EEVDF_6_12);
        Entity thread = sleeper(2);
        for (int p = 0; p < 4; p++) {
            busy(p);
        }
        crowd(2);
        assertThat(new WakePlacement(scheduler).select(thread, null, 0)).isEqualTo(2);
    }

    @Test
    void aWakerOfManyDrawsNobody() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        Entity thread = sleeper(0);
        Entity waker = busy(1);
        busy(0);
        crowd(0);
        waker.wakeeFlips = 3;
        thread.wakeeFlips = 2;
        // The waker's fourth flip: 2 is at least the cache's 2 pCPUs, and 4 at least twice that.
        assertThat(wake(thread, waker)).isEqualTo(0);
    }

    @Test
    void anIdlePreviousPcpuIsTakenAtOnce() {
        for (SchedulerVersion version : new SchedulerVersion[] {SchedulerVersion.CFS_5_6, SchedulerVersion.CFS_6_1}) {
            machine(new Topology(4, 1, 2, 4), version);
            Entity thread = sleeper(0);
            Entity waker = busy(2);
            crowd(3);
            // Another cache: 5.6 compares loads, (1024 + 1024) * 100 against 0, and finds the idle one lighter as well.
            assertThat(wake(thread, waker)).isEqualTo(0);
        }
    }

    @Test
    void anIdleCoreIsPreferredToAnIdleSibling() {
        machine(new Topology(8, 2, 8, 8), SchedulerVersion.CFS_5_6);
        Entity thread = sleeper(0);
        busy(0);
        busy(2);
        busy(4);
        // 1, 3, 5 are idle siblings of busy ones; core 6-7 is free.
        assertThat(new WakePlacement(scheduler).select(thread, null, 0)).isEqualTo(6);
        busy(6);
        assertThat(new WakePlacement(scheduler).select(thread, null, 0)).isEqualTo(1);
    }

    @Test
    void theScanStaysWithinTheCacheOfTheTarget() {
        machine(new Topology(8, 1, 4, 8), SchedulerVersion.CFS_5_6);
        Entity thread = sleeper(1);
        for (int p = 0; p < 4; p++) {
            busy(p);
        }
        assertThat(new WakePlacement(scheduler).select(thread, null, 1))
                .as("4-7 are idle but elsewhere")
                .isEqualTo(1);
    }

    @Test
    void theScanStartsInTheTargetsOwnCache() {
        machine(new Topology(8, 1, 4, 8), SchedulerVersion.CFS_5_6);
        Entity thread = sleeper(5);
        busy(5);
        busy(6);
        // 0-3 are idle but elsewhere; from 5 on: 6 is busy, 7 is not.
        assertThat(new WakePlacement(scheduler).select(thread, null, 5)).isEqualTo(7);
    }

    @Test
    void recentlyUsedPcpuIsTriedBeforeTheScan() {
        machine(Topology.flat(8), SchedulerVersion.CFS_5_6);
        Entity thread = sleeper(0);
        busy(0);
        thread.recentPcpu = 5;
        assertThat(new WakePlacement(scheduler).select(thread, null, 0)).isEqualTo(5);
        assertThat(thread.recentPcpu).isEqualTo(0);
    }

    @Test
    void scanDepthFallsWithTheSquareOfUtilisation() {
        // 16 * (1 - 1.3689 * (busy/16)^2), in 1024ths, rounded down at each step.
        assertThat(IdleSearch.scanByUtilisation(0, 16)).isEqualTo(16);
        assertThat(IdleSearch.scanByUtilisation(8, 16)).isEqualTo(10);
        assertThat(IdleSearch.scanByUtilisation(12, 16)).isEqualTo(3);
        assertThat(IdleSearch.scanByUtilisation(14, 16)).isZero();
        assertThat(IdleSearch.scanByUtilisation(1, 2)).isEqualTo(1);
    }

    @Test
    void aBusyCacheIsNotScannedSince519() {
        for (SchedulerVersion version : new SchedulerVersion[] {SchedulerVersion.CFS_5_10, SchedulerVersion.CFS_6_1}) {
            machine(Topology.flat(8), version);
            Entity thread = sleeper(0);
            for (int p = 0; p < 7; p++) {
                busy(p);
            }
            // 7 of 8 busy: above 85 %. SIS_PROP looks at 1 ms / 512 / 50 ns = 39 pCPUs.
            assertThat(new WakePlacement(scheduler).select(thread, null, 0))
                    .isEqualTo(version == SchedulerVersion.CFS_5_10 ? 7 : 0);
        }
    }

    @Test
    void affinityBoundsEveryChoiceOnBigMachines() {
        machine(Topology.flat(128), SchedulerVersion.CFS_5_6);
        Entity thread = sleeper(3);
        thread.allowed = CpuSet.parse("100-101,120");
        Entity waker = busy(3);
        assertThat(wake(thread, waker)).isEqualTo(100);
        busy(100);
        assertThat(wake(thread, waker)).isEqualTo(101);
        busy(101);
        busy(120);
        assertThat(wake(thread, waker)).isEqualTo(100);
    }

    @Test
    void forkSpreadsOverNodesThenCachesThenCores() {
        machine(new Topology(16, 2, 4, 8), SchedulerVersion.EEVDF_6_12);
        WakePlacement placement = new WakePlacement(scheduler);
        int[] placed = new int[16];
        for (int v = 0; v < 16; v++) {
            Entity thread = scheduler.newThread(v, CpuSet.first(16));
            placed[v] = placement.selectFork(thread);
            scheduler.fork(scheduler.rq(placed[v]), thread);
        }
        assertThat(placed).containsExactly(0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15);
    }

    @Test
    void forkCountsOnlyPcpusTheThreadMayUse() {
        machine(Topology.flat(4), SchedulerVersion.EEVDF_6_12);
        Entity thread = scheduler.newThread(99, CpuSet.of(1, 2));
        busy(1);
        assertThat(new WakePlacement(scheduler).selectFork(thread)).isEqualTo(2);
    }
}
