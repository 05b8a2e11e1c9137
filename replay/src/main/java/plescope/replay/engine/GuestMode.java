package plescope.replay.engine;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.engine.Guest.Mode;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuState;
import plescope.replay.workload.StepKind;

/** What guests do in guest mode: works off steps, spins, takes interrupts, and leaves when a step or the loop demands it. */
final class GuestMode {
    private final Simulation sim;
    private final Machine machine;

    GuestMode(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
    }

    /** {@code vcpu_enter_guest}: injects interrupts and goes on with the guest's step. */
    void enter(Pcpu pcpu) {
        Guest guest = pcpu.current;
        machine.policy.onEntry(guest.vcpu);
        machine.recorder.entry(guest, machine.now);
        guest.vcpu.enterGuest();
        sim.edges.deliver(guest);
        guest.entryNs = machine.now;
        guest.loopNs = 0;
        pcpu.phase = Phase.GUEST;
        pcpu.settledNs = machine.now;
        resume(pcpu);
    }

    /** Leaves guest mode; the caller sets the phase that follows. */
    void exit(Pcpu pcpu, Family family) {
        settle(pcpu);
        pcpu.phase = Phase.EXIT;
        Guest guest = pcpu.current;
        machine.recorder.exit(guest, pcpu.id, family, machine.now - guest.entryNs, machine.now);
    }

    /** Books guest time up to now. */
    void settle(Pcpu pcpu) {
        long spent = machine.now - pcpu.settledNs;
        if (spent > 0) {
            pcpu.current.spend(spent);
            pcpu.settledNs = machine.now;
        }
    }

    /** Something is due in the guest: an acknowledgement, somebody's release, the end of the step or of the PLE window. */
    void advance(Pcpu pcpu) {
        settle(pcpu);
        Guest guest = pcpu.current;
        sim.edges.acknowledge(guest);
        sim.edges.workDone(guest);
        resume(pcpu);
    }

    /** What {@code spinner} waits for has happened: it notices at once in guest mode, else when it next gets there. */
    void satisfied(Guest spinner) {
        spinner.satisfied = true;
        if (machine.inGuest(spinner)) {
            Pcpu pcpu = machine.pcpuOf(spinner);
            settle(pcpu);
            resume(pcpu);
        }
    }

    /** Works off steps until one takes time or leaves guest mode. */
    private void resume(Pcpu pcpu) {
        Guest guest = pcpu.current;
        while (pcpu.current == guest && pcpu.inGuest()) {
            if (guest.outOfSteps()) {
                finish(guest);
                idleInGuest(pcpu, guest);
                return;
            }
            boolean over =
                    switch (guest.kind()) {
                        case COMPUTE -> compute(pcpu, guest);
                        case SPIN_UNTIL_WORK, SPIN_UNTIL_ACKED, SPIN_FOR -> spin(pcpu, guest);
                        case SEND_IPI -> send(guest);
                        case HOST -> host(pcpu, guest);
                        case HALT_UNTIL_IPI, HALT_UNTIL_TIME -> halt(pcpu, guest);
                    };
            if (!over) {
                return;
            }
            guest.step++;
            guest.stepDone = 0;
        }
    }

    private boolean compute(Pcpu pcpu, Guest guest) {
        guest.mode = Mode.COMPUTE;
        if (guest.stepDone >= guest.work.ns(guest.step)) {
            return true;
        }
        stay(pcpu, guest, VcpuState.GUEST);
        return false;
    }

    private boolean send(Guest guest) {
        sim.edges.send(guest.work.ref(guest.step), guest);
        return true;
    }

    /** The step is counted as done here; its host time is spent before the next entry. */
    private boolean host(Pcpu pcpu, Guest guest) {
        exit(pcpu, ExitReasons.family(guest.work.ref(guest.step)));
        guest.hostLeftNs = guest.work.ns(guest.step);
        pcpu.phase = Phase.HOST_STEP;
        machine.startTimer(pcpu, guest.hostLeftNs);
        return true;
    }

    private boolean halt(Pcpu pcpu, Guest guest) {
        if (guest.haltTaken && sim.halts.over(guest)) {
            guest.haltTaken = false;
            guest.haltCut = false;
            return true;
        }
        guest.haltTaken = true;
        sim.edges.workDone(guest);
        idleInGuest(pcpu, guest);
        return false;
    }

    /** Nothing to do: handles interrupts that are still to be acknowledged, then halts. */
    private void idleInGuest(Pcpu pcpu, Guest guest) {
        if (sim.edges.unacked(guest)) {
            guest.mode = Mode.HANDLER;
            stay(pcpu, guest, VcpuState.GUEST);
        } else {
            exit(pcpu, Family.HALT);
            sim.halts.exited(pcpu);
        }
    }

