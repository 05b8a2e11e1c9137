package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.scheduler.Queues.MS;

import org.junit.jupiter.api.Test;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.SchedulerVersion;

/** What repeated yields did to the deadline up to 6.17, the defect that 79104becf42b describes and 6.18 repairs. */
class RunawayDeadlineTest {
    private static final long START = 100 * MS;
    private static final int YIELDS = 100;

    /**
     * The rival lies 2 ms ahead: V = 101 ms, so the yielder is the only one eligible and is picked again after each yield. Then
     * it runs without yielding any more. How long does the rival wait, in ticks of 4 ms?
     */
    private long rivalWaits(SchedulerVersion version) {
        EevdfScheduler eevdf = Queues.eevdf(version, CgroupLayout.FLAT);
        RunQueue rq = eevdf.rq(0);
        Entity yielder = Queues.running(eevdf, 0, 0, START);
        Entity rival = Queues.queued(eevdf, 0, 1, START + 2 * MS);
        for (int i = 0; i < YIELDS && eevdf.pickNext(rq) == yielder; i++) {
            eevdf.yieldTask(rq);
        }
        if (eevdf.pickNext(rq) == rival) {
            return 0;
        }
        // It halts for a moment and is picked anew, which renews its protection.
        eevdf.switchTo(rq, rival);
        eevdf.switchTo(rq, yielder);
        rq.clearNeedResched();
        long now = 0;
        while (!rq.needResched() && now < 1_000 * MS) {
            now += 4 * MS;
            eevdf.setClock(now);
            eevdf.tick(rq);
            assertThat(EevdfQueue.eligible(rq.root, rival))
                    .as("rival, at " + now)
                    .isTrue();
        }
        assertThat(eevdf.pickNext(rq)).isSameAs(rival);
        return now;
    }

    /**
     * Slice 3 ms: 100 yields move the deadline from 103 to 403 ms. The yielder's virtual time is there after 303 ms, the first
     * tick after that is at 304 ms.
     */
    @Test
    void noTickEndsATurnBeforeTheDeadlineThatYieldsHavePushedAway() {
        assertThat(rivalWaits(SchedulerVersion.EEVDF_6_6)).isEqualTo(304 * MS);
        assertThat(rivalWaits(SchedulerVersion.EEVDF_6_12)).isEqualTo(304 * MS);
        assertThat(rivalWaits(SchedulerVersion.EEVDF_6_14)).isEqualTo(304 * MS);
    }

    /** Slice 2.8 ms: 102.8 + 280 = 382.8 ms, and protection lasts as long since all slices are equal; 282.8 ms, so 284. */
    @Test
    void in617ProtectionIsTakenFromTheSameDeadline() {
        assertThat(rivalWaits(SchedulerVersion.EEVDF_6_17)).isEqualTo(284 * MS);
    }

    /** The first yield moves the yielder to its deadline, 102.8 ms; V = (102.8 + 102) / 2, so the rival's turn has come. */
    @Test
    void from618OnTheForfeitMakesTheYielderIneligible() {
        assertThat(rivalWaits(SchedulerVersion.EEVDF_6_18)).isZero();
        assertThat(rivalWaits(SchedulerVersion.EEVDF_7_1)).isZero();
    }
}
