package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.ByTid;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wakeup;
import plescope.replay.scenario.text.TraceText.Origin;
import plescope.replay.scenario.text.TraceText.Rank;

/**
 * Writes a simulated schedule, while it is made, as the text a producer would print for it, microseconds, so that it goes through the
 * parser like any other log. Holds some thousand events, and what is open: schedules may have any length.
 *
 * <p>Episodes, waits and yields are not printed: no host trace shows them. They are the truth that inference is held against.
 *
 * <p>The simulator's guests acknowledge an IPI in guest mode and its timers ring without disturbing the guest that runs there;
 * a kernel leaves the guest for both. The writer inserts these exits; their time is taken from the guest run before.
 */
public final class TraceWriter extends SelectiveSink {
    /** Happenings put into order at a time: few enough to stay in a processor's cache [I]. */
    private static final int ROOM = 1 << 12;

    private static final int NO_VCPU = -1;
    private static final int ENTERS = -1;

    private final Roster roster;
    private final PleHardware ple;
    private final ByTid<Integer> vcpuOfTid = new ByTid<>();
    private final ScheduleIndex index;
    private final TraceText text;
    private final Payloads payloads;
    private final GuestRips rips;
    private final KvmLines kvm;

    private final List<Run> runs = new ArrayList<>();
    private final List<Sent> ipis = new ArrayList<>();
    private final List<Wakeup> wakeups = new ArrayList<>();
    private final List<Switch> switches = new ArrayList<>();
    private final Set<WakeAt> wakesAt = new HashSet<>();
    private long lastNs;

    // Per vCPU.
    private final long[] entryRip;
    private final boolean[] hasRun;
    private final int[] lastPcpu;
    private final int[] walked;

    private record WakeAt(int vcpu, long timeNs) {}

    /** A guest is left, or, without a pCPU, entered. */
    private record Run(int vcpu, int pcpu, long timeNs, Family family, int window) {}

    private record Sent(int sender, int receiver, int vector, long timeNs) {}

    private record Switch(int pcpu, long timeNs, int prevTid, int nextTid) {}

    /**
     * Starts the log of guests whose code is known by what they wait for only.
     *
     * @param ple whose windows are printed
     * @param startNs clock reading of the schedule's time 0
     */
    public TraceWriter(Roster roster, PleHardware ple, Dialect dialect, long startNs, TextSink out) {
        this(roster, ple, dialect, startNs, null, new Extent(Long.MAX_VALUE, 0), out);
    }

    /**
     * How much there is to print.
     *
     * @param mostLines lines after which no more are printed
     * @param events lines of events, told above the first by the one producer that does; 0 where nobody knows
     */
    public record Extent(long mostLines, long events) {}

