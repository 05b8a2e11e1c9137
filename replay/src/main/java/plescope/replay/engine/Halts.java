package plescope.replay.engine;

import plescope.replay.model.VcpuState;

/** {@code kvm_vcpu_halt} and the sleep of 2.6.33 after a PAUSE exit: polling, blocking and the events that end them. */
final class Halts {
    private final Simulation sim;
    private final Machine machine;

    Halts(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
    }

    /** A HLT exit. */
    void exited(Pcpu pcpu) {
        pcpu.current.haltStartNs = machine.now;
        pcpu.current.halts++;
        pcpu.phase = Phase.HALT_EXIT;
        machine.startTimer(pcpu, machine.costs.exitNs());
    }

    /** The exit is handled: goes on if an interrupt came meanwhile, else polls or blocks. */
    void exitHandled(Pcpu pcpu) {
        VirtualCpu vcpu = pcpu.current;
        boolean forGood = vcpu.activity == Activity.SHUTDOWN;
        if (!forGood && (sim.interrupts.pending(vcpu) || machine.software.haltOver(vcpu.index))) {
            sim.dispatcher.enter(pcpu);
            return;
        }
        vcpu.vcpu.halt();
        long pollNs = forGood ? 0 : vcpu.vcpu.halting().ns();
        if (pollNs > 0 && pcpu.rq.nrRunning() == 1 && !pcpu.rq.needResched()) {
            pcpu.phase = Phase.HALT_POLL;
            sim.state(vcpu, VcpuState.HALT_POLL);
            machine.startTimer(pcpu, pollNs);
        } else {
            block(pcpu);
        }
    }

    /** The thread sleeps: polling is over or was not worth it. */
    void block(Pcpu pcpu) {
        VirtualCpu vcpu = pcpu.current;
        vcpu.blocked = true;
        sim.stacking.left(vcpu);
        machine.scheduler.block(pcpu.rq, vcpu.thread);
        if (!sim.dispatcher.schedule(pcpu)) {
            throw new IllegalStateException("a blocked thread was picked");
        }
    }

    /** {@code kvm_vcpu_on_spin} of 2.6.33: an hrtimer and the vCPU's own wait queue. */
    void sleep(Pcpu pcpu, long ns) {
        VirtualCpu vcpu = pcpu.current;
        vcpu.sleeping = true;
        machine.queue.schedule(machine.slots.of(Due.SLEEP, vcpu.index), machine.now + ns);
        block(pcpu);
    }

    /** Such a sleep is over. */
    void slept(VirtualCpu vcpu) {
        sim.dispatcher.wake(vcpu, null);
    }

    /** An interrupt is pending for a vCPU that is not in guest mode: ends a halt. The waker is null for a timer. */
    void interrupted(VirtualCpu vcpu, VirtualCpu waker) {
        if (vcpu.blocked) {
            sim.dispatcher.wake(vcpu, waker);
            return;
        }
        Pcpu pcpu = machine.pcpuOf(vcpu);
        if (pcpu.current == vcpu && pcpu.phase == Phase.HALT_POLL) {
            endHalt(vcpu);
            sim.state(vcpu, VcpuState.HOST);
            sim.dispatcher.enter(pcpu);
        }
    }

    /** A thread is on a pCPU again; if it had blocked, its halt or sleep ends only now. */
    void switchedIn(VirtualCpu vcpu) {
        if (!vcpu.wokenFromBlock) {
            return;
        }
        vcpu.wokenFromBlock = false;
        if (vcpu.sleeping) {
            vcpu.sleeping = false;
        } else {
            endHalt(vcpu);
        }
    }

    private void endHalt(VirtualCpu vcpu) {
        vcpu.vcpu.unhalt();
        vcpu.vcpu.halting().halted(machine.now - vcpu.haltStartNs);
    }
}
