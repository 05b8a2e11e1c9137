package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.replay.model.CpuSet;
import plescope.replay.model.Topology;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.SchedulerVersion;
import plescope.replay.scheduler.ReferenceScheduler.Node;

/** The schedulers against the slow reference on random lives of threads of one pCPU: equal picks, equal virtual times. */
class DifferentialTest {
    private static final int STEPS = 1500;
    private static final long[] WEIGHTS = {1024, 1024, 1024, 820, 335, 3121, 15};
    private static final CgroupLayout[] LAYOUTS = {CgroupLayout.FLAT, CgroupLayout.VM};

    private SchedulerVersion version;
    private String story;
    private SplittableRandom random;
    private FairScheduler scheduler;
    private ReferenceScheduler reference;
    private RunQueue rq;
    private List<Entity> threads;
    private long now;
    private long charged;

    @ParameterizedTest
    @EnumSource
    void picksAndVirtualTimesEqualTheReference(SchedulerVersion tested) {
        version = tested;
        for (long seed = 1; seed <= 12; seed++) {
            start(seed);
            for (int step = 0; step < STEPS; step++) {
                act();
                reschedule();
                compare(step);
            }
            conserved();
        }
    }

    private void start(long seed) {
        CgroupLayout layout = LAYOUTS[(int) (seed % 2)];
        random = new SplittableRandom(seed);
        story = version.label() + " " + layout + " seed " + seed;
        int vcpus = 2 + random.nextInt(11);
        int[] vmOf = new int[vcpus];
        for (int v = 0; v < vcpus; v++) {
            vmOf[v] = v % 3;
        }
        SchedulerTunables tunables = SchedulerTunables.of(version, 1, 250);
        scheduler = HostScheduler.create(version, layout, Queues.host(Topology.flat(1)), vmOf, Queues.NONE);
        int[] groupOf = layout == CgroupLayout.FLAT ? new int[0] : vmOf;
        reference = version.eevdf()
                ? new ReferenceEevdf(version, tunables, vcpus, groupOf)
                : new ReferenceCfs(tunables, vcpus, groupOf);
        rq = scheduler.rq(0);
        threads = new ArrayList<>();
        now = 0;
        charged = 0;
        scheduler.setClock(0);
        for (int v = 0; v < vcpus; v++) {
            fork(v);
        }
        reschedule();
    }

    private void fork(int v) {
        Entity thread = scheduler.newThread(v, CpuSet.first(1));
        Node node = reference.threads.get(v);
        thread.weight = WEIGHTS[random.nextInt(WEIGHTS.length)] << LoadWeight.SHIFT;
        node.weight = thread.weight;
        if (version.eevdf() && random.nextInt(4) == 0) {
            long slice = 200_000 + random.nextLong(3_000_000);
            thread.requestSlice(slice);
            node.slice = slice;
            node.customSlice = slice;
        }
        threads.add(thread);
        scheduler.fork(rq, thread);
        reference.fork(node);
        rq.resched();
        reference.resched = true;
    }

    /** Lets time pass and something happen. */
    private void act() {
        long step = random.nextInt(5) == 0 ? random.nextLong(6_000_000) : random.nextLong(400_000);
        charged += rq.curr() == null ? 0 : step;
        now += step;
        scheduler.setClock(now);
        scheduler.updateCurr(rq);
        reference.advance(now);
        int vcpu = random.nextInt(threads.size());
        Entity thread = threads.get(vcpu);
        Node node = reference.threads.get(vcpu);
        boolean runs = rq.curr() != null;
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                scheduler.tick(rq);
                reference.tick();
            }
            case 2 -> {
                if (runs) {
                    scheduler.block(rq, rq.curr());
                    reference.block();
                    rq.resched();
                    reference.resched = true;
                }
            }
            case 3 -> wake(thread, node);
            case 4 -> {
                if (runs) {
                    scheduler.yieldTask(rq);
                    reference.giveWay();
                    rq.resched();
                    reference.resched = true;
                }
            }
            default -> {
                if (runs && thread.runnable() && thread != rq.curr()) {
                    scheduler.yieldTo(rq, thread);
                    reference.yieldTo(node);
                    rq.resched();
                    reference.resched = true;
                }
            }
        }
    }

    private void wake(Entity thread, Node node) {
        if (thread.runnable()) {
            return;
        }
        int flags = random.nextInt(8);
        if (!scheduler.wakeDelayed(thread)) {
            scheduler.wake(rq, thread);
        }
        reference.wake(node);
        scheduler.wakeupPreempt(rq, thread, flags);
        reference.wakeupPreempt(node, flags);
    }

    private void reschedule() {
        assertThat(rq.needResched()).as(story).isEqualTo(reference.resched);
        if (!reference.resched) {
            return;
        }
        Entity next = scheduler.pickNext(rq);
        Node expected = reference.pickNext();
        assertThat(next == null ? -1 : next.vcpu).as(story).isEqualTo(expected == null ? -1 : expected.id);
        rq.clearNeedResched();
        reference.resched = false;
        if (next != rq.curr()) {
            scheduler.switchTo(rq, next);
            reference.switchTo(expected);
        }
    }

    private void compare(int step) {
        int queued = 0;
        for (int v = 0; v < threads.size(); v++) {
            Entity thread = threads.get(v);
            Node node = reference.threads.get(v);
            String where = story + " step " + step + " vcpu " + v;
            assertThat(thread.onRq).as(where).isEqualTo(node.queued);
            assertThat(thread.vruntime).as(where).isEqualTo(node.v);
            assertThat(thread.sumExec).as(where).isEqualTo(node.sumExec);
            if (version.eevdf()) {
                assertThat(thread.deadline).as(where).isEqualTo(node.deadline);
            }
            Entity group = thread.parent();
            if (group != null) {
                assertThat(group.vruntime).as(where).isEqualTo(node.parent().v);
                assertThat(group.onRq).as(where).isEqualTo(node.parent().queued);
            }
            queued += thread.runnable() ? 1 : 0;
        }
        assertThat(rq.nrRunning()).as(story).isEqualTo(queued);
        assertThat(rq.root.nrRunning).as(story).isEqualTo(reference.root.members.size());
        oneQueueEach(rq.root);
    }

    /** Nobody is both queued and current. */
    private void oneQueueEach(CfsRunQueue queue) {
        for (int i = 0; i < queue.size(); i++) {
            assertThat(queue.queued(i)).as(story).isNotSameAs(queue.curr);
            if (queue.queued(i).myQueue != null) {
                oneQueueEach(queue.queued(i).myQueue);
            }
        }
    }

    /** What threads ran is what passed while somebody ran. */
    private void conserved() {
        long ran = 0;
        for (Entity thread : threads) {
            ran += thread.sumExec;
        }
        assertThat(ran).as(story).isEqualTo(charged);
    }
}
