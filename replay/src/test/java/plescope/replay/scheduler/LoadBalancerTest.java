package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.scheduler.Queues.MS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.model.Topology;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.SchedulerVersion;

class LoadBalancerTest {
    private FairScheduler scheduler;
    private LoadBalancer balancer;
    private final List<int[]> moves = new ArrayList<>();
    private int vcpus;

    private void machine(Topology topology, SchedulerVersion version) {
        machine(Queues.on(topology, version, 256));
    }

    private void machine(FairScheduler made) {
        scheduler = made;
        balancer = new LoadBalancer(scheduler, (vcpu, from, to) -> true, (vcpu, to) -> moves.add(new int[] {vcpu, to}));
        vcpus = 0;
        moves.clear();
        // Long ago for caches.
        scheduler.setClock(1000 * MS);
    }

    private Entity running(int pcpu) {
        return Queues.running(scheduler, pcpu, vcpus++, 0);
    }

    private Entity queued(int pcpu) {
        return Queues.queued(scheduler, pcpu, vcpus++, 0);
    }

    /** Ticks of one pCPU, one a millisecond. */
    private void tick(int pcpu, int from, int to) {
        for (int ms = from; ms <= to; ms++) {
            scheduler.setClock(1000 * MS + ms * MS);
            balancer.tick(scheduler.rq(pcpu));
        }
    }

