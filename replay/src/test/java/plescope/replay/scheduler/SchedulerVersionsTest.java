package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.policy.SchedulerVersion.CFS_5_10;
import static plescope.replay.policy.SchedulerVersion.CFS_5_6;
import static plescope.replay.policy.SchedulerVersion.CFS_6_1;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_12;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_12_STABLE;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_14;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_17;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_18;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_19;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_19_RC1;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_6;
import static plescope.replay.policy.SchedulerVersion.EEVDF_7_1;
import static plescope.replay.scheduler.Queues.MS;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.SchedulerVersion;

/** What each kernel makes of a yield, a directed yield and a wake-up. */
class SchedulerVersionsTest {
    private static final Set<SchedulerVersion> HINTS_COUNT =
            EnumSet.complementOf(EnumSet.of(CFS_5_6, CFS_5_10, CFS_6_1, EEVDF_6_6, EEVDF_6_12));
    private static final Set<SchedulerVersion> FORFEITS =
            EnumSet.of(EEVDF_6_12_STABLE, EEVDF_6_18, EEVDF_6_19_RC1, EEVDF_6_19, EEVDF_7_1);

    @ParameterizedTest
    @EnumSource
    void everyKernelHasARunnableScheduler(SchedulerVersion version) {
        FairScheduler scheduler = Queues.scheduler(version, CgroupLayout.VM_VCPU, Queues.NONE);
        Queues.running(scheduler, 0, 0, 0);
        Queues.queued(scheduler, 0, 1, 0);
        for (int ms = 1; ms <= 50; ms++) {
            scheduler.setClock(ms * MS);
            scheduler.tick(scheduler.rq(0));
            if (scheduler.rq(0).needResched()) {
                scheduler.rq(0).clearNeedResched();
                Entity next = scheduler.pickNext(scheduler.rq(0));
                if (next != scheduler.rq(0).curr()) {
                    scheduler.switchTo(scheduler.rq(0), next);
                }
            }
        }
        long ran = scheduler.rq(0).thread(0).sumExec + scheduler.rq(0).thread(1).sumExec;
        assertThat(ran).isEqualTo(50 * MS);
        assertThat(scheduler.rq(0).thread(0).sumExec).isBetween(20 * MS, 30 * MS);
    }

