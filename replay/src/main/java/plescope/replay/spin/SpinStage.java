package plescope.replay.spin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.Eoi;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.MsrAccess;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/** Routes the timeline to each vCPU's spin tracker and judges ended episodes once their siblings' events are in. */
final class SpinStage implements TimelineSink {
    /** Ended episodes that wait for judgement; beyond it the oldest is judged with what is known. */
    private static final int MAX_WAITING = 65_536;
    /** The same for their PLE exits: 70 MB, which takes a clock that stands still. */
    private static final int MAX_WAITING_EXITS = 1 << 20;

    /** {@code MSR_IA32_TSC_DEADLINE}. */
    private static final int TSC_DEADLINE = 0x6e0;

    private final SpinOptions options;
    private final Calibration calibration;
    private final PleWindows windows;
    private final IpiTracker ipis;
    private final WakeEdges wakeEdges;
    private final WaitJudge judge;
    private final EpisodeReporter reporter;
    private final ScheduleSink out;
    private final WindowStretch stretch = new WindowStretch();
    private final VcpuHistories histories = new VcpuHistories();
    private final List<VcpuSpin> vcpus = new ArrayList<>();
    private VmGrouping grouping = VmGrouping.NONE;
    private final Deque<Episode> ended = new ArrayDeque<>();
    private int waitingExits;
    private long episodes;
    private long pauseExits;
    private long unknownEnds;

    SpinStage(SpinOptions options, GuestSymbols symbols, Calibration calibration, ScheduleSink out) {
        this.options = options;
        this.calibration = calibration;
        this.out = out;
        this.windows = new PleWindows(calibration.rules);
        this.ipis = new IpiTracker(options.handlerNs(), calibration, out);
        this.wakeEdges = new WakeEdges(ipis, out);
        this.judge = new WaitJudge(symbols, ipis, calibration.rules, histories);
        this.reporter = new EpisodeReporter(new YieldJudge(calibration.rules, histories), out);
    }

    @Override
    public void interval(VcpuInterval interval) {
        vcpu(interval.vcpu()).interval(interval);
    }

    @Override
    public void vcpuEvent(int index, TraceEvent event) {
        switch (event.kind()) {
            case KVM_ENTRY -> entered(index, (KvmEntry) event);
            case KVM_EXIT -> exited(index, (KvmExit) event);
            case PLE_WINDOW_UPDATE -> windows.updated(index, (PleWindowUpdate) event);
            case APIC_IPI -> {
                vcpu(index).sentIpi();
                ipis.sent(index, (ApicIpi) event);
            }
            case APIC_ACCEPT_IRQ -> ipis.accepted(index, (ApicAcceptIrq) event);
            case INJECTED_VIRQ -> {
                vcpu(index).injected();
                ipis.injected(index, ((InjectedVirq) event).vector());
                wakeEdges.injected(index, (InjectedVirq) event);
            }
            case EOI -> ipis.acknowledged(index, (Eoi) event);
            case MSR_ACCESS -> {
                wakeEdges.wroteMsr(index, (MsrAccess) event);
                msr(index, (MsrAccess) event);
            }
            case VCPU_WAKEUP,
                    HALT_POLL_WINDOW,
                    SCHED_SWITCH,
                    SCHED_WAKE,
                    SCHED_MIGRATE,
                    SCHED_STAT,
                    HYPERCALL,
                    HOST_IPI,
                    HOST_INTERRUPT,
                    EVENTS_LOST,
                    THREAD_NAMED,
                    OTHER -> {
                // Seen as intervals, or of no meaning for spin.
            }
        }
        judgeUntil(event.timestampNs() - options.holdBackNs());
    }

    private void msr(int index, MsrAccess access) {
        if (access.index() == TSC_DEADLINE && access.write() && access.data() != 0) {
            out.timerArmed(index, access.timestampNs(), access.data());
        }
    }

    @Override
    public void entered(int index, KvmEntry entry) {
        vcpu(index).entered(entry);
        wakeEdges.entered(index, entry.timestampNs());
        ipis.entered(index, entry.timestampNs(), entry.line());
        judgeUntil(entry.timestampNs() - options.holdBackNs());
    }

    @Override
    public void exited(int index, KvmExit exit) {
        vcpu(index).exited(exit, windows.window(index));
        judge.sawExit(index, exit);
        if (exit.reason().isPause()) {
            pauseExits++;
            windows.pauseExit(index);
        }
        judgeUntil(exit.timestampNs() - options.holdBackNs());
    }

