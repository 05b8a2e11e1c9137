package plescope.replay.engine;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.kvm.Vcpu;

/** What a vCPU does in the host to have another one run: after PAUSE exits and on its guest's request. */
final class Yields {
    private final Simulation sim;
    private final Machine machine;

    Yields(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
    }

    /** {@code handle_pause}, once the exit is through. */
    void pauseExit(Pcpu pcpu) {
        switch (machine.policy.spinAnswer()) {
            case DIRECTED_YIELD -> onSpin(pcpu);
            case PLAIN_YIELD -> {
                machine.scheduler.yieldCurrent(pcpu.rq);
                giveWay(pcpu, machine.costs.pauseExitNs());
            }
            case SLEEP -> sim.halts.sleep(pcpu, machine.policy.spinSleepNs());
        }
    }

    /** A hypercall that names whom to run; s390's diag 44 names nobody. */
    void hypercall(Pcpu pcpu) {
        VirtualCpu vcpu = pcpu.current;
        if (vcpu.yieldTarget < 0) {
            onSpin(pcpu);
            return;
        }
        Vcpu target = machine.vcpus[vcpu.yieldTarget].vcpu;
        boolean yielded = vcpu.family == Family.HYPERCALL
                ? machine.onSpin.schedYield(vcpu.vcpu, pcpu.rq, target)
                : machine.onSpin.yieldDirected(vcpu.vcpu, pcpu.rq, target);
        if (yielded) {
            reschedule(target, pcpu);
            giveWay(pcpu, machine.costs.exitNs());
        } else {
            goBack(pcpu, machine.costs.exitNs());
        }
    }

    /** {@code kvm_vcpu_on_spin}: scan, yield, and what the scheduler makes of it. */
    private void onSpin(Pcpu pcpu) {
        Vcpu target = machine.onSpin.onSpin(pcpu.current.vcpu, pcpu.rq);
        if (target != null) {
            reschedule(target, pcpu);
            giveWay(pcpu, machine.costs.pauseExitNs());
        } else {
            goBack(pcpu, machine.costs.pauseExitNs());
        }
    }

    private void reschedule(Vcpu target, Pcpu local) {
        if (target.pcpu() != local.id) {
            sim.dispatcher.kickIfAsked(machine.pcpus[target.pcpu()]);
        }
    }

    private void giveWay(Pcpu pcpu, long exitNs) {
        VirtualCpu vcpu = pcpu.current;
        if (!sim.dispatcher.schedule(pcpu)) {
            machine.onSpin.resume(vcpu.vcpu);
            goBack(pcpu, exitNs);
        }
    }

    /** The rest of an exit whose first part took as long as leaving for a context switch. */
    private void goBack(Pcpu pcpu, long exitNs) {
        pcpu.phase = Phase.EXIT;
        machine.startTimer(pcpu, Math.max(0, exitNs - machine.costs.switchOutNs()));
    }
}