    private void finish(Guest guest) {
        if (guest.finished) {
            return;
        }
        guest.finished = true;
        sim.edges.workDone(guest);
        if (machine.endedBy < 0 && endsRun(guest)) {
            machine.endedBy = guest.index;
        }
    }

    /** Whether the vCPU has at least 5 % of the work of its VM's busiest. */
    private boolean endsRun(Guest guest) {
        long largest = 0;
        for (Guest other : machine.guests) {
            if (other.vcpu.vm() == guest.vcpu.vm()) {
                largest = Math.max(largest, other.work.totalWorkNs());
            }
        }
        long work = guest.work.totalWorkNs();
        return work > 0 && work >= largest / 20;
    }

    private boolean spin(Pcpu pcpu, Guest guest) {
        if (!guest.spinning) {
            beginSpin(guest);
        }
        if (guest.satisfied || spinTimeOver(guest)) {
            endSpin(guest, guest.cut ? SpinEpisode.End.UNKNOWN : SpinEpisode.End.PROGRESS);
            return true;
        }
        guest.mode = Mode.SPIN;
        if (machine.pleOn && guest.loopNs >= guest.vcpu.window().ns()) {
            pauseExit(pcpu, guest);
            return false;
        }
        stay(pcpu, guest, VcpuState.SPINNING);
        return false;
    }

    private void beginSpin(Guest guest) {
        guest.spinning = true;
        guest.spinStartNs = machine.now;
        guest.spinNs = 0;
        guest.loopNs = 0;
        guest.pleExits = 0;
        guest.culprit = -1;
        guest.releaseNs = -1;
        int ref = guest.work.ref(guest.step);
        long ns = guest.work.ns(guest.step);
        guest.cut = false;
        guest.satisfied = switch (guest.kind()) {
            case SPIN_UNTIL_WORK -> sim.edges.reachedOrWait(guest, ref, ns);
            case SPIN_UNTIL_ACKED -> sim.edges.ackedOrWait(guest, ref, ns);
            case SPIN_FOR, COMPUTE, SEND_IPI, HOST, HALT_UNTIL_IPI, HALT_UNTIL_TIME -> false;
        };
        if (!guest.satisfied && sim.edges.closesRing(guest)) {
            sim.edges.cut(guest);
        }
    }

    private static boolean spinTimeOver(Guest guest) {
        return switch (guest.kind()) {
            case SPIN_FOR -> guest.spinNs >= guest.work.ns(guest.step);
            case SPIN_UNTIL_WORK, SPIN_UNTIL_ACKED, COMPUTE, SEND_IPI, HOST, HALT_UNTIL_IPI, HALT_UNTIL_TIME -> false;
        };
    }

    private void endSpin(Guest guest, SpinEpisode.End end) {
        machine.recorder.spinEnded(guest, guest.kind(), end, machine.now);
        guest.spinning = false;
        guest.satisfied = false;
    }

    /** {@code handle_pause}, up to the scan. */
    private void pauseExit(Pcpu pcpu, Guest guest) {
        exit(pcpu, Family.PAUSE);
        machine.recorder.pauseExit(guest);
        guest.vcpu.window().grow();
        pcpu.phase = Phase.ON_SPIN;
        machine.startTimer(pcpu, machine.costs.switchOutNs());
    }

    private void stay(Pcpu pcpu, Guest guest, VcpuState state) {
        machine.recorder.state(guest.index, state, pcpu.id, machine.now);
        startTimer(pcpu);
    }

    /** Sets the timer to whatever is due first in guest mode. */
    void startTimer(Pcpu pcpu) {
        Guest guest = pcpu.current;
        long due = sim.edges.untilAck(guest);
        switch (guest.mode) {
            case COMPUTE -> {
                due = Math.min(due, guest.work.ns(guest.step) - guest.stepDone);
                due = Math.min(due, sim.edges.leastAwaited(guest) - guest.offset);
            }
            case SPIN -> {
                if (machine.pleOn) {
                    due = Math.min(due, guest.vcpu.window().ns() - guest.loopNs);
                }
                if (guest.kind() == StepKind.SPIN_FOR) {
                    due = Math.min(due, guest.work.ns(guest.step) - guest.spinNs);
                }
            }
            case HANDLER -> {
                // Only the acknowledgement is due.
            }
        }
        if (due == Long.MAX_VALUE) {
            machine.queue.cancel(machine.slots.timer(pcpu.id));
        } else {
            machine.startTimer(pcpu, due);
        }
    }
}
