package plescope.replay.engine;

import java.util.BitSet;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuState;
import plescope.replay.scheduler.Entity;
import plescope.replay.scheduler.LoadBalancer;
import plescope.replay.scheduler.RunQueue;
import plescope.replay.scheduler.WakeFlags;
import plescope.replay.scheduler.WakePlacement;

/** {@code schedule()} and what leads to it: wake-ups, reschedule IPIs, host interrupts, VM entry. */
final class Dispatcher {
    private final Simulation sim;
    private final Machine machine;
    private final WakePlacement placement;
    private final LoadBalancer balancer;
    private final CacheLoss caches;

    /** pCPUs that may have been asked to reschedule: so that a tick need not look at all. */
    private final BitSet maybeAsked = new BitSet();

    Dispatcher(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
        this.caches = new CacheLoss(machine);
        this.placement = new WakePlacement(
                machine.scheduler,
                (woken, waker) -> machine.policy.wakesAffine(machine.vcpus[woken].vcpu, machine.vcpus[waker].vcpu));
        this.balancer = new LoadBalancer(
                machine.scheduler,
                (vcpu, from, to) -> machine.policy.mayPull(machine.vcpus[vcpu].vcpu, from, to),
                new Moves());
    }

    /** What the balancer does to other pCPUs. */
    private final class Moves implements LoadBalancer.MigrationListener {
        @Override
        public void migrated(int vcpu, int to) {
            moved(machine.vcpus[vcpu]);
        }

        @Override
        public void wantsPush(int pcpu) {
            kickIfAsked(machine.pcpus[pcpu]);
        }
    }

    /**
     * Load balancing at a tick of {@code pcpu}; other pCPUs that are still asked to reschedule, by that or from before, are
     * reminded [I].
     */
    void balance(Pcpu pcpu) {
        balancer.tick(pcpu.rq);
        for (int other = maybeAsked.nextSetBit(0); other >= 0; other = maybeAsked.nextSetBit(other + 1)) {
            if (!machine.pcpus[other].rq.needResched()) {
                maybeAsked.clear(other);
            } else if (other != pcpu.id) {
                kick(machine.pcpus[other]);
            }
        }
    }

    /** {@code sched_cfs_period_timer}: groups with a quota get run time again, and pCPUs idle without them wake up. */
    void period() {
        machine.scheduler.period();
        for (Pcpu pcpu : machine.pcpus) {
            kickIfAsked(pcpu);
        }
        schedulePeriod();
    }

    void schedulePeriod() {
        long next = machine.scheduler.nextPeriodNs();
        if (next != Long.MAX_VALUE) {
            machine.queue.schedule(machine.slots.of(Due.PERIOD), next);
        }
    }

    /** The scheduler was active on that pCPU and may have asked it to reschedule. */
    void touched(Pcpu pcpu) {
        maybeAsked.set(pcpu.id);
    }

    /** A vCPU thread starts its life, on the pCPU the host model names, else where fork places it. */
    void fork(VirtualCpu vcpu) {
        int home = machine.host.startPcpu(vcpu.index);
        RunQueue rq = machine.scheduler.rq(home >= 0 ? home : placement.selectFork(vcpu.thread));
        machine.scheduler.fork(rq, vcpu.thread);
        sim.stacking.joined(vcpu);
        sim.state(vcpu, VcpuState.WAITING);
        if (machine.pcpus[rq.pcpu()].current == null) {
            kick(machine.pcpus[rq.pcpu()]);
        }
    }

    /** {@code try_to_wake_up}; the waker is null for a timer or device. */
    void wake(VirtualCpu vcpu, VirtualCpu waker) {
        int me = (waker == null ? vcpu : waker).thread.pcpu();
        vcpu.blocked = false;
        vcpu.wokenFromBlock = true;
        vcpu.vcpu.wake(machine.now);
        if (vcpu.sleeping) {
            machine.queue.cancel(machine.slots.of(Due.SLEEP, vcpu.index));
        }
        machine.recorder.wakeup(vcpu, waker, me, machine.now);
        Entity thread = vcpu.thread;
        int flags = waker == null ? WakeFlags.NONE : WakeFlags.FROM_THREAD;
        if (!machine.scheduler.wakeDelayed(thread)) {
            machine.scheduler.wake(machine.scheduler.rq(placeWoken(vcpu, waker, me)), thread);
            flags |= thread.pinned() ? WakeFlags.NONE : WakeFlags.SELECTED;
        }
        sim.stacking.joined(vcpu);
        sim.state(vcpu, VcpuState.WAITING);
        RunQueue rq = machine.scheduler.rq(thread.pcpu());
        machine.scheduler.wakeupPreempt(rq, thread, flags);
        kickIfAsked(machine.pcpus[rq.pcpu()]);
    }

