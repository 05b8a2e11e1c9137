package plescope.replay.engine;

import java.util.Arrays;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.GuestSoftware;
import plescope.replay.guest.Privilege;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuState;

/**
 * Guest mode: does what the software told, takes interrupts, and leaves when an order or the PAUSE loop demands it.
 *
 * <p>The software may change other vCPUs while it is asked about one; those in guest mode then go on right after the call, in the
 * order they were changed, each with all that follows from it at this moment, before the one that was asked. They wait on a stack,
 * so that software is never called from within its own calls.
 */
final class GuestMode {
    /** Orders without any duration at one moment after which the software is taken to go round in circles. */
    private static final int MOST_STEPS_AT_ONCE = 10_000_000;

    private static final int NOBODY = -1;

    private final Simulation sim;
    private final Machine machine;
    private final GuestSoftware software;
    private int[] attention = new int[64];
    private int waiting;

    /** pCPU whose vCPU's software is being called, -1 between calls: it goes on after the call in any case. */
    private int asked = NOBODY;

    GuestMode(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
        this.software = machine.software;
    }

    /** {@code vcpu_enter_guest}: injects interrupts and goes on with what the vCPU was told. */
    void enter(Pcpu pcpu) {
        VirtualCpu vcpu = pcpu.current;
        machine.policy.onEntry(vcpu.vcpu);
        machine.recorder.entry(vcpu, machine.now);
        vcpu.vcpu.enterGuest();
        sim.interrupts.deliver(vcpu);
        vcpu.entryNs = machine.now;
        vcpu.loopNs = 0;
        pcpu.phase = Phase.GUEST;
        pcpu.settledNs = machine.now;
        push(pcpu.id);
    }

    /** Leaves guest mode; the caller sets the phase that follows. */
    void exit(Pcpu pcpu, Family family) {
        settle(pcpu);
        pcpu.phase = Phase.EXIT;
        VirtualCpu vcpu = pcpu.current;
        machine.recorder.exit(vcpu, pcpu.id, family, machine.now - vcpu.entryNs, machine.now);
    }

    /** Books guest time up to now. */
    void settle(Pcpu pcpu) {
        long spent = machine.now - pcpu.settledNs;
        if (spent > 0) {
            pcpu.current.spend(spent, sim.interrupts.delay(pcpu.current));
            pcpu.settledNs = machine.now;
        }
    }

    /** Books guest time of a vCPU that may be in guest mode. */
    void settle(VirtualCpu vcpu) {
        if (machine.inGuest(vcpu)) {
            settle(machine.pcpuOf(vcpu));
        }
    }

    /** Something is due in the guest, or has changed: goes on with it before time does. */
    void attend(Pcpu pcpu) {
        if (pcpu.id != asked) {
            push(pcpu.id);
        }
    }

    /** The same for a vCPU, if it is in guest mode. */
    void attend(VirtualCpu vcpu) {
        if (machine.inGuest(vcpu)) {
            attend(machine.pcpuOf(vcpu));
        }
    }

    private void push(int pcpu) {
        if (waiting == attention.length) {
            attention = Arrays.copyOf(attention, 2 * waiting);
        }
        attention[waiting++] = pcpu;
    }

    /** Goes on until every guest does something that takes time, or is out of guest mode. */
    void settleAll() {
        for (int steps = 0; waiting > 0; steps++) {
            if (steps > MOST_STEPS_AT_ONCE) {
                VirtualCpu vcpu = machine.pcpus[attention[waiting - 1]].current;
                throw new IllegalStateException("software of vCPU " + (vcpu == null ? -1 : vcpu.index)
                        + " goes on and on at " + machine.now + "ns without using time");
            }
            step(machine.pcpus[attention[--waiting]]);
        }
    }

    private void step(Pcpu pcpu) {
        VirtualCpu vcpu = pcpu.current;
        if (!pcpu.inGuest()) {
            return;
        }
        settle(pcpu);
        if (sim.interrupts.untilHandled(vcpu) <= 0) {
            int own = beginCall(pcpu);
            sim.interrupts.handled(vcpu);
            endCall(own);
        } else if (sim.interrupts.delay(vcpu)) {
            stay(pcpu, vcpu, VcpuState.GUEST);
        } else if (over(vcpu)) {
            proceed(pcpu, vcpu);
        } else {
            begin(pcpu, vcpu);
        }
    }

    private void proceed(Pcpu pcpu, VirtualCpu vcpu) {
        if (vcpu.spinning) {
            endSpin(vcpu, vcpu.cut ? SpinEpisode.End.UNKNOWN : SpinEpisode.End.PROGRESS);
        }
        vcpu.activity = Activity.NONE;
        int own = beginCall(pcpu);
        software.proceed(vcpu.index);
        if (vcpu.activity == Activity.NONE) {
            throw new IllegalStateException("vCPU " + vcpu.index + " was told nothing");
        }
        endCall(own);
    }

    private int beginCall(Pcpu pcpu) {
        int own = waiting;
        push(pcpu.id);
        asked = pcpu.id;
        return own;
    }

    /** Whoever was changed first goes on first, whoever was asked last. */
    private void endCall(int own) {
        asked = NOBODY;
        for (int low = own + 1, high = waiting - 1; low < high; low++, high--) {
            int swapped = attention[low];
            attention[low] = attention[high];
            attention[high] = swapped;
        }
    }

