package plescope.replay.spin;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.ExitReason;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.replay.model.Origin;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;

/**
 * Tells spin from work in the guest runs of one vCPU.
 *
 * <p>Hardware counts a PLE window from VM entry, and afresh whenever the loop is left. So a run that ends in a PAUSE exit has
 * exactly one window of spin at its end; a run longer than that began with something else: the vCPU had moved on.
 */
final class VcpuSpin {
    /** Intervals between an exit and the next entry; a VMM that sleeps and wakes without entering is cut here. */
    private static final int MAX_HELD = 4_096;

    private final int vcpu;
    private final SpinStage stage;
    private final SpinOptions options;
    private final ScheduleSink out;
    private final VcpuHistory history;
    private final SpinSampling sampling = new SpinSampling();

    private final List<VcpuInterval> held = new ArrayList<>();
    private KvmExit exit;
    private boolean settled = true;
    private long entryNs = -1;
    private long entryLine;
    private long workFromNs;
    private long cutNs;
    private long undecidedNs;
    /** When the loop that the run began in was left at the latest, if it was. */
    private long leftLoopBy;

    private int window;

    private Episode episode;
    private boolean injected;
    private boolean injectedAtEntry;
    private boolean sentIpi;
    private boolean inService;
    private long servicedNs;

    VcpuSpin(int vcpu, VcpuHistory history, SpinStage stage, SpinOptions options, ScheduleSink out) {
        this.vcpu = vcpu;
        this.history = history;
        this.stage = stage;
        this.options = options;
        this.out = out;
    }

    void interval(VcpuInterval interval) {
        if (exit != null) {
            settle();
            held.add(interval);
            if (held.size() > MAX_HELD) {
                flush(-1);
            }
        } else if (interval.state() == VcpuState.GUEST) {
            held.add(interval);
        } else {
            flush(-1);
            out.interval(interval);
        }
    }

    void entered(KvmEntry entry) {
        settle();
        flush(entry.timestampNs());
        entryNs = entry.timestampNs();
        entryLine = entry.line();
        injectedAtEntry = injected;
        injected = false;
        sentIpi = false;
        if (episode != null && episode.lastYield() != null) {
            episode.lastYield().reentered = true;
        }
        history.guest.entered(entryNs);
    }

    void injected() {
        injected = true;
    }

    void sentIpi() {
        sentIpi = true;
    }

    void exited(KvmExit now, int windowInForce) {
        if (exit != null) {
            settle();
            flush(-1);
        }
        exit = now;
        window = windowInForce;
        cutNs = now.timestampNs();
        workFromNs = entryNs;
        settled = false;
        if (now.reason().isPause()) {
            settle();
        }
    }

    void switchedOut(SchedSwitch event, int nextVcpu, boolean blocked) {
        settle();
        if (exit != null && exit.reason().isPause() && episode != null && episode.lastYield() != null) {
            episode.lastYield().switchedOut(event, nextVcpu);
        }
        history.off.switchedOut(event.timestampNs(), event.line(), blocked, episode != null);
        if (episode != null && exit != null && !exit.reason().isPause()) {
            episode.preempted = !blocked;
        }
    }

    void switchedIn(SchedSwitch event) {
        history.off.switchedIn(event.timestampNs(), event.line());
        Episode.Yield last = episode == null ? null : episode.lastYield();
        if (last != null && last.outNs >= 0 && last.inNs < 0) {
            last.inNs = event.timestampNs();
        }
    }

    /** The log is torn here: what was open ends unknown. */
    void broken(long nowNs) {
        settle();
        flush(-1);
        leftLoopBy = Long.MAX_VALUE;
        endEpisode(SpinEpisode.End.UNKNOWN, Math.max(nowNs, episode == null ? nowNs : episode.lastSpinNs), nowNs, 0);
        entryNs = -1;

        injected = false;
        sentIpi = false;
    }

    /** Decides once per exit, when all events of that exit are known, what its guest run was. */
    private void settle() {
        if (settled || exit == null) {
            return;
        }
        settled = true;
        long exitNs = exit.timestampNs();
        long runNs = entryNs < 0 ? -1 : Math.max(0, exitNs - entryNs);
        undecidedNs = 0;
        leftLoopBy = episode == null ? Long.MAX_VALUE : leftLoopBy(stage.windowNs(episode.loop, window));
        if (exit.reason().family() == ExitReason.Family.INTERRUPT) {
            sampling.sampled(stage.loopAround(exit.guestRip()) != null);
        }
        if (exit.reason().isPause()) {
            settlePause(exitNs, runNs);
        } else if (episode != null) {
            settleOther(exitNs, Math.max(0, runNs));
        } else if (exit.reason().family() == ExitReason.Family.INTERRUPT) {
            SpinLoop loop = stage.loopAround(exit.guestRip());
            if (loop != null) {
                // A host interrupt samples the guest: it is waiting again, since when is not known.
                episode = stage.start(vcpu, loop, exitNs, exit);
                history.waits.waits(loop, exitNs);
            }
        }
        if (runNs >= 0) {
            sampling.ran(runNs, undecidedNs > 0 ? 0 : Math.max(0, cutNs - Math.max(entryNs, workFromNs)), undecidedNs);
            long leftNs = Math.min(workFromNs, leftLoopBy);
            if (episode != null && leftNs > entryNs) {
                history.guest.spun(entryNs, Math.min(cutNs, leftNs));
            }
            history.guest.worked(Math.min(cutNs, Math.max(entryNs, leftNs)), cutNs);
            if (cutNs < exitNs && episode != null) {
                history.guest.spun(cutNs, exitNs);
            }

            stage.ran(vcpu, entryNs, exitNs, exit.line());
        }
        emitHeld();
    }

