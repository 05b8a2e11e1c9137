package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.policy.SchedulerVersion.CFS_6_1;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_12;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_17;
import static plescope.replay.scheduler.Queues.MS;

import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.model.SchedulerTuning;
import plescope.replay.model.Topology;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.SchedulerVersion;

/** Features of a host that its administrator switched: eight pCPUs, so CFS has 24, 3 and 4 ms, EEVDF 3 or 2.8 ms. */
class SwitchedFeaturesTest {
    /** Curr is 10 ms ahead of the wakee: more than the granularity of CFS, and ahead of EEVDF's mean of 105 ms. */
    @Test
    void withoutWakeupPreemptionAWakeeWaits() {
        for (SchedulerVersion version : new SchedulerVersion[] {CFS_6_1, EEVDF_6_12, EEVDF_6_17}) {
            for (boolean on : new boolean[] {true, false}) {
                FairScheduler scheduler = Queues.scheduler(version, KernelFeature.WAKEUP_PREEMPTION, on);
                Queues.running(scheduler, 0, 0, 110 * MS);
                Entity wakee = Queues.queued(scheduler, 0, 1, 100 * MS);
                scheduler.wakeupPreempt(scheduler.rq(0), wakee);
                assertThat(scheduler.rq(0).needResched()).as(version.label()).isEqualTo(on);
            }
        }
    }

    /** The mark comes before the test of WAKEUP_PREEMPTION. */
    @Test
    void aBuddyIsMarkedWithoutWakeupPreemption() {
        SchedulerTunables tunables = SchedulerTunables.of(CFS_6_1, 8, 250)
                .with(KernelFeature.NEXT_BUDDY, true)
                .with(KernelFeature.WAKEUP_PREEMPTION, false);
        FairScheduler cfs = flat(tunables, 8);
        Entity wakee = Queues.running(cfs, 0, 0, 110 * MS);
        for (int v = 1; v < 8; v++) {
            wakee = Queues.queued(cfs, 0, v, 100 * MS);
        }
        cfs.wakeupPreempt(cfs.rq(0), wakee);
        assertThat(wakee.cfsRq.next).isSameAs(wakee);
        assertThat(cfs.rq(0).needResched()).isFalse();
    }

    private static FairScheduler flat(SchedulerTunables tunables, int vcpus) {
        return HostScheduler.create(
                tunables, CgroupLayout.FLAT, Queues.host(Topology.flat(8)), new int[vcpus], Queues.NONE);
    }

    /** From 100 ms: half of 24 ms back, or all of it. */
    @Test
    void sleepersGetAWholeLatencyUnlessGentle() {
        for (boolean gentle : new boolean[] {true, false}) {
            FairScheduler cfs = Queues.scheduler(CFS_6_1, KernelFeature.GENTLE_FAIR_SLEEPERS, gentle);
            Entity sleeper = Queues.queued(cfs, 0, 0, 0);
            sleeper.cfsRq.minVruntime = 100 * MS;
            cfs.place(sleeper.cfsRq, sleeper, Enqueue.WAKEUP);
            assertThat(sleeper.vruntime).isEqualTo(gentle ? 88 * MS : 76 * MS);
        }
    }

    /** A thread alone has a slice of 24 ms. */
    @Test
    void newThreadsStartASliceAheadUnlessSwitchedOff() {
        for (boolean debit : new boolean[] {true, false}) {
            FairScheduler cfs = Queues.scheduler(CFS_6_1, KernelFeature.START_DEBIT, debit);
            Entity thread = Queues.queued(cfs, 0, 0, 0);
            thread.cfsRq.minVruntime = 100 * MS;
            cfs.place(thread.cfsRq, thread, Enqueue.INITIAL);
            assertThat(thread.vruntime).isEqualTo(debit ? 124 * MS : 100 * MS);
        }
    }

    @Test
    void thePreemptedThreadIsRememberedByLastBuddyOnly() {
        for (boolean on : new boolean[] {true, false}) {
            FairScheduler cfs = flat(SchedulerTunables.of(CFS_6_1, 8, 250).with(KernelFeature.LAST_BUDDY, on), 8);
            Entity curr = Queues.running(cfs, 0, 0, 110 * MS);
            Entity wakee = curr;
            for (int v = 1; v < 8; v++) {
                wakee = Queues.queued(cfs, 0, v, 100 * MS);
            }
            cfs.wakeupPreempt(cfs.rq(0), wakee);
            assertThat(cfs.rq(0).needResched()).isTrue();
            assertThat(curr.cfsRq.last).isSameAs(on ? curr : null);
        }
    }

    /**
     * Two VMs of eight on one pCPU. All sixteen threads make a period of 16 x 3 ms, half of it per VM, an eighth of that per thread: 3 ms.
     * The eight of one queue make 24 ms, so 1.5 ms, which BASE_SLICE lifts to 3 ms.
     */
    @Test
    void slicesCountTheWholeRunQueueByAltPeriodAndHaveAFloorByBaseSlice() {
        assertThat(slice(true, true)).isEqualTo(3 * MS);
        assertThat(slice(true, false)).isEqualTo(3 * MS);
        assertThat(slice(false, true)).isEqualTo(3 * MS);
        assertThat(slice(false, false)).isEqualTo(3 * MS / 2);
    }