    @Test
    void aPcpuAboutToIdlePullsOneThread() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        running(0);
        Entity first = queued(0);
        queued(0);
        assertThat(balancer.newidle(scheduler.rq(1))).isTrue();
        assertThat(moves).containsExactly(new int[] {first.vcpu, 1});
        assertThat(first.pcpu()).isEqualTo(1);
        assertThat(scheduler.rq(0).nrRunning()).isEqualTo(2);
    }

    /** Four threads against one: one moves, the longest waiting but for the buddy, which is as good as hot. */
    @Test
    void aBuddyIsLeftWhereItIsUnlessTheFeatureIsOff() {
        for (boolean on : new boolean[] {true, false}) {
            SchedulerTunables tunables =
                    SchedulerTunables.of(SchedulerVersion.CFS_6_1, 2, 250).with(KernelFeature.CACHE_HOT_BUDDY, on);
            machine(HostScheduler.create(
                    tunables, CgroupLayout.FLAT, Queues.host(Topology.flat(2)), new int[256], Queues.NONE));
            running(0);
            Entity buddy = queued(0);
            Entity other = queued(0);
            queued(0);
            running(1);
            buddy.cfsRq.next = buddy;
            tick(1, 1, 40);
            assertThat(moves).containsExactly(new int[] {on ? other.vcpu : buddy.vcpu, 1});
        }
    }

    @Test
    void shortIdlePeriodsAreNotWorthAPull() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        running(0);
        queued(0);
        scheduler.rq(1).balance.avgIdle = 19_999;
        assertThat(balancer.newidle(scheduler.rq(1))).isFalse();
        scheduler.rq(1).balance.avgIdle = 20_000;
        assertThat(balancer.newidle(scheduler.rq(1))).isTrue();
    }

    @Test
    void aFurtherLevelMustBeWorthItsOwnCost() {
        machine(new Topology(4, 1, 2, 4), SchedulerVersion.EEVDF_6_12);
        running(2);
        queued(2);
        scheduler.rq(0).balance.avgIdle = 39_999;
        assertThat(balancer.newidle(scheduler.rq(0))).isFalse();
        scheduler.rq(0).balance.avgIdle = 40_000;
        assertThat(balancer.newidle(scheduler.rq(0))).isTrue();
    }

    @Test
    void whoRanALittleWhileAgoIsHotUntilAttemptsFail() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        running(0);
        Entity hot = queued(0);
        hot.execStart = 1000 * MS - 499_999;
        assertThat(balancer.newidle(scheduler.rq(1))).isFalse();
        scheduler.rq(1).balance.failed[0] = 2;
        assertThat(balancer.newidle(scheduler.rq(1))).isTrue();
    }

    @Test
    void anIdlePcpuTakesHalfTheSurplusAtATickOfABusyOne() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        running(0);
        for (int i = 0; i < 4; i++) {
            queued(0);
        }
        tick(0, 10, 10);
        // (5 - 0) / 2
        assertThat(moves).hasSize(2);
    }

    @Test
    void oneThreadMoreIsAnImbalanceThatOnlyFailedAttemptsMove() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        running(1);
        running(0);
        queued(0);
        // 1536 on average: 512 too much here; a thread weighs 1024. Tried each 2 ms * 16; the second try allows 1024 /
        // 2.
        tick(1, 1, 31);
        assertThat(moves).isEmpty();
        assertThat(scheduler.rq(1).balance.failed[0]).isEqualTo(1);
        tick(1, 32, 64);
        assertThat(moves).hasSize(1);
    }

    @Test
    void before510HalfTheThreadHadToFit() {
        machine(Topology.flat(2), SchedulerVersion.CFS_5_6);
        running(1);
        running(0);
        queued(0);
        // 1024 / 2 is no more than 512: at the first try.
        tick(1, 1, 2);
        assertThat(moves).hasSize(1);
    }

    @Test
    void equalLoadStays() {
        machine(Topology.flat(4), SchedulerVersion.EEVDF_6_12);
        for (int p = 0; p < 4; p++) {
            running(p);
            queued(p);
        }
        for (int p = 0; p < 4; p++) {
            tick(p, 300 * p, 300 * p + 299);
        }
        assertThat(moves).isEmpty();
    }

    @Test
    void pinnedThreadsAreLeftAndOtherQueuesTried() {
        machine(Topology.flat(3), SchedulerVersion.EEVDF_6_12);
        running(0);
        queued(0).allowed = CpuSet.of(0);
        queued(0).allowed = CpuSet.of(0);
        scheduler.rq(0).curr().allowed = CpuSet.of(0);
        running(1);
        Entity free = queued(1);
        assertThat(balancer.newidle(scheduler.rq(2))).isTrue();
        assertThat(free.pcpu()).isEqualTo(2);
    }

    @Test
    void aPolicysVetoKeepsAThread() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_12);
        running(0);
        queued(0);
        LoadBalancer vetoed = new LoadBalancer(scheduler, (vcpu, from, to) -> false, (vcpu, to) -> {});
        assertThat(vetoed.newidle(scheduler.rq(1))).isFalse();
    }

    @Test
    void nodesEvenOutThreads() {
        machine(new Topology(8, 1, 4, 4), SchedulerVersion.EEVDF_6_12);
        for (int p = 0; p < 4; p++) {
            running(p);
            queued(p);
        }
        // Node 1 is idle, node 0 has 8 threads on 4 pCPUs: as many threads as pCPUs may come, 4, but a queue gives up
        // at most
        // half of its 2.
        for (int round = 0; round < 8; round++) {
            tick(0, 20 * round, 20 * round + 19);
        }
        int here = 0;
        for (int p = 4; p < 8; p++) {
            here += scheduler.rq(p).nrRunning();
        }
        assertThat(here).isEqualTo(4);
    }

    @Test
    void twoThreadsOfOneCoreAreSpreadByPushingARunningOne() {
        machine(new Topology(4, 2, 4, 4), SchedulerVersion.EEVDF_6_12);
        running(0);
        Entity sibling = running(1);
        int ms = 0;
        while (scheduler.rq(0).pushTo < 0 && scheduler.rq(1).pushTo < 0 && ms < 400) {
            // As in nohz balancing on its behalf.
            scheduler.setClock(1000 * MS + ++ms * MS);
            balancer.tick(scheduler.rq(2));
        }
        // Core 2-3 is idle, core 0-1 runs two: nothing is queued that could be pulled, so attempts fail until one is
        // pushed.
        RunQueue source = scheduler.rq(0).pushTo >= 0 ? scheduler.rq(0) : scheduler.rq(1);
        Entity pushed = source.curr();
        assertThat(source.needResched()).isTrue();
        assertThat(balancer.push(source)).isEqualTo(2);
        assertThat(source.curr()).isNull();
        assertThat(scheduler.pickNext(source)).isNull();
        assertThat(pushed.pcpu()).isEqualTo(2);
        assertThat(scheduler.pickNext(scheduler.rq(2))).isSameAs(pushed);
        assertThat(sibling.runnable()).isTrue();
        assertThat(balancer.push(source)).isEqualTo(-1);
    }

    @Test
    void anIdleCoreTakesAThreadFromACoreThatHasAnIdleSibling() {
        machine(new Topology(4, 2, 4, 4), SchedulerVersion.EEVDF_6_12);
        running(2);
        Entity waiting = queued(2);
        // Core 2-3 has as many threads as pCPUs, and 3 is idle: counted by idle pCPUs, 2 to 1, that is balanced, but
        // cores
        // take one thread each.
        assertThat(balancer.newidle(scheduler.rq(0))).isTrue();
        assertThat(waiting.pcpu()).isEqualTo(0);
    }

    @Test
    void newidleAttemptsFollowPastSuccessSince619() {
        machine(Topology.flat(2), SchedulerVersion.EEVDF_6_19);
        BalanceState state = scheduler.rq(1).balance;
        int tries = 0;
        for (int i = 0; i < 1026; i++) {
            tries += state.triesNewidle(0) ? 1 : 0;
        }
        // 513 of 1024 at first; after 512 calls without success the ratio is what the first half scored, 256, then
        // less.
        assertThat(tries).isBetween(256, 520);
        for (int i = 0; i < 4096; i++) {
            if (state.triesNewidle(0)) {
                state.newidleTried(0, false);
            }
        }
        int late = 0;
        for (int i = 0; i < 1024; i++) {
            if (state.triesNewidle(0)) {
                state.newidleTried(0, false);
                late++;
            }
        }
        assertThat(late).as("hardly ever where it finds nothing").isLessThan(20);
    }

    @Test
    void bigMachinesBalanceBeyondSixtyFourPcpus() {
        machine(Topology.flat(128), SchedulerVersion.EEVDF_6_12);
        running(127);
        Entity waiting = queued(127);
        assertThat(balancer.newidle(scheduler.rq(70))).isTrue();
        assertThat(waiting.pcpu()).isEqualTo(70);
    }
}