    /** Starts the log of guests that are watched while they run. */
    public TraceWriter(
            Roster roster,
            PleHardware ple,
            Dialect dialect,
            long startNs,
            GuestActivity watched,
            Extent extent,
            TextSink out) {
        this.roster = roster;
        this.ple = ple;
        int vcpus = roster.vcpus().size();
        this.index = new ScheduleIndex(roster);
        this.entryRip = new long[vcpus];
        this.hasRun = new boolean[vcpus];
        this.lastPcpu = new int[vcpus];
        this.walked = new int[vcpus];
        this.text = new TraceText(roster, dialect, startNs, out, extent.mostLines());
        this.payloads = new Payloads(dialect);
        this.rips = watched == null ? index : watched;
        this.kvm = new KvmLines(roster, dialect, index, rips, text);
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            vcpuOfTid.put(vcpu.tid(), vcpu.index());
            lastPcpu[vcpu.index()] = -1;
        }
        text.header(extent.events());
    }

    /** Before something is taken down: where there is much, what happened before that moment is printed. */
    private void makeRoom(long timeNs) {
        if (timeNs > lastNs) {
            if (runs.size() + switches.size() + ipis.size() >= ROOM) {
                print(timeNs);
            }
            lastNs = timeNs;
        }
    }

    @Override
    public void entersState(int vcpu, VcpuState state, int pcpu, long timeNs) {
        makeRoom(timeNs);
        index.state(vcpu, state, pcpu, timeNs);
    }

    @Override
    public void leavesGuest(int vcpu, int pcpu, long timeNs, Family family, long guestNs, int window) {
        makeRoom(timeNs);
        runs.add(new Run(vcpu, pcpu, timeNs, family, window));
        if (family == Family.MSR) {
            index.wroteMsr(vcpu, timeNs);
        }
    }

    @Override
    public void entersGuest(int vcpu, long timeNs) {
        makeRoom(timeNs);
        runs.add(new Run(vcpu, ENTERS, timeNs, Family.OTHER, 0));
        index.entered(vcpu, timeNs);
    }

    @Override
    public void sendsIpi(int sender, int receiver, int vector, long timeNs) {
        makeRoom(timeNs);
        ipis.add(new Sent(sender, receiver, vector, timeNs));
        index.sends(sender, receiver, vector, timeNs);
    }

    @Override
    public void ipi(Ipi ipi) {
        if (ipi.ackNs() >= 0) {
            makeRoom(ipi.ackNs());
            index.acknowledged(ipi);
            kvm.acknowledged(ipi.receiver(), ipi.vector(), ipi.ackNs());
        }
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        makeRoom(wakeup.timeNs());
        wakeups.add(wakeup);
        wakesAt.add(new WakeAt(wakeup.vcpu(), wakeup.timeNs()));
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        makeRoom(timeNs);
        switches.add(new Switch(pcpu, timeNs, prevTid, nextTid));
        index.switchedIn(pcpu, timeNs, nextTid, vcpuOf(nextTid));
    }

    /** Prints the rest; call once, when the run is over. */
    public void finish(long endNs) {
        index.end(endNs);
        print(Long.MAX_VALUE);
    }

    /** Whether no more lines will be printed. */
    public boolean full() {
        return text.full();
    }

    /** What was printed. */
    public TraceCounts counts() {
        return text.counts();
    }

    /** Happenings and lines that wait to be printed. */
    int held() {
        return text.held() + runs.size() + ipis.size() + wakeups.size() + switches.size();
    }

    /** Prints what is settled; everything before that moment has been told. */
    private void print(long nowNs) {
        text.adding(Origin.RUN);
        runs.forEach(this::run);
        text.adding(Origin.IPI);
        ipis.forEach(ipi -> kvm.ipi(ipi.sender, ipi.receiver, ipi.vector, ipi.timeNs));
        kvm.inject(Origin.IPI);
        text.adding(Origin.WAKEUP);
        wakeups.forEach(this::wakes);
        kvm.inject(Origin.WAKEUP);
        text.adding(Origin.INSERTED);
        kvm.insertExits(nowNs);
        text.adding(Origin.SCHEDULE);
        switches.forEach(this::switches);
        roster.vcpus().forEach(this::migrations);
        text.print(nowNs == Long.MAX_VALUE ? nowNs : settledNs(nowNs));
        forget(nowNs);
    }

    /** Exits may still be inserted into the guest runs under way, and IPIs before exits that are being handled. */
    private long settledNs(long nowNs) {
        long before = nowNs - KvmLines.INSERTED_NS;
        return kvm.beforeExit() ? Math.min(before, index.firstOpenMsrExit()) : before;
    }

    private void forget(long nowNs) {
        runs.clear();
        ipis.clear();
        wakeups.clear();
        wakesAt.clear();
        switches.clear();
        kvm.forget();
        index.forget(nowNs - KvmLines.INSERTED_NS);
        rips.forget(nowNs - KvmLines.INSERTED_NS);
        for (int vcpu = 0; vcpu < walked.length; vcpu++) {
            walked[vcpu] = Math.min(1, index.states(vcpu).size());
        }
    }

    private void run(Run run) {
        Roster.Vcpu vcpu = roster.vcpus().get(run.vcpu);
        if (run.pcpu != ENTERS) {
            exit(vcpu, run);
        } else {
            long rip = hasRun[run.vcpu] ? entryRip[run.vcpu] : rips.interrupted(run.vcpu, run.timeNs, VcpuState.GUEST);
            kvm.entry(vcpu, run.timeNs, rip);
        }
        hasRun[run.vcpu] = true;
    }

    private void exit(Roster.Vcpu vcpu, Run run) {
        long rip = rip(run);
        kvm.exit(vcpu, run.timeNs, run.pcpu, Rank.EXIT, run.family, rip);
        int grown = grown(run.window);
        if (run.family == Family.PAUSE && grown != run.window) {
            kvm.window(vcpu, run.timeNs, run.pcpu, Rank.AFTER_EXIT, run.window, grown);
            index.grew(run.vcpu, run.timeNs, grown);
        }
        entryRip[run.vcpu] = rip + skipped(run.family);
    }

    /** {@code __grow_ple_window}. */
    private int grown(int window) {
        return (int) Math.min((long) window * ple.grow(), ple.max());
    }

    private long rip(Run exit) {
        long at = exit.timeNs;
        return switch (exit.family) {
            case PAUSE -> rips.pause(exit.vcpu, at);
            case HALT -> GuestCode.HALT;
            case MSR -> GuestCode.SEND_IPI;
            case INTERRUPT -> {
                VcpuState run = index.guestBefore(exit.vcpu, at);
                yield rips.interrupted(exit.vcpu, at, run == null ? VcpuState.GUEST : run);
            }
            case HYPERCALL -> GuestCode.HYPERCALL;
            case INTERRUPT_WINDOW, APIC, IO, PAGE_FAULT, OTHER -> GuestCode.work(at);
        };
    }

    /** Bytes of the instruction that KVM skips after emulating it. */
    private static int skipped(Family family) {
        return switch (family) {
            case PAUSE, MSR, IO, OTHER -> GuestCode.SHORT_INSTRUCTION;
            case HALT -> 1;
            case HYPERCALL -> 3;
            case INTERRUPT, INTERRUPT_WINDOW, APIC, PAGE_FAULT -> 0;
        };
    }

    /** {@code try_to_wake_up} in the waker's context: waking, a move if another pCPU is chosen, wakeup. */
    private void wakes(Wakeup wakeup) {
        Roster.Vcpu woken = roster.vcpus().get(wakeup.vcpu());
        long at = wakeup.timeNs();
        int pcpu = wakeup.wakerVcpu() < 0 ? wakeup.pcpu() : index.pcpuOf(wakeup.wakerVcpu(), at);
        int waker = wakeup.wakerVcpu() < 0 ? index.tidOn(pcpu, at) : wakeup.wakerTid();
        int from = index.pcpuOf(woken.index(), at);
        int to = index.beganAny(woken.index(), at) ? index.pcpuFrom(woken.index(), at) : from;
        if (wakeup.source() == Wakeup.Source.INTERRUPT) {
            kvm.interrupted(vcpuOf(waker), at);
            kvm.timerRang(woken.index(), at);
        }
        Payloads.waking(text.payload(), woken, from);
        text.add(at, pcpu, Rank.BEFORE_ENTRY, waker, Tracepoint.SCHED_WAKING);
        if (to != from) {
            Payloads.migrated(text.payload(), woken, from, to);
            text.add(at, pcpu, Rank.BEFORE_ENTRY, waker, Tracepoint.SCHED_MIGRATE_TASK);
        }
        payloads.wakeup(text.payload(), woken, to);
        text.add(at, pcpu, Rank.BEFORE_ENTRY, waker, Tracepoint.SCHED_WAKEUP);
    }

    private void switches(Switch s) {
        int prev = vcpuOf(s.prevTid());
        boolean blocked = prev >= 0 && index.began(prev, s.timeNs(), VcpuState.BLOCKED);
        String prevComm = text.comm(s.prevTid(), s.pcpu());
        String nextComm = text.comm(s.nextTid(), s.pcpu());
        payloads.switched(text.payload(), prevComm, s.prevTid(), blocked ? 'S' : 'R', nextComm, s.nextTid());
        text.add(s.timeNs(), s.pcpu(), Rank.SWITCH, s.prevTid(), Tracepoint.SCHED_SWITCH);
        int next = vcpuOf(s.nextTid());
        if (next >= 0) {
            shrunk(roster.vcpus().get(next), s);
        }
    }

    /** {@code kvm_sched_in} resets a window that has grown since the vCPU was last switched in. */
    private void shrunk(Roster.Vcpu vcpu, Switch s) {
        int window = index.windowBefore(vcpu.index(), s.timeNs(), ple.window());
        if (window != ple.window()) {
            kvm.window(vcpu, s.timeNs(), s.pcpu(), Rank.AFTER_SWITCH, window, ple.window());
        }
    }

    /** Moves of queued threads by the load balancer, which runs on the pCPU that pulls; wake-ups print their own. */
    private void migrations(Roster.Vcpu vcpu) {
        Moments states = index.states(vcpu.index());
        for (int i = walked[vcpu.index()]; i < states.size(); i++) {
            int pcpu = ScheduleIndex.pcpuOf(states.value(i));
            int last = lastPcpu[vcpu.index()];
            long at = states.time(i);
            if (pcpu >= 0 && last >= 0 && pcpu != last && !wakesAt.contains(new WakeAt(vcpu.index(), at))) {
                Payloads.migrated(text.payload(), vcpu, last, pcpu);
                text.add(at, pcpu, Rank.MIGRATE, index.tidOn(pcpu, at), Tracepoint.SCHED_MIGRATE_TASK);
            }
            lastPcpu[vcpu.index()] = pcpu >= 0 ? pcpu : last;
        }
    }

    private int vcpuOf(int tid) {
        Integer vcpu = vcpuOfTid.get(tid);
        return vcpu == null ? NO_VCPU : vcpu;
    }
}