    private int placeWoken(VirtualCpu vcpu, VirtualCpu waker, int me) {
        Entity thread = vcpu.thread;
        int before = thread.pcpu();
        int chosen = placement.select(thread, waker == null ? null : waker.thread, me);
        int pcpu = machine.policy.selectPcpu(vcpu.vcpu, chosen);
        int placed = thread.allows(pcpu) ? pcpu : chosen;
        if (placed != before) {
            vcpu.migrations++;
        }
        return placed;
    }

    /** A queued thread was moved to another run queue and stays queued. */
    void moved(VirtualCpu vcpu) {
        touched(machine.pcpuOf(vcpu));
        changedPcpu(vcpu);
        machine.recorder.moved(vcpu.index, vcpu.thread.pcpu(), machine.now);
    }

    /** A runnable thread is on another run queue. */
    void changedPcpu(VirtualCpu vcpu) {
        vcpu.migrations++;
        touched(machine.pcpus[sim.stacking.left(vcpu)]);
        sim.stacking.joined(vcpu);
    }

    /** Sends a reschedule IPI if the pCPU is asked to reschedule. */
    void kickIfAsked(Pcpu pcpu) {
        touched(pcpu);
        if (pcpu.rq.needResched()) {
            kick(pcpu);
        }
    }

    /** Sends the pCPU an interrupt; one on its way is enough. */
    void kick(Pcpu pcpu) {
        int slot = machine.slots.of(Due.KICK, pcpu.id);
        if (!machine.queue.scheduled(slot)) {
            machine.queue.schedule(slot, machine.now + machine.costs.reschedIpiNs());
        }
    }

    /** That interrupt arrives. In the other phases the request is seen before the next entry anyway. */
    void kicked(Pcpu pcpu) {
        switch (pcpu.phase) {
            case IDLE -> {
                if (pcpu.rq.nrRunning() > 0) {
                    schedule(pcpu);
                }
            }
            case GUEST -> {
                if (!posted(pcpu)) {
                    interrupt(pcpu, machine.costs.exitNs());
                }
            }
            case HALT_POLL -> {
                if (pcpu.rq.needResched()) {
                    sim.halts.block(pcpu);
                }
            }
            case OTHER_THREAD, EXIT, HOST_STEP, ON_SPIN, YIELD_CALL, SWITCH_IN, HALT_EXIT -> {
                // The request stands.
            }
        }
    }

    /** Posted interrupts: a notification that finds its vCPU in guest mode needs no exit. */
    private boolean posted(Pcpu pcpu) {
        if (!machine.host.kvm().apicv() || pcpu.rq.needResched() || !sim.interrupts.pending(pcpu.current)) {
            return false;
        }
        sim.guestMode.settle(pcpu);
        sim.interrupts.deliver(pcpu.current);
        sim.guestMode.attend(pcpu);
        return true;
    }

    /** A host interrupt forces the guest out for {@code ns}. */
    void interrupt(Pcpu pcpu, long ns) {
        sim.guestMode.exit(pcpu, Family.INTERRUPT);
        pcpu.phase = Phase.EXIT;
        machine.startTimer(pcpu, pcpu.rq.needResched() ? Math.max(ns, machine.costs.switchOutNs()) : ns);
    }

    /** The way into the guest, where a reschedule request is honoured and host work is finished first. */
    void enter(Pcpu pcpu) {
        if (pcpu.wantedNs > 0) {
            sim.otherThreads.run(pcpu);
            return;
        }
        if (pcpu.rq.needResched() && schedule(pcpu)) {
            return;
        }
        VirtualCpu vcpu = pcpu.current;
        if (vcpu.hostLeftNs > 0) {
            pcpu.phase = Phase.HOST_STEP;
            machine.startTimer(pcpu, vcpu.hostLeftNs);
        } else {
            sim.guestMode.enter(pcpu);
        }
    }

