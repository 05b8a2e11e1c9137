package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.scheduler.Queues.MS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.EntityView;
import plescope.replay.policy.SchedulerVersion;

/** What policies may do to entities, on every version. */
class EntityOperationsTest {
    @ParameterizedTest
    @EnumSource
    void aQueuedEntityMovesWithItsDeadlineAndIsSortedAnew(SchedulerVersion version) {
        FairScheduler scheduler = Queues.scheduler(version, CgroupLayout.FLAT, Queues.NONE);
        Entity moved = Queues.queued(scheduler, 0, 0, 10 * MS);
        Entity other = Queues.queued(scheduler, 0, 1, 20 * MS);
        long request = moved.deadline - moved.vruntime;
        moved.shiftTo(30 * MS);
        assertThat(moved.vruntime()).isEqualTo(30 * MS);
        assertThat(moved.deadline - moved.vruntime).isEqualTo(request);
        assertThat(moved.cfsRq.leftmost()).isSameAs(other);
        // (30 + 20) / 2, or the minimum ever reached under CFS, which fork put at 0.
        assertThat(moved.queueVruntime()).isEqualTo(version.eevdf() ? 25 * MS : 0);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "EEVDF.*")
    void aRunningEntityMovesWithItsProtection(SchedulerVersion version) {
        EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
        Entity runner = Queues.running(eevdf, 0, 0, 10 * MS);
        Queues.queued(eevdf, 0, 1, 20 * MS);
        assertThat(eevdf.sliceProtected(runner)).isTrue();
        runner.shiftTo(12 * MS);
        assertThat(eevdf.sliceProtected(runner)).isTrue();
        assertThat(runner.deadline).isEqualTo(12 * MS + eevdf.tunables.baseSlice());
        runner.endProtection();
        assertThat(eevdf.sliceProtected(runner)).isFalse();
        // Unprotected, it stays unprotected wherever it is moved.
        runner.shiftTo(10 * MS);
        assertThat(eevdf.sliceProtected(runner)).isFalse();
    }

    @Test
    void protectionIsThatMuchVirtualTimeWhereItIsATime() {
        EevdfScheduler eevdf = Queues.eevdf(SchedulerVersion.EEVDF_6_17, CgroupLayout.FLAT);
        Entity runner = Queues.running(eevdf, 0, 0, 10 * MS);
        Queues.queued(eevdf, 0, 1, 20 * MS);
        assertThat(runner.vprot).isEqualTo(12_800_000);
        runner.shiftTo(15 * MS);
        assertThat(runner.vprot).isEqualTo(17_800_000);
    }

    @ParameterizedTest
    @EnumSource
    void settingTheDeadlineMeansNothingUnderCfs(SchedulerVersion version) {
        FairScheduler scheduler = Queues.scheduler(version, CgroupLayout.FLAT, Queues.NONE);
        Entity runner = Queues.running(scheduler, 0, 0, 10 * MS);
        runner.setDeadline(50 * MS);
        assertThat(runner.deadline()).isEqualTo(version.eevdf() ? 50 * MS : 10 * MS);
    }

    @ParameterizedTest
    @EnumSource
    void twoEntitiesOfOneQueueChangePlaces(SchedulerVersion version) {
        FairScheduler scheduler = Queues.scheduler(version, CgroupLayout.FLAT, Queues.NONE);
        Entity runner = Queues.running(scheduler, 0, 0, 10 * MS);
        Entity waiting = Queues.queued(scheduler, 0, 1, 16 * MS);
        long mean = runner.queueVruntime();
        runner.exchangeWith(waiting);
        assertThat(runner.vruntime).isEqualTo(16 * MS);
        assertThat(waiting.vruntime).isEqualTo(10 * MS);
        assertThat(runner.queueVruntime()).isEqualTo(mean);
        assertThat(scheduler.key(waiting)).isEqualTo(10 * MS + scheduler.tunables.baseSlice());
        assertThat(scheduler.pickNext(scheduler.rq(0))).isSameAs(waiting);
    }

    @ParameterizedTest
    @EnumSource
    void groupsHaveVirtualTimesLagAndCountsOfTheirOwn(SchedulerVersion version) {
        FairScheduler scheduler = Queues.scheduler(version, CgroupLayout.VM, Queues.NONE);
        Entity a = Queues.running(scheduler, 0, 0, 0);
        Entity b = Queues.queued(scheduler, 0, 1, 0);
        Entity foreign = Queues.queued(scheduler, 0, 4, 0);
        Queues.align(scheduler, a, 10 * MS);
        Queues.align(scheduler, foreign, 20 * MS);
        EntityView groupOfA = a.parentEntity();
        EntityView other = foreign.parentEntity();
        assertThat(groupOfA.parentEntity()).isNull();
        assertThat(a.sharesQueueWith(b)).isTrue();
        assertThat(a.sharesQueueWith(foreign)).isFalse();
        assertThat(groupOfA.sharesQueueWith(other)).isTrue();
        assertThat(groupOfA.current()).isTrue();
        assertThat(other.current()).isFalse();
        assertThat(a.queuedThreads()).isEqualTo(2);
        assertThat(groupOfA.queuedThreads()).isEqualTo(3);
        if (version.eevdf()) {
            // Equal shares: the mean of 10 and 20 ms.
            assertThat(groupOfA.queueVruntime()).isEqualTo(15 * MS);
            assertThat(groupOfA.eligible()).isTrue();
            assertThat(other.eligible()).isFalse();
            other.shiftTo(15 * MS);
            assertThat(groupOfA.queueVruntime()).isEqualTo(12_500_000);
            assertThat(groupOfA.deadline()).isEqualTo(10 * MS + groupOfA.toVirtual(groupOfA.sliceNs()));
        } else {
            assertThat(other.eligible()).isTrue();
        }
    }

    @Test
    void lagLimitScalesWithTheWeight() {
        EevdfScheduler eevdf = Queues.eevdf(SchedulerVersion.EEVDF_6_12, CgroupLayout.FLAT);
        Entity light = Queues.queued(eevdf, 0, 0, 0);
        light.weight /= 2;
        // Two slices of 3 ms at half the weight are 12 ms of virtual time.
        assertThat(light.lagLimit()).isEqualTo(12 * MS);
    }

    @Test
    void shiftingABlockedThreadTouchesNoTree() {
        EevdfScheduler eevdf = Queues.eevdf(SchedulerVersion.EEVDF_6_6, CgroupLayout.FLAT);
        Entity sleeper = Queues.running(eevdf, 0, 0, 10 * MS);
        Entity other = Queues.queued(eevdf, 0, 1, 10 * MS);
        eevdf.block(eevdf.rq(0), sleeper);
        eevdf.switchTo(eevdf.rq(0), other);
        sleeper.shiftTo(12 * MS);
        assertThat(sleeper.vruntime).isEqualTo(12 * MS);
        assertThat(sleeper.queued()).isFalse();
        assertThat(other.cfsRq.size()).isZero();
    }
}