    private void settlePause(long exitNs, long runNs) {
        SpinLoop loop = stage.loopAt(exit.guestRip());
        long full = stage.windowNs(loop, window);
        long windowNs = full == 0 ? Math.max(0, runNs) : full;
        long spunNs = runNs < 0 ? 0 : Math.min(runNs, windowNs);
        boolean beganInLoop = episode != null && episode.loop == loop && runNs >= 0 && !inService && !injectedAtEntry;
        boolean goesOn = episode != null && episode.loop == loop && runNs >= 0 && isPureSpin(runNs, windowNs);
        if (goesOn && episode.yields.size() < Episode.MAX_EXITS) {
            // A handler may have run before the loop; else the rest over the window is clock and entry cost.
            boolean handlerFirst = inService || injectedAtEntry;
            cutNs = handlerFirst ? exitNs - spunNs : entryNs;
            episode.pauseExit(exit, exitNs - cutNs);
        } else {
            cutNs = exitNs - spunNs;
            workFromNs = startOfWork(loop);
            if (episode != null) {
                episode.spinNs += workFromNs - startOfRun();
            }
            endEpisode(goesOn ? SpinEpisode.End.UNKNOWN : SpinEpisode.End.PROGRESS, workFromNs, cutNs, exit.line());

            episode = stage.start(vcpu, loop, cutNs, exit);
            history.waits.waits(loop, cutNs);
            episode.pauseExit(exit, spunNs);
        }
        if (beganInLoop && (goesOn || sampling.known())) {
            stage.windowSpun(vcpu, entryNs, runNs - (goesOn ? 0 : cutNs - workFromNs), window);
        }
        inService = false;
        servicedNs = 0;
    }

    /** Where the work of a run begins that ends in a PAUSE exit but is longer than its window. */
    private long startOfWork(SpinLoop loop) {
        boolean beganInLoop = episode != null && episode.loop == loop && entryNs >= 0 && !inService;
        return beganInLoop ? cutNs - workWithin(loop, cutNs - entryNs) : startOfRun();
    }

    /**
     * How much of a stretch that began inside a loop was work: first the vCPU may have waited on. By sampling where host
     * interrupts say enough; else one usual turn of work; else all of it.
     */
    private long workWithin(SpinLoop loop, long stretchNs) {
        undecidedNs = stretchNs;
        long handlerNs = injectedAtEntry ? options.interruptNs() : 0;
        long turnNs = stage.workPerTurnNs(loop);
        long workNs = stretchNs;
        if (sampling.known()) {
            workNs = handlerNs + stretchNs * sampling.workPartsPerMillion() / 1_000_000;
        } else if (turnNs > 0) {
            workNs = handlerNs + Math.max(turnNs, leastWorkNs(loop, stretchNs, turnNs));
        }
        // It did move on: there was work, if only a little.
        return Math.min(stretchNs, Math.max(1, workNs));
    }

    /** Turns one after the other, each with as much spin before it as a window lets pass: no less of the stretch is work. */
    private long leastWorkNs(SpinLoop loop, long stretchNs, long turnNs) {
        // Microseconds keep the product within 64 bits.
        return stretchNs / 1000 * turnNs / Math.max(1, turnNs + stage.windowNs(loop, window)) * 1000;
    }

    private boolean isPureSpin(long runNs, long windowNs) {
        long tolerance = stage.toleranceNs(windowNs) + (injectedAtEntry || inService ? options.interruptNs() : 0);
        return runNs - windowNs <= tolerance;
    }

