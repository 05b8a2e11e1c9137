package plescope.replay.engine;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.kvm.Vcpu;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuState;
import plescope.replay.scheduler.Entity;
import plescope.replay.scheduler.LoadBalancer;
import plescope.replay.scheduler.RunQueue;
import plescope.replay.scheduler.WakePlacement;

/** {@code schedule()} and what leads to it: wake-ups, reschedule IPIs, directed yields, VM entry. */
final class Dispatcher {
    private final Simulation sim;
    private final Machine machine;
    private final WakePlacement placement;
    private final LoadBalancer balancer;
    private final BlockerOracle oracle;

    Dispatcher(Simulation sim, BlockerOracle oracle) {
        this.sim = sim;
        this.machine = sim.machine;
        this.oracle = oracle;
        this.placement = new WakePlacement(machine.scheduler);
        this.balancer = new LoadBalancer(
                machine.scheduler,
                (vcpu, from, to) -> machine.policy.mayPull(machine.guests[vcpu].vcpu, from, to),
                (vcpu, to) -> machine.recorder.moved(vcpu, to, machine.now));
    }

    LoadBalancer balancer() {
        return balancer;
    }

    /** A vCPU thread starts its life, on the pCPU the host model names, else where fork places it. */
    void fork(Guest guest) {
        int home = machine.host.startPcpu(guest.index);
        RunQueue rq = machine.scheduler.rq(home >= 0 ? home : placement.selectFork(guest.thread));
        machine.scheduler.fork(rq, guest.thread);
        sim.state(guest, VcpuState.WAITING);
        if (machine.pcpus[rq.pcpu()].current == null) {
            kick(machine.pcpus[rq.pcpu()]);
        }
    }

    /** {@code try_to_wake_up}; the waker is null for a timer or device. */
    void wake(Guest guest, Guest waker) {
        int me = (waker == null ? guest : waker).thread.pcpu();
        guest.blocked = false;
        guest.wokenFromBlock = true;
        guest.vcpu.wake();
        machine.recorder.wakeup(guest, waker, me, machine.now);
        Entity thread = guest.thread;
        if (!machine.scheduler.wakeDelayed(thread)) {
            int chosen = placement.select(thread, waker == null ? null : waker.thread, me);
            int pcpu = machine.policy.selectPcpu(guest.vcpu, chosen);
            machine.scheduler.wake(machine.scheduler.rq(thread.allows(pcpu) ? pcpu : chosen), thread);
        }
        sim.state(guest, VcpuState.WAITING);
        RunQueue rq = machine.scheduler.rq(thread.pcpu());
        machine.scheduler.wakeupPreempt(rq, thread);
        kickIfAsked(machine.pcpus[rq.pcpu()]);
    }

    /** Sends a reschedule IPI if the pCPU is asked to reschedule. */
    void kickIfAsked(Pcpu pcpu) {
        if (pcpu.rq.needResched()) {
            kick(pcpu);
        }
    }

    /** Sends the pCPU an interrupt; one on its way is enough. */
    void kick(Pcpu pcpu) {
        int slot = machine.slots.kick(pcpu.id);
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
            case GUEST -> interrupt(pcpu, machine.costs.exitNs());
            case HALT_POLL -> {
                if (pcpu.rq.needResched()) {
                    sim.halts.block(pcpu);
                }
            }
            case EXIT, HOST_STEP, ON_SPIN, SWITCH_IN, HALT_EXIT -> {
                // The request stands.
            }
        }
    }

    /** A host interrupt forces the guest out for {@code ns}. */
    void interrupt(Pcpu pcpu, long ns) {
        sim.guestMode.exit(pcpu, Family.INTERRUPT);
        pcpu.phase = Phase.EXIT;
        machine.startTimer(pcpu, pcpu.rq.needResched() ? Math.max(ns, machine.costs.switchOutNs()) : ns);
    }

    /** The way into the guest, where a reschedule request is honoured and host work is finished first. */
    void enter(Pcpu pcpu) {
        if (pcpu.rq.needResched() && schedule(pcpu)) {
            return;
        }
        Guest guest = pcpu.current;
        if (guest.hostLeftNs > 0) {
            pcpu.phase = Phase.HOST_STEP;
            machine.startTimer(pcpu, guest.hostLeftNs);
        } else {
            sim.guestMode.enter(pcpu);
        }
    }

    /** {@code kvm_vcpu_on_spin}: scan, yield, and what the scheduler makes of it. */
    void directedYield(Pcpu pcpu) {
        Guest guest = pcpu.current;
        Vcpu target = machine.onSpin.onSpin(guest.vcpu, pcpu.rq);
        if (target != null) {
            if (target.pcpu() != pcpu.id) {
                kickIfAsked(machine.pcpus[target.pcpu()]);
            }
            if (schedule(pcpu)) {
                return;
            }
            machine.onSpin.resume(guest.vcpu);
        }
        pcpu.phase = Phase.EXIT;
        machine.startTimer(pcpu, Math.max(0, machine.costs.pauseExitNs() - machine.costs.switchOutNs()));
    }

    /** Whether another thread, or none, now has the pCPU; where the pick is the running thread, nothing has happened. */
    boolean schedule(Pcpu pcpu) {
        RunQueue rq = pcpu.rq;
        rq.clearNeedResched();
        Entity next = machine.scheduler.pickNext(rq);
        if (next == null && balancer.newidle(rq)) {
            next = machine.scheduler.pickNext(rq);
        }
        rq.clearNeedResched();
        if (next != null) {
            next = oracle.inPlaceOf(next, pcpu);
        }
        if (next != null && next == rq.curr()) {
            return false;
        }
        contextSwitch(pcpu, next == null ? null : machine.guests[next.vcpu]);
        return true;
    }

    /** {@code context_switch} with KVM's preempt notifiers; null is the idle task. */
    void contextSwitch(Pcpu pcpu, Guest next) {
        Guest prev = pcpu.current;
        if (prev != null) {
            switchOut(prev, next);
        }
        machine.scheduler.switchTo(pcpu.rq, next == null ? null : next.thread);
        machine.recorder.contextSwitch(pcpu.id, prev, next, machine.now);
        pcpu.current = next;
        if (next == null) {
            pcpu.phase = Phase.IDLE;
            machine.queue.cancel(machine.slots.timer(pcpu.id));
            return;
        }
        balancer.running(pcpu.rq);
        sim.ticks().ensure(pcpu);
        switchIn(pcpu, next);
    }

    private void switchOut(Guest prev, Guest next) {
        boolean runnable = prev.thread.runnable();
        prev.vcpu.schedOut(runnable);
        machine.policy.onSchedOut(prev.vcpu);
        Tristate hit = Tristate.UNKNOWN;
        if (prev.spinning && sim.edges.blocker(prev) != null) {
            hit = Tristate.of(next != null && sim.edges.waitsFor(prev, next));
        }
        machine.recorder.switchedOut(prev, next, hit, machine.now);
        sim.state(prev, runnable ? VcpuState.PREEMPTED : VcpuState.BLOCKED);
    }

    private void switchIn(Pcpu pcpu, Guest next) {
        next.vcpu.schedIn();
        machine.policy.onSchedIn(next.vcpu);
        machine.recorder.switchedIn(next, pcpu.id, machine.now);
        sim.halts.switchedIn(next);
        pcpu.phase = Phase.SWITCH_IN;
        machine.startTimer(pcpu, machine.costs.switchInNs());
    }
}
