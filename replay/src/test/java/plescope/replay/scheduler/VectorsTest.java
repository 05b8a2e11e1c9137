package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.scheduler.Queues.MS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.Policy;
import plescope.replay.policy.SchedulerVersion;
import plescope.replay.policy.Setting;
import plescope.replay.scheduler.Vectors.Row;

/** Every row of the numeric vectors that concern the host scheduler. */
class VectorsTest {
    private static final Policy NONE = new Policy() {};

    @Test
    void tunablesScaleWithTheNumberOfPcpus() {
        for (Row row : Vectors.rows("sysctl_scaling")) {
            int pcpus = (int) row.number("ncpu");
            assertThat(SchedulerTunables.scalingFactor(pcpus)).isEqualTo((int) row.number("factor"));
            SchedulerTunables cfs = SchedulerTunables.of(SchedulerVersion.CFS_5_6, pcpus, 250);
            assertThat(cfs.latency()).isEqualTo(row.number("cfs_latency"));
            assertThat(cfs.minGranularity()).isEqualTo(row.number("cfs_min_gran"));
            assertThat(cfs.wakeupGranularity()).isEqualTo(row.number("cfs_wakeup_gran"));
            assertThat(SchedulerTunables.of(SchedulerVersion.EEVDF_6_6, pcpus, 250)
                            .baseSlice())
                    .isEqualTo(row.number("eevdf_base_slice_6_6"));
            assertThat(SchedulerTunables.of(SchedulerVersion.EEVDF_6_17, pcpus, 250)
                            .baseSlice())
                    .isEqualTo(row.number("eevdf_base_slice_6_15"));
        }
    }

    @Test
    void slicesOfEqualWeights() {
        for (Row row : Vectors.rows("cfs_slice_equal_weights")) {
            CfsScheduler cfs = (CfsScheduler) Queues.crowd((int) row.number("ncpu"), (int) row.number("nr"));
            Entity thread = cfs.rq(0).thread(0);
            assertThat(cfs.period((int) row.number("nr"))).isEqualTo(row.number("period"));
            assertThat(cfs.slice(thread.cfsRq, thread)).isEqualTo(row.number("slice"));
        }
    }

    @Test
    void preemptionHasAGate() {
        for (Row row : Vectors.rows("wakeup_preempt_entity")) {
            CfsScheduler cfs = Queues.cfs(NONE);
            assertThat(cfs.tunables.wakeupGranularity()).isEqualTo(row.number("gran"));
            Entity a = cfs.newThread(0, CpuSet.first(64));
            Entity b = cfs.newThread(1, CpuSet.first(64));
            a.vruntime = row.number("v_a");
            b.vruntime = row.number("v_b");
            b.weight = row.number("weight_b") << LoadWeight.SHIFT;
            assertThat(cfs.wakeupPreemptEntity(a, b)).isEqualTo((int) row.number("result"));
        }
    }

    @Test
    void deboosterMovesTheYielder() {
        for (Row row : Vectors.rows("debooster")) {
            CfsScheduler cfs =
                    Queues.cfs(Setting.parse("cfs-5.6+p2019+debooster").createPolicy());
            Entity yielder = Queues.running(cfs, 0, 0, row.number("v_yielder"));
            yielder.weight = row.number("weight_yielder") << LoadWeight.SHIFT;
            Entity target = Queues.queued(cfs, 0, 1, row.number("v_target"));
            cfs.yieldTo(cfs.rq(0), target);
            assertThat(yielder.vruntime).isEqualTo(row.number("new_v_yielder"));
        }
    }