    @Override
    public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {
        if (prevVcpu >= 0) {
            boolean blocked = event.prevState() != TaskState.RUNNABLE && event.prevState() != TaskState.PREEMPTED;
            vcpu(prevVcpu).switchedOut(event, nextVcpu, blocked);
        }
        if (nextVcpu >= 0) {
            windows.switchedIn(nextVcpu);
            vcpu(nextVcpu).switchedIn(event);
            histories.switchIns.add(event.timestampNs(), nextVcpu);
        }
        out.contextSwitch(event.pcpu(), event.timestampNs(), event.prevTid(), event.nextTid());
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        out.wakeup(wakeup);
        wakeEdges.wakeup(wakeup);
    }

    @Override
    public void broken(int vcpu, long timeNs, long line) {
        vcpu(vcpu).broken(timeNs);
        wakeEdges.broken(vcpu);
        ipis.broken(vcpu);
    }

    @Override
    public void grouped(VmGrouping now) {
        grouping = now;
        histories.upTo(now.vcpus());
        ipis.grouped(now);
        judge.grouped(now);
        reporter.grouped(now);
    }

    /** Everything has been said: judge what is left. */
    void finish(long endNs) {
        for (int vcpu = 0; vcpu < vcpus.size(); vcpu++) {
            vcpus.get(vcpu).broken(endNs);
            wakeEdges.broken(vcpu);
        }
        ipis.finish();
        judgeUntil(Long.MAX_VALUE);
    }

    SpinSummary summary() {
        return new SpinSummary(
                calibration.loops.all().unitPicos(),
                stretch.meanUnitPicos(),
                calibration.loops.all().samples(),
                pauseExits == 0 ? 0 : calibration.rules.base(),
                calibration.rules.events,
                pauseExits,
                episodes,
                unknownEnds,
                calibration.loops.size(),
                ipis.ipis(),
                ipis.unacknowledged());
    }

    SpinLoop loopAt(long rip) {
        return calibration.loops.at(rip);
    }

    /** The well-known loop this address lies in, null where there is none. */
    SpinLoop loopAround(long rip) {
        return calibration.loops.around(rip);
    }

    long windowNs(SpinLoop loop, int window) {
        return calibration.loops.windowNs(loop, window);
    }

    long toleranceNs(long windowNs) {
        return options.toleranceNs(windowNs, calibration.fineClock);
    }

    long workPerTurnNs(SpinLoop loop) {
        return calibration.loops.workPerTurnNs(loop);
    }

    /** A run that began in a loop has ended in its PAUSE exit after {@code spunNs} of spinning. */
    void windowSpun(int vcpu, long entryNs, long spunNs, int window) {
        for (int other : grouping.sameVm(vcpu)) {
            if (other != vcpu && histories.of(other).guest.since(entryNs)) {
                return;
            }
        }
        stretch.spun(spunNs, window);
    }

    Episode start(int vcpu, SpinLoop loop, long startNs, KvmExit exit) {
        return new Episode(vcpu, loop, startNs, exit, ipis.lastSet(vcpu, startNs));
    }

    void ended(Episode episode) {
        if (episode.isEmpty()) {
            return;
        }
        episode.id = episodes++;
        if (episode.end == SpinEpisode.End.UNKNOWN) {
            unknownEnds++;
        }
        episode.loop.waited(ipis.anyUnhandledAt(episode.ipis, episode.startNs));
        ended.addLast(episode);
        waitingExits += episode.yields.size();
    }

    /** A guest run that did not end in the middle of a handler: whoever ran may have taken its IPIs. */
    void ran(int vcpu, long fromNs, long toNs, long line) {
        ipis.ran(vcpu, fromNs, toNs, line);
    }

    private void judgeUntil(long dueNs) {
        while (!ended.isEmpty() && (ended.getFirst().endNs <= dueNs || tooManyWait())) {
            Episode episode = ended.removeFirst();
            waitingExits -= episode.yields.size();
            reporter.report(episode, judge.judge(episode));
        }
    }

    private boolean tooManyWait() {
        return ended.size() > MAX_WAITING || waitingExits > MAX_WAITING_EXITS;
    }

    private VcpuSpin vcpu(int index) {
        while (vcpus.size() <= index) {
            vcpus.add(new VcpuSpin(vcpus.size(), histories.of(vcpus.size()), this, options, out));
        }
        return vcpus.get(index);
    }
}
