package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.replay.policy.SchedulerVersion;

/** What must hold at every moment of a host with balancing, placement, limits and pushes. */
class HostInvariantsTest {
    private RandomHost host;

    @ParameterizedTest
    @EnumSource
    void everyThreadIsInOnePlaceAndEveryCountIsRight(SchedulerVersion version) {
        for (long seed = 1; seed <= 8; seed++) {
            host = new RandomHost(version, seed);
            for (int step = 0; step < 4000; step++) {
                host.step();
                if (step % 20 == 0) {
                    check();
                }
            }
            long ran = 0;
            long busy = 0;
            for (Entity thread : host.threads) {
                ran += thread.sumExec;
            }
            for (long ns : host.busyNs) {
                busy += ns;
            }
            assertThat(ran).as(host.story).isEqualTo(busy);
        }
    }

    private void check() {
        int[] runnable = new int[host.busyNs.length];
        int[] listed = new int[host.threads.length];
        for (Entity thread : host.threads) {
            assertThat(thread.runnable()).as(host.story).isEqualTo(!host.blocked[thread.vcpu]);
            assertThat(thread.allows(thread.pcpu())).as(host.story).isTrue();
            runnable[thread.pcpu()] += thread.runnable() && !thread.throttled() ? 1 : 0;
        }
        for (int p = 0; p < host.busyNs.length; p++) {
            RunQueue rq = host.scheduler.rq(p);
            assertThat(rq.nrRunning()).as(host.story).isEqualTo(runnable[p]);
            assertThat(rq.root.hNrRunning).as(host.story).isEqualTo(runnable[p]);
            assertThat(rq.curr() == null).as(host.story).isEqualTo(runnable[p] == 0);
            for (int i = 0; i < rq.threadCount(); i++) {
                listed[rq.thread(i).vcpu]++;
            }
            checkQueue(rq.root);
        }
        for (Entity thread : host.threads) {
            assertThat(listed[thread.vcpu]).as(host.story).isEqualTo(thread.runnable() ? 1 : 0);
        }
    }

    /** Loads and counts are the sums over the members; nobody is queued and current. */
    private void checkQueue(CfsRunQueue queue) {
        long load = 0;
        int members = 0;
        for (int i = 0; i < queue.size(); i++) {
            Entity se = queue.queued(i);
            assertThat(se).as(host.story).isNotSameAs(queue.curr);
            assertThat(se.cfsRq).as(host.story).isSameAs(queue);
            load += se.weight;
            members++;
            if (!se.isThread()) {
                checkQueue(se.myQueue);
            }
        }
        if (queue.curr != null && queue.curr.onRq) {
            load += queue.curr.weight;
            members++;
            if (!queue.curr.isThread()) {
                checkQueue(queue.curr.myQueue);
            }
        }
        assertThat(queue.load).as(host.story).isEqualTo(load);
        assertThat(queue.nrRunning).as(host.story).isEqualTo(members);
    }
}