    /** Whether another thread, or none, now has the pCPU; where the pick is the running thread, nothing has happened. */
    boolean schedule(Pcpu pcpu) {
        RunQueue rq = pcpu.rq;
        touched(pcpu);
        rq.clearNeedResched();
        int pushedTo = balancer.push(rq);
        Entity next = machine.scheduler.pickNext(rq);
        if (next == null && balancer.newidle(rq)) {
            next = machine.scheduler.pickNext(rq);
        }
        rq.clearNeedResched();
        if (next != null) {
            next = policysPick(pcpu, sim.oracle.inPlaceOf(next, pcpu));
        }
        if (next != null && next == rq.curr()) {
            sim.limits.begin(pcpu);
            return false;
        }
        contextSwitch(pcpu, next == null ? null : machine.vcpus[next.vcpu]);
        if (pushedTo >= 0) {
            kickIfAsked(machine.pcpus[pushedTo]);
        }
        return true;
    }

    private Entity policysPick(Pcpu pcpu, Entity picked) {
        Entity current = pcpu.rq.curr();
        int running = current != null && current.runnable() ? current.vcpu : -1;
        int chosen = machine.policy.pick(pcpu.id, picked.vcpu, running);
        if (chosen == picked.vcpu) {
            return picked;
        }
        Entity thread = machine.vcpus[chosen].thread;
        if (!thread.runnable() || thread.pcpu() != pcpu.id) {
            throw new IllegalStateException("a policy picked vCPU " + chosen + " for pCPU " + pcpu.id
                    + ", where it neither runs nor is queued");
        }
        return thread.throttled() ? picked : thread;
    }

    /** {@code context_switch} with KVM's preempt notifiers; null is the idle task. */
    void contextSwitch(Pcpu pcpu, VirtualCpu next) {
        VirtualCpu prev = pcpu.current;
        if (prev != null) {
            switchOut(pcpu, prev, next);
        }
        machine.scheduler.switchTo(pcpu.rq, next == null ? null : next.thread);
        machine.recorder.contextSwitch(pcpu.id, prev, next, machine.now);
        pcpu.current = next;
        if (next == null) {
            pcpu.phase = Phase.IDLE;
            pcpu.wantedNs = 0;
            machine.queue.cancel(machine.slots.of(Due.PCPU, pcpu.id));
            sim.limits.idle(pcpu);
            return;
        }
        balancer.running(pcpu.rq);
        sim.ticks.ensure(pcpu);
        sim.limits.begin(pcpu);
        switchIn(pcpu, next);
    }

    private void switchOut(Pcpu pcpu, VirtualCpu prev, VirtualCpu next) {
        boolean runnable = prev.thread.runnable();
        boolean critical = sim.interrupts.any(prev) || machine.software.critical(prev.index);
        prev.vcpu.schedOut(runnable, sim.interrupts.inKernel(prev), critical, machine.now);
        machine.policy.onSchedOut(prev.vcpu);
        caches.switchedOut(pcpu, prev);
        Tristate hit = Tristate.UNKNOWN;
        if (prev.spinning && machine.software.blocker(prev.index) >= 0) {
            hit = Tristate.of(next != null && machine.software.waitsFor(prev.index, next.index));
        }
        machine.recorder.switchedOut(prev, next, hit, machine.now);
        sim.state(prev, runnable ? VcpuState.PREEMPTED : VcpuState.BLOCKED);
    }

    private void switchIn(Pcpu pcpu, VirtualCpu next) {
        next.switches++;
        next.vcpu.window().rebase(machine.pleBase(next));
        next.vcpu.schedIn(machine.now);
        machine.policy.onSchedIn(next.vcpu);
        caches.switchedIn(pcpu, next);
        machine.recorder.switchedIn(next, pcpu.id, machine.now);
        sim.halts.switchedIn(next);
        pcpu.phase = Phase.SWITCH_IN;
        machine.startTimer(pcpu, machine.costs.switchInNs());
    }
}