    /** The spinner pays 26 us per PAUSE exit until the hint passes the gate. */
    @Test
    void mismatchLastsAsManyExitsAsTheLawSays() {
        for (Row row : Vectors.rows("cfs_burst_law")) {
            CfsScheduler cfs = Queues.cfs(NONE);
            assertThat(cfs.tunables.wakeupGranularity()).isEqualTo(row.scaled("gran_ms", MS));
            Entity spinner = Queues.running(cfs, 0, 0, 0);
            Entity target = Queues.queued(cfs, 0, 1, row.scaled("gap_ms", MS));
            long now = 0;
            int exits = 0;
            while (true) {
                cfs.yieldTo(cfs.rq(0), target);
                if (cfs.pickNext(cfs.rq(0)) == target) {
                    break;
                }
                assertThat(cfs.rq(0).curr()).isSameAs(spinner);
                exits++;
                now += row.scaled("cycle_us", 1000);
                cfs.setClock(now);
            }
            assertThat(exits).isEqualTo((int) row.number("expected_ple"));
        }
    }

    @Test
    void eligibilityFollowsTheMean() {
        for (Row row : Vectors.rows("eevdf_eligible")) {
            EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
            List<Entity> entities = entities(eevdf, row.list("entities"), -1, 0);
            assertThat(EevdfQueue.averageVruntime(entities.get(0).cfsRq)).isEqualTo(row.scaled("V", MS));
            assertThat(entities.stream().map(eevdf::isEligible).toList()).isEqualTo(row.list("eligible"));
        }
    }

    @Test
    void forfeitingMakesTheTargetBehindTheMeanEligible() {
        for (Row row : Vectors.rows("eevdf_forfeit_6_18")) {
            EevdfScheduler eevdf =
                    (EevdfScheduler) Queues.scheduler(SchedulerVersion.EEVDF_6_18, CgroupLayout.FLAT, NONE);
            int runner = (int) row.number("yielder");
            List<Entity> entities = entities(eevdf, row.list("before"), runner, row.scaled("deadline_before", MS));
            eevdf.yieldTask(eevdf.rq(0));
            Entity yielder = entities.get(runner);
            assertThat(yielder.vruntime).isEqualTo(row.scaled("after_vruntime", MS));
            assertThat(yielder.deadline).isEqualTo(row.scaled("after_deadline", MS));
            assertThat(EevdfQueue.averageVruntime(yielder.cfsRq)).isEqualTo(row.scaled("V_after", MS));
            assertThat(entities.stream().map(eevdf::isEligible).toList()).isEqualTo(row.list("eligible_after"));
        }
    }

    @Test
    void placementInflatesTheLag() {
        for (Row row : Vectors.rows("eevdf_place_lag_scaling")) {
            EevdfScheduler eevdf = Queues.eevdf(CgroupLayout.FLAT);
            for (int v = 0; v < row.number("W") / 1024; v++) {
                Queues.queued(eevdf, 0, v, 100 * MS);
            }
            Entity arriving = eevdf.newThread(7, CpuSet.first(64));
            arriving.cfsRq = eevdf.rq(0).root;
            arriving.weight = row.number("w") << LoadWeight.SHIFT;
            arriving.vlag = row.scaled("vlag", MS);
            eevdf.place(arriving.cfsRq, arriving, Enqueue.WAKEUP);
            assertThat(100 * MS - arriving.vruntime).isEqualTo(row.scaled("inflated", MS));
        }
    }

    /** Queued threads at virtual times in milliseconds with weights; one may be running with a deadline of its own. */
    private static List<Entity> entities(EevdfScheduler eevdf, List<?> pairs, int runner, long deadline) {
        List<Entity> entities = new ArrayList<>();
        for (Object pair : pairs) {
            List<?> values = (List<?>) pair;
            Entity entity = Queues.queued(eevdf, 0, entities.size(), Row.scaled(values.get(0), MS));
            entity.weight = Row.scaled(values.get(1), 1) << LoadWeight.SHIFT;
            entities.add(entity);
        }
        if (runner >= 0) {
            eevdf.switchTo(eevdf.rq(0), entities.get(runner));
            entities.get(runner).deadline = deadline;
        }
        return entities;
    }
}
