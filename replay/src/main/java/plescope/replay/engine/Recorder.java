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
        out.entersState(vcpu, next, pcpu, now);
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
    void exit(VirtualCpu vcpu, int pcpu, Family family, long guestNs, long now) {
        OpenExit exit = exits[vcpu.index];
        exit.open = true;
        exit.pcpu = pcpu;
        exit.exitNs = now;
        exit.guestNs = guestNs;
        exit.window = vcpu.vcpu.window().units();
        exit.reason = reasons.of(family);
        exit.outcome = Outcome.NO_SWITCH;
        exit.successor = -1;
        exit.hitCulprit = false;
        exit.culpritKnown = false;
        exit.offCpuNs = 0;
        out.leavesGuest(vcpu.index, pcpu, now, family, guestNs, exit.window);
        state(vcpu.index, VcpuState.HOST, pcpu, now);
    }

    /** A spin's PAUSE exit: the first one makes it an episode. */
    void pauseExit(VirtualCpu vcpu) {
        vcpu.totalPauseExits++;
        if (vcpu.pleExits++ == 0) {
            vcpu.episode = episodes++;
        }
    }

    /**
     * The vCPU lost its pCPU.
     *
     * @param next who got it, null for the idle task
     * @param hit whether {@code next} is whom the spinner waits for
     */
    void switchedOut(VirtualCpu vcpu, VirtualCpu next, Tristate hit, long now) {
        OpenExit exit = exits[vcpu.index];
        exit.switchedOutNs = now;
        if (exit.outcome != Outcome.NO_SWITCH) {
            // Preempted again before it could enter: the first successor is the answer to the exit.
            return;
        }
        exit.hitCulprit = hit == Tristate.YES;
        exit.culpritKnown = hit != Tristate.UNKNOWN;
        if (next == null) {
            exit.outcome = vcpu.thread.runnable() && !vcpu.thread.throttled() ? Outcome.OTHER_THREAD : Outcome.IDLE;
        } else {
            exit.successor = next.index;
            exit.outcome = vmOf.get(next.index).equals(vmOf.get(vcpu.index)) ? Outcome.SIBLING : Outcome.OTHER_VM;
        }
    }

    void switchedIn(VirtualCpu vcpu, int pcpu, long now) {
        OpenExit exit = exits[vcpu.index];
        exit.offCpuNs += exit.open ? now - exit.switchedOutNs : 0;
        state(vcpu.index, VcpuState.HOST, pcpu, now);
    }

    /** VM entry: closes the exit. */
    void entry(VirtualCpu vcpu, long now) {
        out.entersGuest(vcpu.index, now);
        closeExit(vcpu, now, Tristate.of(vcpu.waitsSpinning()));
    }

    private void closeExit(VirtualCpu vcpu, long entryNs, Tristate stillSpinning) {
        OpenExit exit = exits[vcpu.index];
        if (!exit.open) {
            return;
        }
        exit.open = false;
        out.vmExit(
                new VmExit(vcpu.index, exit.pcpu, exit.exitNs, entryNs, exit.reason, 0, exit.guestNs, exit.window, 0));
        if (exit.reason.isPause()) {
            yields.get(vcpu.index).add(yieldRow(vcpu, exit, entryNs, stillSpinning));
        }
    }

    private DirectedYield yieldRow(VirtualCpu vcpu, OpenExit exit, long entryNs, Tristate stillSpinning) {
        boolean switched = exit.outcome != Outcome.NO_SWITCH;
        Tristate hit = switched && !exit.culpritKnown ? Tristate.UNKNOWN : Tristate.of(exit.hitCulprit);
        int tid = exit.outcome == Outcome.IDLE ? 0 : exit.successor < 0 ? -1 : tid(exit.successor);
        long off = switched && entryNs < 0 ? -1 : exit.offCpuNs;
        return new DirectedYield(
                vcpu.episode,
                vcpu.index,
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
    void spinEnded(VirtualCpu vcpu, SpinEpisode.End end, long now) {
        flush(vcpu.index, now);
        out.entersState(vcpu.index, state[vcpu.index], statePcpu[vcpu.index], now);
        if (vcpu.pleExits == 0) {
            return;
        }
        out.episode(new SpinEpisode(
                vcpu.episode,
                vcpu.index,
                vcpu.spinStartNs,
                now,
                vcpu.pleExits,
                vcpu.spinNs,
                0,
                end,
                Origin.SYNTHETIC,
                0,
                0));
        List<DirectedYield> made = yields.get(vcpu.index);
        for (int i = 0; i < made.size(); i++) {
            out.directedYield(made.get(i));
        }
        made.clear();
        List<Wait.Candidate> candidates =
                vcpu.culprit < 0 ? List.of() : List.of(new Wait.Candidate(vcpu.culprit, 1.0, vcpu.releaseNs));
        out.waited(new Wait(vcpu.episode, vcpu.cause, 1.0, Wait.Evidence.DIRECT, candidates, List.of()));
    }

    /** An IPI is on its way; its row comes when it was handled. */
    void ipiSent(int sender, int receiver, int vector, long now) {
        out.sendsIpi(sender, receiver, vector, now);
    }

    /** An IPI row; {@code ackNs} is -1 for never. */
    void ipi(int sender, int receiver, int vector, long sentNs, long ackNs) {
        out.ipi(new Ipi(sender, receiver, vector, sentNs, ackNs, 0, 0));
    }

    /** A wake-up row; the waker is null for a timer or device. */
    void wakeup(VirtualCpu vcpu, VirtualCpu waker, int pcpu, long now) {
        Wakeup.Source source = waker == null ? Wakeup.Source.INTERRUPT : Wakeup.Source.SIBLING;
        int wakerVcpu = waker == null ? -1 : waker.index;
        out.wakeup(new Wakeup(vcpu.index, now, waker == null ? 0 : tid(wakerVcpu), wakerVcpu, pcpu, source, 0));
    }

    /** Either may be null, for the idle task. */
    void contextSwitch(int pcpu, VirtualCpu prev, VirtualCpu next, long now) {
        out.contextSwitch(pcpu, now, prev == null ? 0 : tid(prev.index), next == null ? 0 : tid(next.index));
    }

    /** The run is over: closes what is open. */
    void finish(VirtualCpu vcpu, long now) {
        closeExit(vcpu, -1, Tristate.UNKNOWN);
        if (vcpu.spinning) {
            spinEnded(vcpu, SpinEpisode.End.UNKNOWN, now);
        }
        flush(vcpu.index, now);
    }

    private int tid(int vcpu) {
        return roster.vcpus().get(vcpu).tid();
    }
}