    /** The yield table: is an eligible nominee picked although the yielder is the better choice? */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "EEVDF.*")
    void eligibleNomineeIsPickedSince614AndItsBackport(SchedulerVersion version) {
        EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
        Queues.running(eevdf, 0, 0, 100 * MS);
        // Mean of 100, 102, 101, 105: 102. The nominee at 102 is eligible, the one at 101 has the earlier deadline.
        Entity nominee = Queues.queued(eevdf, 0, 1, 102 * MS);
        Entity earlier = Queues.queued(eevdf, 0, 2, 101 * MS);
        Queues.queued(eevdf, 0, 3, 105 * MS);
        assertThat(eevdf.yieldTo(eevdf.rq(0), nominee)).isTrue();
        Entity picked = eevdf.pickNext(eevdf.rq(0));
        if (HINTS_COUNT.contains(version)) {
            assertThat(picked).isSameAs(nominee);
        } else {
            // Directed yield is a plain yield: whoever is eligible with the earliest deadline runs.
            assertThat(picked).isSameAs(earlier);
        }
    }

    /** 100, 104, 103: the mean is 102.33, so nobody but the yielder is eligible; only forfeiting changes that. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "EEVDF.*")
    void nomineeAheadOfTheMeanNeedsTheYielderToForfeit(SchedulerVersion version) {
        EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
        Entity yielder = Queues.running(eevdf, 0, 0, 100 * MS);
        Queues.queued(eevdf, 0, 1, 104 * MS);
        Entity nominee = Queues.queued(eevdf, 0, 2, 103 * MS);
        eevdf.yieldTo(eevdf.rq(0), nominee);
        assertThat(eevdf.pickNext(eevdf.rq(0))).isSameAs(FORFEITS.contains(version) ? nominee : yielder);
        assertThat(yielder.vruntime)
                .isEqualTo(FORFEITS.contains(version) ? 100 * MS + eevdf.tunables.baseSlice() : 100 * MS);
        // Every version moves the deadline by a request.
        assertThat(yielder.deadline).isEqualTo(100 * MS + 2 * eevdf.tunables.baseSlice());
    }

    @Test
    void nomineeFartherAheadStaysUnpickedEvenAfterAForfeit() {
        EevdfScheduler eevdf = Queues.eevdf(EEVDF_6_18, CgroupLayout.FLAT);
        Queues.running(eevdf, 0, 0, 100 * MS);
        Entity nominee = Queues.queued(eevdf, 0, 1, 104 * MS);
        Entity other = Queues.queued(eevdf, 0, 2, 103 * MS);
        eevdf.yieldTo(eevdf.rq(0), nominee);
        // V = (102.8 + 104 + 103) / 3 = 103.27 < 104.
        assertThat(eevdf.pickNext(eevdf.rq(0))).isNotSameAs(nominee);
        assertThat(eevdf.isEligible(other)).isTrue();
    }

    @Test
    void aSecondForfeitInARowDoesNothing() {
        EevdfScheduler eevdf = Queues.eevdf(EEVDF_6_18, CgroupLayout.FLAT);
        Entity yielder = Queues.running(eevdf, 0, 0, 100 * MS);
        Queues.queued(eevdf, 0, 1, 100 * MS);
        eevdf.yieldTask(eevdf.rq(0));
        // v = 102.8, V = 101.4: no longer eligible.
        eevdf.yieldTask(eevdf.rq(0));
        assertThat(yielder.vruntime).isEqualTo(102_800_000);
        assertThat(yielder.deadline).isEqualTo(105_600_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"EEVDF_6_6", "EEVDF_6_12_STABLE", "EEVDF_6_14", "EEVDF_6_18", "EEVDF_7_1"})
    void yieldingInLibvirtGroupsLeavesTheLevelWhereVcpusCompete(SchedulerVersion version) {
        for (CgroupLayout layout : new CgroupLayout[] {CgroupLayout.VM_VCPU, CgroupLayout.SYSTEMD_SLICES}) {
            EevdfScheduler eevdf = Queues.eevdf(version, layout);
            Entity yielder = Queues.running(eevdf, 0, 0, 0);
            Entity target = Queues.queued(eevdf, 0, 1, 0);
            Entity group = yielder.parent();
            long vruntime = group.vruntime;
            long deadline = group.deadline;
            eevdf.yieldTo(eevdf.rq(0), target);
            assertThat(group.vruntime).isEqualTo(vruntime);
            assertThat(group.deadline).isEqualTo(deadline);
        }
    }

    @Test
    void protectionOutlivesAYieldIn617Only() {
        for (SchedulerVersion version : new SchedulerVersion[] {EEVDF_6_14, EEVDF_6_17, EEVDF_6_18}) {
            EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
            Entity yielder = Queues.running(eevdf, 0, 0, 100 * MS);
            Queues.queued(eevdf, 0, 1, 100 * MS);
            eevdf.yieldTask(eevdf.rq(0));
            assertThat(eevdf.sliceProtected(yielder)).isEqualTo(version == EEVDF_6_17);
        }
    }

    @Test
    void lagIsBoundedByTwoSlicesAndSince70ByTheLongestAndATick() {
        EevdfScheduler old = Queues.eevdf(EEVDF_6_19, CgroupLayout.FLAT);
        Entity entity = Queues.queued(old, 0, 0, 0);
        assertThat(old.lagLimit(entity)).isEqualTo(5_600_000);
        EevdfScheduler young = Queues.eevdf(EEVDF_7_1, CgroupLayout.FLAT);
        Entity other = Queues.queued(young, 0, 0, 0);
        // 2.8 ms and a tick of 4 ms.
        assertThat(young.lagLimit(other)).isEqualTo(6_800_000);
        other.slice = 10 * MS;
        assertThat(young.lagLimit(other)).isEqualTo(14 * MS);
    }

    @Test
    void blockingAheadOfTheMeanIsDelayedSince612() {
        for (SchedulerVersion version : new SchedulerVersion[] {EEVDF_6_6, EEVDF_6_12}) {
            EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
            Entity blocker = Queues.running(eevdf, 0, 0, 2 * MS);
            Entity other = Queues.queued(eevdf, 0, 1, 0);
            eevdf.block(eevdf.rq(0), blocker);
            assertThat(blocker.onRq).isEqualTo(version == EEVDF_6_12);
            assertThat(other.queuedThreads()).isEqualTo(version == EEVDF_6_12 ? 2 : 1);
            assertThat(eevdf.rq(0).nrRunning()).isEqualTo(1);
        }
    }

    @Test
    void aMigratingThreadKeepsTheRestOfItsRequestSince612() {
        for (SchedulerVersion version : new SchedulerVersion[] {EEVDF_6_6, EEVDF_6_12}) {
            EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
            Entity thread = Queues.queued(eevdf, 0, 0, 10 * MS);
            // A third of the request of 3 ms is left.
            thread.deadline = 11 * MS;
            eevdf.migrate(thread, eevdf.rq(1));
            assertThat(thread.deadline - thread.vruntime).isEqualTo(version == EEVDF_6_12 ? MS : 3 * MS);
        }
    }

    @Test
    void aShorterSliceBreaksProtectionSince612() {
        for (SchedulerVersion version : new SchedulerVersion[] {EEVDF_6_6, EEVDF_6_12, EEVDF_6_17, EEVDF_7_1}) {
            EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
            Entity runner = Queues.running(eevdf, 0, 0, 10 * MS);
            Entity wakee = Queues.queued(eevdf, 0, 1, 10 * MS);
            wakee.requestSlice(MS);
            eevdf.shift(wakee, 10 * MS);
            wakee.cfsRq.remove(wakee);
            wakee.deadline = 11 * MS;
            wakee.cfsRq.insert(wakee, wakee.deadline);
            eevdf.wakeupPreempt(eevdf.rq(0), wakee);
            assertThat(eevdf.rq(0).needResched()).as(version.label()).isEqualTo(version != EEVDF_6_6);
            assertThat(eevdf.sliceProtected(runner)).as(version.label()).isEqualTo(version == EEVDF_6_6);
        }
    }

    @Test
    void anEqualSliceDoesNotBreakProtection() {
        for (SchedulerVersion version : new SchedulerVersion[] {EEVDF_6_6, EEVDF_6_14, EEVDF_6_18, EEVDF_7_1}) {
            EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
            Queues.running(eevdf, 0, 0, 10 * MS);
            Queues.queued(eevdf, 0, 2, 20 * MS);
            // Earlier deadline, and both are behind the mean of 13 ms.
            Entity wakee = Queues.queued(eevdf, 0, 1, 9 * MS);
            eevdf.wakeupPreempt(eevdf.rq(0), wakee);
            assertThat(eevdf.rq(0).needResched()).isEqualTo(false);
        }
    }

    @Test
    void theReleaseCandidateLetsAWakerAheadOfTheMeanGoAtOnce() {
        for (SchedulerVersion version : new SchedulerVersion[] {EEVDF_6_19_RC1, EEVDF_6_19}) {
            for (int flags : new int[] {WakeFlags.FROM_THREAD, WakeFlags.NONE}) {
                EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
                Queues.running(eevdf, 0, 0, 102 * MS);
                Queues.queued(eevdf, 0, 1, 100 * MS);
                // The mean is 101.67 ms: neither the runner nor the wakee is eligible.
                Entity wakee = Queues.queued(eevdf, 0, 2, 103 * MS);
                eevdf.wakeupPreempt(eevdf.rq(0), wakee, flags);
                assertThat(eevdf.rq(0).needResched())
                        .isEqualTo(version == EEVDF_6_19_RC1 && flags == WakeFlags.FROM_THREAD);
            }
        }
    }

    @Test
    void theReleaseCandidatesBuddyIsReplacedByAnEarlierDeadlineOnly() {
        EevdfScheduler eevdf = Queues.eevdf(EEVDF_6_19_RC1, CgroupLayout.FLAT);
        Queues.running(eevdf, 0, 0, 100 * MS);
        Entity first = Queues.queued(eevdf, 0, 1, 101 * MS);
        Entity later = Queues.queued(eevdf, 0, 2, 102 * MS);
        Entity earlier = Queues.queued(eevdf, 0, 3, 100 * MS);
        wakeAgain(eevdf, first);
        assertThat(first.cfsRq.next).isSameAs(first);
        wakeAgain(eevdf, later);
        assertThat(first.cfsRq.next).isSameAs(first);
        wakeAgain(eevdf, earlier);
        assertThat(first.cfsRq.next).isSameAs(earlier);
    }

    private static void wakeAgain(EevdfScheduler eevdf, Entity wakee) {
        eevdf.rq(0).clearNeedResched();
        eevdf.wakeupPreempt(eevdf.rq(0), wakee);
    }

    @Test
    void aSynchronousWakeUpPreemptsAfterTheMigrationCostOrAQuarterOfIt() {
        long[][] rows = {
            // flags, ran ns, preempts
            {WakeFlags.SYNC, 499_999, 0},
            {WakeFlags.SYNC, 500_000, 1},
            {WakeFlags.SYNC | WakeFlags.SELECTED, 124_999, 0},
            {WakeFlags.SYNC | WakeFlags.SELECTED, 125_000, 1},
        };
        for (long[] row : rows) {
            EevdfScheduler eevdf = Queues.eevdf(EEVDF_6_19_RC1, CgroupLayout.FLAT);
            Queues.running(eevdf, 0, 0, 100 * MS);
            // Both are eligible, the wakee has the earlier deadline.
            Entity wakee = Queues.queued(eevdf, 0, 1, 99 * MS);
            Queues.queued(eevdf, 0, 2, 110 * MS);
            eevdf.setClock(row[1]);
            eevdf.wakeupPreempt(eevdf.rq(0), wakee, (int) row[0]);
            assertThat(eevdf.rq(0).needResched()).isEqualTo(row[2] == 1);
        }
    }

    @Test
    void anyWakeUpMakesABuddyOfAnEligibleWakeeInTheReleaseCandidate() {
        for (SchedulerVersion version : new SchedulerVersion[] {EEVDF_6_19_RC1, EEVDF_6_19}) {
            EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
            Queues.running(eevdf, 0, 0, 100 * MS);
            Queues.queued(eevdf, 0, 2, 110 * MS);
            Entity wakee = Queues.queued(eevdf, 0, 1, 99 * MS);
            eevdf.wakeupPreempt(eevdf.rq(0), wakee);
            // The buddy is seen by the trial pick, before slice protection.
            assertThat(eevdf.rq(0).needResched()).isEqualTo(version == EEVDF_6_19_RC1);
        }
    }

    @Test
    void aHostWithNextBuddyPrefersEligibleWakeesUnderOlderEevdfToo() {
        FairScheduler eevdf = Queues.scheduler(EEVDF_6_12, KernelFeature.NEXT_BUDDY, true);
        Queues.running(eevdf, 0, 0, 100 * MS);
        Queues.queued(eevdf, 0, 2, 110 * MS);
        Entity wakee = Queues.queued(eevdf, 0, 1, 99 * MS);
        eevdf.wakeupPreempt(eevdf.rq(0), wakee);
        assertThat(eevdf.rq(0).needResched())
                .as("the trial pick does not see it")
                .isFalse();
        assertThat(eevdf.pickNext(eevdf.rq(0))).as("the next pick does").isSameAs(wakee);
    }

    @Test
    void aHostWithNextBuddyMarksWakeesOfCrowdedQueuesUnderCfs() {
        for (int threads : new int[] {7, 8}) {
            FairScheduler cfs = Queues.scheduler(CFS_5_6, KernelFeature.NEXT_BUDDY, true);
            Entity wakee = Queues.running(cfs, 0, 0, 100 * MS);
            for (int v = 1; v < threads; v++) {
                wakee = Queues.queued(cfs, 0, v % 8, 101 * MS);
            }
            cfs.wakeupPreempt(cfs.rq(0), wakee);
            // Behind the runner, so it does not preempt; from eight threads on it is marked all the same.
            assertThat(cfs.rq(0).needResched()).isFalse();
            assertThat(wakee.cfsRq.next).isSameAs(threads == 8 ? wakee : null);
        }
    }

    @Test
    void cfsBuddyOrdersPickTheSame() {
        for (SchedulerVersion version : new SchedulerVersion[] {CFS_5_6, CFS_5_10, CFS_6_1}) {
            FairScheduler cfs = Queues.scheduler(version, CgroupLayout.FLAT, Queues.NONE);
            Entity left = Queues.queued(cfs, 0, 0, 100 * MS);
            left.cfsRq.last = Queues.queued(cfs, 0, 1, 101 * MS);
            left.cfsRq.next = Queues.queued(cfs, 0, 2, 103 * MS);
            Entity next = left.cfsRq.next;
            assertThat(cfs.pickNext(cfs.rq(0))).isSameAs(next);
        }
    }
}
