package plescope.replay.engine;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.DirectedYield.Outcome;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;
import plescope.replay.workload.StepKind;

/**
 * Writes what happens as schedule rows. Intervals of equal state and pCPU merge; only spins with a PLE exit become episodes, as
 * in a recorded trace.
 */
final class Recorder {
    private final ScheduleSink out;
    private final Roster roster;
    private final ExitReasons reasons = new ExitReasons();
    private final VcpuState[] state;
    private final int[] statePcpu;
    private final long[] stateSince;
    private final OpenExit[] exits;
    private final List<List<DirectedYield>> yields = new ArrayList<>();
    private final List<Integer> vmOf = new ArrayList<>();
    private long episodes;

    Recorder(ScheduleSink out, Roster roster) {
        this.out = out;
        this.roster = roster;
        int vcpus = roster.vcpus().size();
        state = new VcpuState[vcpus];
        statePcpu = new int[vcpus];
        stateSince = new long[vcpus];
        exits = new OpenExit[vcpus];
        for (int v = 0; v < vcpus; v++) {
            exits[v] = new OpenExit();
            yields.add(new ArrayList<>());
            vmOf.add(roster.vcpus().get(v).vm());
        }
    }

    /** The vCPU is in that state from now on; a pCPU of -1 for none. */
    void state(int vcpu, VcpuState next, int pcpu, long now) {
        if (state[vcpu] == next && statePcpu[vcpu] == pcpu) {
            return;
        }
        flush(vcpu, now);
        state[vcpu] = next;
        statePcpu[vcpu] = pcpu;
    }

    /** A queued vCPU was moved to another pCPU. */
    void moved(int vcpu, int pcpu, long now) {
        state(vcpu, state[vcpu], pcpu, now);
    }

    private void flush(int vcpu, long now) {
        if (state[vcpu] != null && now > stateSince[vcpu]) {
            out.interval(new VcpuInterval(vcpu, state[vcpu], statePcpu[vcpu], stateSince[vcpu], now, Origin.SYNTHETIC));
        }
        stateSince[vcpu] = now;
    }

    /** The vCPU left guest mode after a run of {@code guestNs}. */
    void exit(Guest guest, int pcpu, Family family, long guestNs, long now) {
        OpenExit exit = exits[guest.index];
        exit.open = true;
        exit.pcpu = pcpu;
        exit.exitNs = now;
        exit.guestNs = guestNs;
        exit.window = guest.vcpu.window().units();
        exit.reason = reasons.of(family);
        exit.outcome = Outcome.NO_SWITCH;
        exit.successor = -1;
        exit.hitCulprit = false;
        exit.culpritKnown = false;
        exit.offCpuNs = 0;
        state(guest.index, VcpuState.HOST, pcpu, now);
    }

    /** A spin's PAUSE exit: the first one makes it an episode. */
    void pauseExit(Guest guest) {
        guest.totalPauseExits++;
        if (guest.pleExits++ == 0) {
            guest.episode = episodes++;
        }
    }

    /**
     * The vCPU lost its pCPU.
     *
     * @param next who got it, null for the idle task
     * @param hit whether {@code next} is whom the spinner waits for
     */
    void switchedOut(Guest guest, Guest next, Tristate hit, long now) {
        OpenExit exit = exits[guest.index];
        exit.switchedOutNs = now;
        if (exit.outcome != Outcome.NO_SWITCH) {
            // Preempted again before it could enter: the first successor is the answer to the exit.
            return;
        }
        exit.hitCulprit = hit == Tristate.YES;
        exit.culpritKnown = hit != Tristate.UNKNOWN;
        if (next == null) {
            exit.outcome = Outcome.IDLE;
        } else {
            exit.successor = next.index;
            exit.outcome = vmOf.get(next.index).equals(vmOf.get(guest.index)) ? Outcome.SIBLING : Outcome.OTHER_VM;
        }
    }

    void switchedIn(Guest guest, int pcpu, long now) {
        OpenExit exit = exits[guest.index];
        exit.offCpuNs += exit.open ? now - exit.switchedOutNs : 0;
        state(guest.index, VcpuState.HOST, pcpu, now);
    }

    /** VM entry: closes the exit. */
    void entry(Guest guest, long now) {
        closeExit(guest, now, Tristate.of(guest.waitsSpinning()));
    }