    void endSpin(VirtualCpu vcpu, SpinEpisode.End end) {
        machine.recorder.spinEnded(vcpu, end, machine.now);
        vcpu.endSpin();
    }

    /** Whether the vCPU is through with what it was told; to be in guest mode again ends a halt and whatever led out of it. */
    private boolean over(VirtualCpu vcpu) {
        return switch (vcpu.activity) {
            case NONE -> true;
            case COMPUTE -> vcpu.leftNs <= 0;
            case SPIN -> spinOver(vcpu);
            case HALT -> !vcpu.fresh && !vcpu.haltDelayed;
            case EXIT, YIELD -> !vcpu.fresh;
            case SHUTDOWN -> false;
        };
    }

    private boolean spinOver(VirtualCpu vcpu) {
        if (vcpu.fresh) {
            vcpu.beginSpin(machine.now);
        }
        return vcpu.released || vcpu.leftNs <= 0;
    }

    private void begin(Pcpu pcpu, VirtualCpu vcpu) {
        vcpu.fresh = false;
        switch (vcpu.activity) {
            case COMPUTE -> stay(pcpu, vcpu, VcpuState.GUEST);
            case SPIN -> spin(pcpu, vcpu);
            case HALT -> halt(pcpu, vcpu);
            case EXIT -> hostStep(pcpu, vcpu);
            case YIELD -> yieldHypercall(pcpu, vcpu);
            case SHUTDOWN -> {
                exit(pcpu, Family.HALT);
                sim.halts.exited(pcpu);
            }
            case NONE -> throw new IllegalStateException("vCPU " + vcpu.index + " has nothing to do");
        }
    }

    private void spin(Pcpu pcpu, VirtualCpu vcpu) {
        if (exitsForPause(vcpu) && vcpu.loopNs >= vcpu.vcpu.window().ns()) {
            pauseExit(pcpu, vcpu);
        } else {
            stay(pcpu, vcpu, VcpuState.SPINNING);
            sim.oracle.spins(pcpu);
        }
    }

    /** VMX: "PAUSE-loop exiting" works at CPL 0 only. */
    private boolean exitsForPause(VirtualCpu vcpu) {
        return machine.pleOn && vcpu.privilege == Privilege.KERNEL;
    }

    /** Handles interrupts that are on their way or in service, then halts. */
    private void halt(Pcpu pcpu, VirtualCpu vcpu) {
        if (sim.interrupts.any(vcpu)) {
            vcpu.haltDelayed = !software.haltOver(vcpu.index);
            if (vcpu.haltDelayed) {
                stay(pcpu, vcpu, VcpuState.GUEST);
            } else {
                push(pcpu.id);
            }
        } else {
            exit(pcpu, Family.HALT);
            sim.halts.exited(pcpu);
        }
    }

    private void hostStep(Pcpu pcpu, VirtualCpu vcpu) {
        exit(pcpu, vcpu.family);
        pcpu.phase = Phase.HOST_STEP;
        machine.startTimer(pcpu, vcpu.hostLeftNs);
    }

    private void yieldHypercall(Pcpu pcpu, VirtualCpu vcpu) {
        exit(pcpu, vcpu.family);
        pcpu.phase = Phase.YIELD_CALL;
        machine.startTimer(pcpu, machine.costs.switchOutNs());
    }

    /** {@code handle_pause}, up to the scan. */
    private void pauseExit(Pcpu pcpu, VirtualCpu vcpu) {
        exit(pcpu, Family.PAUSE);
        machine.recorder.pauseExit(vcpu);
        vcpu.vcpu.window().rebase(machine.pleBase(vcpu));
        vcpu.vcpu.window().grow();
        pcpu.phase = Phase.ON_SPIN;
        machine.startTimer(pcpu, machine.costs.switchOutNs());
    }

    private void stay(Pcpu pcpu, VirtualCpu vcpu, VcpuState state) {
        machine.recorder.state(vcpu.index, state, pcpu.id, machine.now);
        startTimer(pcpu);
    }

    /** Sets the timer to whatever is due first in guest mode. */
    void startTimer(Pcpu pcpu) {
        VirtualCpu vcpu = pcpu.current;
        long due = sim.interrupts.untilHandled(vcpu);
        if (!sim.interrupts.delay(vcpu)) {
            due = Math.min(due, untilOver(vcpu));
        }
        if (due == Long.MAX_VALUE) {
            machine.queue.cancel(machine.slots.of(Due.PCPU, pcpu.id));
        } else {
            machine.startTimer(pcpu, due);
        }
    }

    /** Guest time until the vCPU is through with what it does, or its PAUSE loop exits; {@code Long.MAX_VALUE} for never. */
    private long untilOver(VirtualCpu vcpu) {
        return switch (vcpu.activity) {
            case COMPUTE -> vcpu.leftNs + vcpu.refillNs;
            case SPIN ->
                exitsForPause(vcpu) ? Math.min(vcpu.leftNs, vcpu.vcpu.window().ns() - vcpu.loopNs) : vcpu.leftNs;
            case NONE, HALT, EXIT, YIELD, SHUTDOWN -> Long.MAX_VALUE;
        };
    }
}
