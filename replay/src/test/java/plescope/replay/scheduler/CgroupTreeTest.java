package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.scheduler.Queues.MS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.Topology;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.SchedulerVersion;

class CgroupTreeTest {
    private static int levelsAbove(Entity thread) {
        int levels = 0;
        for (Entity group = thread.parent(); group != null; group = group.parent()) {
            levels++;
        }
        return levels;
    }

    private static Entity meetingPoint(Entity a, Entity b) {
        Entity left = a;
        Entity right = b;
        while (left.cfsRq != right.cfsRq) {
            left = left.parent();
            right = right.parent();
        }
        return left;
    }

    @ParameterizedTest
    @EnumSource
    void layoutsDecideWhereVcpusMeet(CgroupLayout layout) {
        FairScheduler scheduler = Queues.scheduler(SchedulerVersion.EEVDF_6_12, layout, Queues.NONE);
        Entity a = Queues.queued(scheduler, 0, 0, 0);
        Entity sibling = Queues.queued(scheduler, 0, 1, 0);
        Entity foreign = Queues.queued(scheduler, 0, 4, 0);
        int depth =
                switch (layout) {
                    case FLAT -> 0;
                    case VM -> 1;
                    case VM_VCPU -> 2;
                    case SYSTEMD_SLICES -> 4;
                };
        assertThat(levelsAbove(a)).isEqualTo(depth);
        boolean leafToLeaf = layout == CgroupLayout.FLAT || layout == CgroupLayout.VM;
        assertThat(meetingPoint(a, sibling) == a).isEqualTo(leafToLeaf);
        assertThat(levelsAbove(meetingPoint(a, sibling)))
                .isEqualTo(
                        switch (layout) {
                            case FLAT -> 0;
                            case VM, VM_VCPU -> 1;
                            case SYSTEMD_SLICES -> 3;
                        });
        assertThat(levelsAbove(meetingPoint(a, foreign))).isEqualTo(layout == CgroupLayout.SYSTEMD_SLICES ? 1 : 0);
    }

    @Test
    void sharesSplitOverThePcpusByLoad() {
        FairScheduler scheduler = Queues.scheduler(SchedulerVersion.CFS_6_1, CgroupLayout.VM, Queues.NONE);
        Entity alone = Queues.queued(scheduler, 0, 0, 0);
        assertThat(alone.parent().weight).isEqualTo(1024 << 10);
        Queues.queued(scheduler, 1, 1, 0);
        Queues.queued(scheduler, 1, 2, 0);
        scheduler.updateGroupWeight(alone.parent());
        // One of three threads here: 1048576 / 3.
        assertThat(alone.parent().weight).isEqualTo(349_525);
    }

    @ParameterizedTest
    @EnumSource(names = {"CFS_5_6", "CFS_6_1", "EEVDF_6_6", "EEVDF_6_12", "EEVDF_6_18", "EEVDF_7_1"})
    void twiceTheSharesAreTwiceTheTime(SchedulerVersion version) {
        for (CgroupLayout layout :
                new CgroupLayout[] {CgroupLayout.VM, CgroupLayout.VM_VCPU, CgroupLayout.SYSTEMD_SLICES}) {
            Cgroup heavy = new Cgroup(2048, -1, 100 * MS);
            FairScheduler scheduler = HostScheduler.create(
                    version, layout, Queues.host(Topology.flat(1), heavy), new int[] {0, 1}, Queues.NONE);
            RunQueue rq = scheduler.rq(0);
            Entity twice = Queues.queued(scheduler, 0, 0, 0);
            Entity once = Queues.queued(scheduler, 0, 1, 0);
            scheduler.switchTo(rq, scheduler.pickNext(rq));
            for (int ms = 1; ms <= 3000; ms++) {
                scheduler.setClock(ms * MS);
                scheduler.tick(rq);
                if (rq.needResched()) {
                    rq.clearNeedResched();
                    Entity next = scheduler.pickNext(rq);
                    if (next != rq.curr()) {
                        scheduler.switchTo(rq, next);
                    }
                }
            }
            assertThat(twice.sumExec).as(version + " " + layout).isBetween(1980 * MS, 2020 * MS);
            assertThat(twice.sumExec + once.sumExec).isEqualTo(3000 * MS);
        }
    }
}