    private static long slice(boolean altPeriod, boolean baseSlice) {
        SchedulerTunables tunables = SchedulerTunables.of(CFS_6_1, 8, 250)
                .with(KernelFeature.ALT_PERIOD, altPeriod)
                .with(KernelFeature.BASE_SLICE, baseSlice);
        int[] vmOf = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
        CfsScheduler cfs = (CfsScheduler)
                HostScheduler.create(tunables, CgroupLayout.VM, Queues.host(Topology.flat(8)), vmOf, Queues.NONE);
        Entity thread = null;
        for (int v = 0; v < 16; v++) {
            thread = Queues.queued(cfs, 0, v, 100 * MS);
        }
        return cfs.slice(thread.cfsRq, thread);
    }

    /** 99, 100 and 110 have a mean of 103, so the first two are eligible; 99 has the earlier deadline. */
    @Test
    void withoutRunToParityThePickedThreadGivesWay() {
        for (boolean on : new boolean[] {true, false}) {
            FairScheduler eevdf = Queues.scheduler(EEVDF_6_12, KernelFeature.RUN_TO_PARITY, on);
            Entity curr = Queues.running(eevdf, 0, 0, 100 * MS);
            Entity earlier = Queues.queued(eevdf, 0, 1, 99 * MS);
            Queues.queued(eevdf, 0, 2, 110 * MS);
            assertThat(eevdf.pickNext(eevdf.rq(0))).isSameAs(on ? curr : earlier);
        }
    }

    /** Since 6.17 the protection shrinks from the slice of 2.8 ms to the unscaled one of 0.7 ms. */
    @Test
    void withoutRunToParityProtectionIsOneUnscaledSlice() {
        for (boolean on : new boolean[] {true, false}) {
            FairScheduler eevdf = Queues.scheduler(EEVDF_6_17, KernelFeature.RUN_TO_PARITY, on);
            Entity curr = Queues.running(eevdf, 0, 0, 100 * MS);
            eevdf.onPicked(curr);
            assertThat(curr.vprot).isEqualTo(100 * MS + (on ? 2_800_000 : 700_000));
        }
    }

    /** One other thread of equal weight: a lag of 1 ms is doubled by the arrival itself. */
    @Test
    void lagIsForgottenWithoutPlaceLag() {
        for (boolean on : new boolean[] {true, false}) {
            FairScheduler eevdf = Queues.scheduler(EEVDF_6_12, KernelFeature.PLACE_LAG, on);
            Queues.queued(eevdf, 0, 0, 100 * MS);
            Entity back = eevdf.newThread(1, CpuSet.first(8));
            back.cfsRq = eevdf.rq(0).root;
            back.vlag = MS;
            eevdf.place(back.cfsRq, back, Enqueue.WAKEUP);
            assertThat(back.vruntime).isEqualTo(on ? 98 * MS : 100 * MS);
        }
    }

    @Test
    void newThreadsRequestHalfASliceUnlessSwitchedOff() {
        for (boolean on : new boolean[] {true, false}) {
            FairScheduler eevdf = Queues.scheduler(EEVDF_6_12, KernelFeature.PLACE_DEADLINE_INITIAL, on);
            Entity fresh = eevdf.newThread(0, CpuSet.first(8));
            fresh.cfsRq = eevdf.rq(0).root;
            eevdf.place(fresh.cfsRq, fresh, Enqueue.INITIAL);
            assertThat(fresh.deadline - fresh.vruntime).isEqualTo(on ? 3 * MS / 2 : 3 * MS);
        }
    }

    /** Latency of 6 ms over 1 ms: six threads fit; written numbers are not scaled by the eight pCPUs. */
    @Test
    void numbersWrittenToDebugfsReplaceTheScaledOnes() {
        SchedulerTuning tuning = SchedulerTuning.DEFAULT
                .with("latency_ns", 6 * MS)
                .with("min_granularity_ns", MS)
                .with("LAST_BUDDY", false);
        SchedulerTunables cfs =
                SchedulerTunables.of(CFS_6_1, Queues.host(Topology.flat(8)).withTuning(tuning));
        assertThat(cfs.nrLatency()).isEqualTo(6);
        assertThat(cfs.wakeupGranularity()).isEqualTo(4 * MS);
        assertThat(cfs.has(KernelFeature.LAST_BUDDY)).isFalse();
        assertThat(SchedulerTunables.of(CFS_6_1, 8, 250).nrLatency()).isEqualTo(8);
        SchedulerTunables eevdf = SchedulerTunables.of(
                EEVDF_6_12,
                Queues.host(Topology.flat(8)).withTuning(SchedulerTuning.DEFAULT.with("base_slice_ns", 2 * MS)));
        assertThat(eevdf.baseSlice()).isEqualTo(2 * MS);
    }
}