    private void closeExit(Guest guest, long entryNs, Tristate stillSpinning) {
        OpenExit exit = exits[guest.index];
        if (!exit.open) {
            return;
        }
        exit.open = false;
        out.vmExit(
                new VmExit(guest.index, exit.pcpu, exit.exitNs, entryNs, exit.reason, 0, exit.guestNs, exit.window, 0));
        if (exit.reason.isPause()) {
            yields.get(guest.index).add(yieldRow(guest, exit, entryNs, stillSpinning));
        }
    }

    private DirectedYield yieldRow(Guest guest, OpenExit exit, long entryNs, Tristate stillSpinning) {
        boolean switched = exit.outcome != Outcome.NO_SWITCH;
        Tristate hit = switched && !exit.culpritKnown ? Tristate.UNKNOWN : Tristate.of(exit.hitCulprit);
        int tid = exit.outcome == Outcome.IDLE ? 0 : exit.successor < 0 ? -1 : tid(exit.successor);
        long off = switched && entryNs < 0 ? -1 : exit.offCpuNs;
        return new DirectedYield(
                guest.episode,
                guest.index,
                exit.pcpu,
                exit.exitNs,
                exit.outcome,
                exit.successor,
                tid,
                off,
                stillSpinning,
                hit,
                0);
    }

    /** The spin is over: its episode, yields and wait, if it had a PLE exit. */
    void spinEnded(Guest guest, StepKind kind, SpinEpisode.End end, long now) {
        flush(guest.index, now);
        if (guest.pleExits == 0) {
            return;
        }
        out.episode(new SpinEpisode(
                guest.episode,
                guest.index,
                guest.spinStartNs,
                now,
                guest.pleExits,
                guest.spinNs,
                0,
                end,
                Origin.SYNTHETIC,
                0,
                0));
        List<DirectedYield> made = yields.get(guest.index);
        for (int i = 0; i < made.size(); i++) {
            out.directedYield(made.get(i));
        }
        made.clear();
        List<Wait.Candidate> candidates =
                guest.culprit < 0 ? List.of() : List.of(new Wait.Candidate(guest.culprit, 1.0, guest.releaseNs));
        out.waited(new Wait(guest.episode, cause(kind), 1.0, Wait.Evidence.DIRECT, candidates, List.of()));
    }

    private static Wait.Cause cause(StepKind kind) {
        return switch (kind) {
            case SPIN_UNTIL_WORK -> Wait.Cause.LOCK;
            case SPIN_UNTIL_ACKED -> Wait.Cause.IPI;
            case SPIN_FOR, COMPUTE, SEND_IPI, HOST, HALT_UNTIL_IPI, HALT_UNTIL_TIME -> Wait.Cause.UNKNOWN;
        };
    }

    /** An IPI row; {@code ackNs} is -1 for never. */
    void ipi(int sender, int receiver, long sentNs, long ackNs) {
        out.ipi(new Ipi(sender, receiver, 0, sentNs, ackNs, 0, 0));
    }

    /** A wake-up row; the waker is null for a timer or device. */
    void wakeup(Guest guest, Guest waker, int pcpu, long now) {
        Wakeup.Source source = waker == null ? Wakeup.Source.INTERRUPT : Wakeup.Source.SIBLING;
        int wakerVcpu = waker == null ? -1 : waker.index;
        out.wakeup(new Wakeup(guest.index, now, waker == null ? 0 : tid(wakerVcpu), wakerVcpu, pcpu, source, 0));
    }

    /** Either may be null, for the idle task. */
    void contextSwitch(int pcpu, Guest prev, Guest next, long now) {
        out.contextSwitch(pcpu, now, prev == null ? 0 : tid(prev.index), next == null ? 0 : tid(next.index));
    }

    /** The run is over: closes what is open. */
    void finish(Guest guest, long now) {
        closeExit(guest, -1, Tristate.UNKNOWN);
        if (guest.spinning) {
            spinEnded(guest, guest.kind(), SpinEpisode.End.UNKNOWN, now);
        }
        flush(guest.index, now);
    }

    private int tid(int vcpu) {
        return roster.vcpus().get(vcpu).tid();
    }
}
