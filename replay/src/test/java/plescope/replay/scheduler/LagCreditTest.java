package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.scheduler.Queues.MS;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.Topology;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.Policy;
import plescope.replay.policy.Setting;

/** Two spinners A and B of one VM, and C of another, on one pCPU: what W. Li's policies make of their yields. */
class LagCreditTest {
    /** From one PAUSE exit to the next, exit included. */
    private static final long EXIT_NS = 26_000;

    private static final int EXITS = 10_000;

    private static final class Trio {
        private final FairScheduler scheduler;
        private final RunQueue rq;
        private final Entity a;
        private final Entity b;
        private final Entity c;
        private long now;

        Trio(String text) {
            Setting setting = Setting.parse(text);
            Policy policy = setting.createPolicy();
            policy.host(Queues.host(Topology.flat(8)), 8);
            scheduler = Queues.scheduler(setting.scheduler(), setting.layout(), policy);
            rq = scheduler.rq(0);
            a = Queues.queued(scheduler, 0, 0, 0);
            b = Queues.queued(scheduler, 0, 1, 0);
            c = Queues.queued(scheduler, 0, 4, 0);
            for (Entity thread : List.of(a, b, c)) {
                Queues.align(scheduler, thread, 0);
            }
            scheduler.switchTo(rq, a);
        }

        /** Whoever runs spins and yields to the other spinner; C computes when it runs. Time C got within so many exits. */
        long othersTime(int exits) {
            long others = 0;
            for (int i = 0; i < exits; i++) {
                now += EXIT_NS;
                scheduler.setClock(now);
                if (rq.curr == c) {
                    others += EXIT_NS;
                    scheduler.tick(rq);
                    if (!rq.needResched()) {
                        continue;
                    }
                } else {
                    scheduler.yieldTo(rq, rq.curr == a ? b : a);
                }
                rq.clearNeedResched();
                Entity next = scheduler.pickNext(rq);
                if (next != rq.curr) {
                    scheduler.switchTo(rq, next);
                }
            }
            return others;
        }
    }

    private static long othersTime(String setting) {
        return new Trio(setting).othersTime(EXITS);
    }

    /**
     * 260 ms: every credit takes A or B back to where C, whose virtual time stands still, is not eligible, and the hint goes
     * first anyway. The virtual times of A and B stay within the lags' bounds of C's, however long they have run.
     */
    @Test
    void spinnersThatCreditEachOtherHoldTheMeanBack() {
        Trio trio = new Trio("eevdf-7.1+wl-v3");
        assertThat(trio.othersTime(EXITS)).isZero();
        long mean = trio.scheduler.queueVruntime(trio.rq.root);
        assertThat(mean - trio.c.vruntime).isLessThan(3 * MS);
        assertThat(trio.a.sumExec + trio.b.sumExec).isEqualTo(EXITS * EXIT_NS);
    }

    @Test
    void neitherMarginNorForcedReschedulesNorForfeitsAreTheCause() {
        for (String other : List.of(
                "eevdf-7.1+wl-v3{kappa=0}",
                "eevdf-7.1+wl-v3{crossQueue=0}",
                "eevdf-7.1+wl-v3{resched=1000ms}",
                "eevdf-6.14+wl-v3")) {
            assertThat(othersTime(other)).as(other).isZero();
        }
    }

    /** A third for each, and more for C, since A and B forfeit. */
    @Test
    void withoutCreditTheThirdGetsItsShare() {
        for (String other : List.of("eevdf-7.1+p2024", "eevdf-7.1+wl-v3{credit=0}")) {
            assertThat(othersTime(other)).as(other).isGreaterThan(EXITS * EXIT_NS / 3);
        }
    }

    /** Half for each VM: 130 ms, within a slice and what C ran over until the check that ends its turn. */
    @Test
    void inAGroupPerVmTheOtherVmGetsItsHalf() {
        for (CgroupLayout layout : List.of(CgroupLayout.VM, CgroupLayout.VM_VCPU)) {
            long others = othersTime("eevdf-7.1+wl-v3+" + layout.label());
            assertThat(others).as(layout.label()).isBetween(126 * MS, 134 * MS);
        }
    }

    /**
     * A and B alone, in groups of their own. A yields to B, and A's group pays 2.8 ms and more. B yields back at once, but within
     * the rate limit, so B's group pays nothing, A's is not eligible and the hint to it comes to nothing: B keeps the pCPU until
     * its group has caught up, far more than the 40 exits of 1.04 ms. Where A is next for the lock that time is lost. Without the
     * penalty they take turns at every exit.
     */
    @Test
    void aPenaltyKeepsTheYielderFromBeingHintedBack() {
        assertThat(turnsOfA("eevdf-6.19rc1+p2024+cgroup-vm-vcpu")).isEqualTo(20);
        assertThat(turnsOfA("eevdf-6.19rc1+p2024+wl-v2-deboost+cgroup-vm-vcpu")).isEqualTo(1);
    }

    /** Exits of A among 40. */
    private static int turnsOfA(String setting) {
        Trio pair = new Trio(setting);
        pair.scheduler.migrate(pair.c, pair.scheduler.rq(1));
        int turns = 0;
        for (int i = 0; i < 40; i++) {
            turns += pair.rq.curr == pair.a ? 1 : 0;
            pair.othersTime(1);
        }
        return turns;
    }
}
