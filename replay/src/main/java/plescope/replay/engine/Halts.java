package plescope.replay.engine;

import plescope.replay.model.VcpuState;
import plescope.replay.workload.StepKind;

/** {@code kvm_vcpu_halt}: polling, blocking and the events that end a halt. */
final class Halts {
    private final Simulation sim;
    private final Machine machine;

    Halts(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
    }

    /** Whether the guest's HALT step has what it waits for. A vCPU out of steps halts for good. */
    boolean over(Guest guest) {
        if (guest.outOfSteps()) {
            return false;
        }
        if (guest.haltCut) {
            return true;
        }
        return guest.kind() == StepKind.HALT_UNTIL_TIME
                ? machine.now >= guest.work.ns(guest.step)
                : sim.edges.sent(guest.work.ref(guest.step));
    }

    /** A HLT exit. */
    void exited(Pcpu pcpu) {
        pcpu.current.haltStartNs = machine.now;
        pcpu.phase = Phase.HALT_EXIT;
        machine.startTimer(pcpu, machine.costs.exitNs());
    }

    /** The exit is handled: goes on if there is something to do, else polls or blocks. */
    void exitHandled(Pcpu pcpu) {
        Guest guest = pcpu.current;
        if (over(guest) || sim.edges.undelivered(guest)) {
            sim.dispatcher.enter(pcpu);
            return;
        }
        guest.vcpu.halt();
        if (!guest.outOfSteps() && guest.kind() == StepKind.HALT_UNTIL_TIME) {
            machine.queue.schedule(machine.slots.wake(guest.index), guest.work.ns(guest.step));
        }
        long pollNs = guest.vcpu.halting().ns();
        if (pollNs > 0 && pcpu.rq.nrRunning() == 1 && !pcpu.rq.needResched()) {
            pcpu.phase = Phase.HALT_POLL;
            sim.state(guest, VcpuState.HALT_POLL);
            machine.startTimer(pcpu, pollNs);
        } else {
            block(pcpu);
        }
    }

    /** Polling is over or was not worth it: the thread sleeps. */
    void block(Pcpu pcpu) {
        Guest guest = pcpu.current;
        guest.blocked = true;
        machine.scheduler.block(pcpu.rq, guest.thread);
        if (!sim.dispatcher.schedule(pcpu)) {
            throw new IllegalStateException("a blocked thread was picked");
        }
    }

    /** The time a vCPU may be halted for has come. */
    void timeCame(Guest guest) {
        guest.vcpu.postInterrupt();
        interrupted(guest, null);
    }

    /** An interrupt is pending for a vCPU that is not in guest mode: ends a halt. The waker is null for a timer. */
    void interrupted(Guest guest, Guest waker) {
        Pcpu pcpu = machine.pcpuOf(guest);
        if (guest.blocked) {
            sim.dispatcher.wake(guest, waker);
        } else if (pcpu.current == guest && pcpu.phase == Phase.HALT_POLL) {
            endHalt(guest);
            sim.state(guest, VcpuState.HOST);
            sim.dispatcher.enter(pcpu);
        }
    }

    /** Gives up the wait of a blocked vCPU for an IPI that nobody will send. */
    void cut(Guest guest) {
        machine.brokenEdges++;
        guest.haltCut = true;
        sim.dispatcher.wake(guest, null);
    }

    /** A thread is on a pCPU again; if it had blocked, its halt ends only now. */
    void switchedIn(Guest guest) {
        if (guest.wokenFromBlock) {
            guest.wokenFromBlock = false;
            endHalt(guest);
        }
    }

    private void endHalt(Guest guest) {
        guest.vcpu.unhalt();
        guest.vcpu.halting().halted(machine.now - guest.haltStartNs);
        machine.queue.cancel(machine.slots.wake(guest.index));
    }
}