    /** A run that ended for another reason while the vCPU was last seen spinning. */
    private void settleOther(long exitNs, long runNs) {
        long windowNs = stage.windowNs(episode.loop, window);
        ExitReason.Family family = exit.reason().family();
        boolean tooLong = windowNs > 0 && !isPureSpin(runNs, windowNs);
        if (family == ExitReason.Family.HALT) {
            endEpisode(tooLong ? SpinEpisode.End.PROGRESS : SpinEpisode.End.HALT, startOfRun(), exitNs, exit.line());
        } else if (tooLong && family == ExitReason.Family.INTERRUPT && episode.loop.contains(exit.guestRip())) {
            settleTurnInside(exitNs, runNs, windowNs);
        } else if (tooLong) {
            settleMovedOn(exitNs, runNs);
        } else if (episode.loop.contains(exit.guestRip())) {
            cutNs = exitNs - runNs;
            episode.spun(exitNs, runNs);
            inService = false;
        } else if (!sentIpi && (injectedAtEntry || inService) && servicedNs + runNs <= options.serviceNs()) {
            // The guest takes interrupts while it spins; handlers exit to write EOI and timer registers.
            inService = true;
            servicedNs += runNs;
        } else {
            settleMovedOn(exitNs, runNs);
        }
    }

    /** A run that ended outside the loop: it may have begun with more of the wait. */
    private void settleMovedOn(long exitNs, long runNs) {
        workFromNs = inService || runNs == 0 ? startOfRun() : exitNs - workWithin(episode.loop, runNs);
        episode.spinNs += workFromNs - startOfRun();
        endEpisode(SpinEpisode.End.PROGRESS, workFromNs, exitNs, exit.line());
    }

    /** A run that began and ended inside the loop but is longer than its window: one turn of work lies somewhere within. */
    private void settleTurnInside(long exitNs, long runNs, long windowNs) {
        SpinLoop loop = episode.loop;
        long spunNs = runNs - workWithin(loop, runNs - windowNs);
        cutNs = exitNs - spunNs / 2;
        workFromNs = exitNs - runNs + (spunNs - spunNs / 2);
        episode.spinNs += spunNs - spunNs / 2;
        endEpisode(SpinEpisode.End.PROGRESS, workFromNs, cutNs, exit.line());
        episode = stage.start(vcpu, loop, cutNs, exit);
        history.waits.waits(loop, cutNs);
        episode.spun(exitNs, exitNs - cutNs);
    }

    /** Had the run gone on in its loop until then, the window would have been full and ended it. */
    private long leftLoopBy(long windowNs) {
        if (windowNs == 0 || entryNs < 0 || inService) {
            return Long.MAX_VALUE;
        }
        return entryNs + windowNs + stage.toleranceNs(windowNs) + (injectedAtEntry ? options.interruptNs() : 0);
    }

    private long startOfRun() {
        return entryNs < 0 ? exit.timestampNs() : entryNs;
    }

    private void endEpisode(SpinEpisode.End end, long atNs, long latestNs, long line) {
        if (episode == null) {
            return;
        }
        long latest = Math.min(latestNs, leftLoopBy);
        episode.close(end, Math.max(atNs, episode.lastSpinNs), Math.max(latest, episode.lastSpinNs), line);
        if (end != SpinEpisode.End.UNKNOWN) {
            long earliest = Math.max(startOfRun(), episode.lastSpinNs);
            history.waits.left(episode.loop, episode.startNs, Math.min(episode.endNs, earliest), entryLine);
        }
        history.waits.waitsNoMore();
        stage.ended(episode);
        episode = null;
        inService = false;
        servicedNs = 0;
    }

    /** Passes on the exit and what followed it; its handling ended at {@code nextEntryNs}, -1 unknown. */
    private void flush(long nextEntryNs) {
        if (exit != null) {
            emitExit(nextEntryNs);
        }
        emitHeld();
        exit = null;
    }

    private void emitHeld() {
        for (VcpuInterval interval : held) {
            emitSplit(interval);
        }
        held.clear();
    }

    private void emitExit(long nextEntryNs) {
        long exitNs = exit.timestampNs();
        long guestNs = entryNs < 0 ? -1 : Math.max(0, exitNs - entryNs);
        out.vmExit(new VmExit(
                vcpu, exit.pcpu(), exitNs, nextEntryNs, exit.reason(), exit.guestRip(), guestNs, window, exit.line()));
        // The next exit's run begins at its own entry.
        entryNs = -1;
    }

    private void emitSplit(VcpuInterval i) {
        boolean splits = exit != null
                && i.state() == VcpuState.GUEST
                && i.endNs() == exit.timestampNs()
                && (cutNs < i.endNs() || workFromNs > i.startNs());
        if (!splits) {
            out.interval(i);
            return;
        }
        long cut = Math.max(cutNs, i.startNs());
        long work = Math.max(i.startNs(), Math.min(workFromNs, cut));
        emitPart(i, VcpuState.SPINNING, i.startNs(), work);
        emitPart(i, VcpuState.GUEST, work, cut);
        emitPart(i, VcpuState.SPINNING, cut, i.endNs());
    }

    private void emitPart(VcpuInterval whole, VcpuState state, long fromNs, long toNs) {
        if (toNs > fromNs) {
            out.interval(new VcpuInterval(vcpu, state, whole.pcpu(), fromNs, toNs, Origin.INFERRED));
        }
    }
}
