package plescope.replay.scheduler;

import static plescope.replay.scheduler.Queues.MS;

import java.util.SplittableRandom;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.Topology;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.SchedulerVersion;

/** A random machine whose threads wake, block, yield and are balanced at random, as an engine would have it. */
final class RandomHost {
    private static final Topology[] MACHINES = {
        Topology.flat(3), new Topology(8, 2, 4, 8), new Topology(12, 1, 3, 6), new Topology(16, 2, 8, 8)
    };
    private static final int VMS = 3;
    private static final long STEP_NS = 250_000;

    final String story;
    private final SplittableRandom random;
    final FairScheduler scheduler;
    private final WakePlacement placement;
    private final LoadBalancer balancer;
    final Entity[] threads;
    final boolean[] blocked;
    final long[] busyNs;
    private long now;

    RandomHost(SchedulerVersion version, long seed) {
        random = new SplittableRandom(seed);
        Topology topology = MACHINES[(int) (seed % MACHINES.length)];
        CgroupLayout layout = CgroupLayout.values()[(int) (seed / 2 % 4)];
        story = version + " " + topology + " " + layout + " seed " + seed;
        Cgroup[] limits = layout == CgroupLayout.FLAT
                ? new Cgroup[0]
                : new Cgroup[] {Cgroup.DEFAULT, new Cgroup(512, 40 * MS, 50 * MS), new Cgroup(3000, -1, 100 * MS)};
        int vcpus = 2 * topology.pcpus();
        int[] vmOf = new int[vcpus];
        for (int v = 0; v < vcpus; v++) {
            vmOf[v] = v % VMS;
        }
        scheduler = HostScheduler.create(version, layout, Queues.host(topology, limits), vmOf, Queues.NONE);
        placement = new WakePlacement(scheduler);
        balancer = new LoadBalancer(scheduler, (vcpu, from, to) -> true, (vcpu, to) -> {});
        threads = new Entity[vcpus];
        blocked = new boolean[vcpus];
        busyNs = new long[topology.pcpus()];
        scheduler.setClock(0);
        for (int v = 0; v < vcpus; v++) {
            CpuSet allowed = random.nextInt(5) == 0 ? CpuSet.of(v % topology.pcpus()) : CpuSet.first(topology.pcpus());
            threads[v] = scheduler.newThread(v, allowed);
            scheduler.fork(scheduler.rq(placement.selectFork(threads[v])), threads[v]);
        }
        for (int p = 0; p < busyNs.length; p++) {
            schedule(p);
        }
    }

    /** A quarter of a millisecond. */
    void step() {
        for (int p = 0; p < busyNs.length; p++) {
            busyNs[p] += scheduler.rq(p).curr() == null ? 0 : STEP_NS;
        }
        now += STEP_NS;
        scheduler.setClock(now);
        if (scheduler.nextPeriodNs() <= now) {
            scheduler.period();
        }
        for (int p = 0; p < busyNs.length; p++) {
            RunQueue rq = scheduler.rq(p);
            // All charges fall on the same moments, so that what ran adds up.
            scheduler.updateCurr(rq);
            if ((now / STEP_NS + p) % 16 == 0 && rq.curr() != null) {
                scheduler.tick(rq);
                balancer.tick(rq);
            }
        }
        act();
        boolean asked = true;
        while (asked) {
            asked = false;
            for (int p = 0; p < busyNs.length; p++) {
                if (scheduler.rq(p).needResched()) {
                    // May bring threads to a pCPU already looked at.
                    schedule(p);
                    asked = true;
                }
            }
        }
    }

    private void act() {
        int v = random.nextInt(threads.length);
        Entity thread = threads[v];
        RunQueue rq = scheduler.rq(random.nextInt(busyNs.length));
        Entity curr = rq.curr();
        int what = random.nextInt(4);
        if (blocked[v]) {
            wake(thread, curr);
        } else if (what == 0 && curr != null) {
            scheduler.block(rq, curr);
            blocked[curr.vcpu] = true;
            rq.resched();
        } else if (what == 1
                && curr != null
                && thread.runnable()
                && scheduler.rq(thread.pcpu()).curr() != thread) {
            if (scheduler.yieldTo(rq, thread)) {
                scheduler.rq(thread.pcpu()).resched();
                rq.resched();
            }
        }
    }

    private void wake(Entity thread, Entity waker) {
        blocked[thread.vcpu] = false;
        if (!scheduler.wakeDelayed(thread)) {
            int me = waker == null ? thread.pcpu() : waker.pcpu();
            scheduler.wake(scheduler.rq(placement.select(thread, waker, me)), thread);
        }
        scheduler.wakeupPreempt(scheduler.rq(thread.pcpu()), thread, WakeFlags.FROM_THREAD);
    }

    private void schedule(int p) {
        RunQueue rq = scheduler.rq(p);
        rq.clearNeedResched();
        balancer.push(rq);
        Entity next = scheduler.pickNext(rq);
        if (next == null && balancer.newidle(rq)) {
            next = scheduler.pickNext(rq);
        }
        rq.clearNeedResched();
        if (next != rq.curr()) {
            scheduler.switchTo(rq, next);
            if (next != null) {
                balancer.running(rq);
            }
        }
    }
}
