package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wakeup;
import plescope.replay.scenario.text.TraceText.Rank;

/**
 * Writes a simulated schedule as the text a producer would print for it, microseconds, so that it goes through the parser like
 * any other log. Costs memory in proportion to the schedule.
 *
 * <p>Episodes, waits and yields are not printed: no host trace shows them. They are the truth that inference is held against.
 *
 * <p>The simulator's guests acknowledge an IPI in guest mode and its timers ring without disturbing the guest that runs there;
 * a kernel leaves the guest for both. The writer inserts these exits; their time is taken from the guest run before.
 */
public final class TraceWriter extends SelectiveSink {
    private final Roster roster;
    private final PleHardware ple;
    private final Map<Integer, Integer> vcpuOfTid = new HashMap<>();
    private final ScheduleIndex index;
    private final TraceText text;
    private final Payloads payloads;
    private final GuestRips rips;
    private final KvmLines kvm;

    private final List<VmExit> exits = new ArrayList<>();
    private final VmExit[] firstExits;
    private final List<Ipi> ipis = new ArrayList<>();
    private final List<Wakeup> wakeups = new ArrayList<>();
    private final List<Switch> switches = new ArrayList<>();

    private final Set<WakeAt> wakesAt = new HashSet<>();

    /** Exits, IPIs and switches it may hold. */
    private final long mostRows;

    private long rows;

    private record WakeAt(int vcpu, long timeNs) {}

    private record Switch(int pcpu, long timeNs, int prevTid, int nextTid) {}

    /**
     * Starts an empty log of guests whose code is known by what they wait for only.
     *
     * @param ple whose windows are printed
     * @param startNs clock reading of the schedule's time 0
     */
    public TraceWriter(Roster roster, PleHardware ple, Dialect dialect, long startNs) {
        this(roster, ple, dialect, startNs, null, Long.MAX_VALUE);
    }

    /**
     * Starts an empty log of guests that were watched while they ran.
     *
     * @param mostRows exits, IPIs and switches it may hold; with one more it throws {@link TraceTooLongException}
     */
    public TraceWriter(
            Roster roster, PleHardware ple, Dialect dialect, long startNs, GuestActivity watched, long mostRows) {
        this.mostRows = mostRows;
        this.roster = roster;
        this.ple = ple;
        this.index = new ScheduleIndex(roster.vcpus().size());
        this.firstExits = new VmExit[roster.vcpus().size()];
        this.text = new TraceText(roster, dialect, startNs);
        this.payloads = new Payloads(dialect);
        this.rips = watched == null ? index : watched;
        this.kvm = new KvmLines(roster, dialect, index, rips, text);
        roster.vcpus().forEach(vcpu -> vcpuOfTid.put(vcpu.tid(), vcpu.index()));
    }

    @Override
    public void interval(VcpuInterval interval) {
        index.interval(interval);
    }

    private void makeRoom(long timeNs) {
        if (rows++ == mostRows) {
            throw new TraceTooLongException(mostRows, timeNs);
        }
    }

    @Override
    public void vmExit(VmExit exit) {
        makeRoom(exit.exitNs());
        exits.add(exit);
        if (firstExits[exit.vcpu()] == null) {
            firstExits[exit.vcpu()] = exit;
        }
        if (exit.reason().family() == Family.MSR) {
            index.wroteMsr(exit.vcpu(), exit.exitNs());
        }
        if (exit.entryNs() >= 0) {
            index.entered(exit.vcpu(), exit.entryNs());
        }
    }

    @Override
    public void ipi(Ipi ipi) {
        makeRoom(ipi.sentNs());
        ipis.add(ipi);
        index.ipi(ipi);
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        wakeups.add(wakeup);
        wakesAt.add(new WakeAt(wakeup.vcpu(), wakeup.timeNs()));
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        makeRoom(timeNs);
        switches.add(new Switch(pcpu, timeNs, prevTid, nextTid));
        index.switchedIn(pcpu, timeNs, nextTid, vcpuOf(nextTid));
    }

    /** Prints the log, line by line; call once, after the last record. */
    public void print(Consumer<String> out) {
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            firstEntry(vcpu);
        }
        exits.forEach(this::exitAndEntry);
        ipis.forEach(kvm::ipi);
        wakeups.forEach(this::wakes);
        kvm.insertExits();
        switches.forEach(this::switches);
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            migrations(vcpu);
        }
        text.print(out);
    }

    /** A vCPU's first entry follows no exit, so no record of an exit tells it; a guest that halts at once has no run of its own. */
    private void firstEntry(Roster.Vcpu vcpu) {
        VmExit first = firstExits[vcpu.index()];
        long entryNs = first != null && first.guestNs() >= 0 ? first.exitNs() - first.guestNs() : firstRun(vcpu);
        if (entryNs >= 0) {
            index.entered(vcpu.index(), entryNs);
            kvm.entry(vcpu, entryNs, rips.interrupted(vcpu.index(), entryNs, VcpuState.GUEST));
        }
    }

    /** Start of the vCPU's first run, -1 if it never ran. */
    private long firstRun(Roster.Vcpu vcpu) {
        for (VcpuInterval interval : index.intervals(vcpu.index())) {
            if (ScheduleIndex.isGuest(interval.state())) {
                return interval.startNs();
            }
        }
        return -1;
    }

    private void exitAndEntry(VmExit exit) {
        Roster.Vcpu vcpu = roster.vcpus().get(exit.vcpu());
        Family family = exit.reason().family();
        long rip = rip(exit);
        kvm.exit(vcpu, exit.exitNs(), exit.pcpu(), Rank.EXIT, family, rip);
        int grown = grown(exit);
        if (family == Family.PAUSE && grown != exit.window()) {
            kvm.window(vcpu, exit.exitNs(), exit.pcpu(), Rank.AFTER_EXIT, exit.window(), grown);
            index.grew(exit.vcpu(), exit.exitNs(), grown);
        }
        if (exit.entryNs() >= 0) {
            kvm.entry(vcpu, exit.entryNs(), rip + skipped(family));
        }
    }

    /** {@code __grow_ple_window}. */
    private int grown(VmExit exit) {
        return (int) Math.min((long) exit.window() * ple.grow(), ple.max());
    }

    private long rip(VmExit exit) {
        long at = exit.exitNs();
        return switch (exit.reason().family()) {
            case PAUSE -> rips.pause(exit.vcpu(), at);
            case HALT -> GuestCode.HALT;
            case MSR -> GuestCode.SEND_IPI;
            case INTERRUPT -> {
                VcpuInterval run = index.guestBefore(exit.vcpu(), at);
                yield rips.interrupted(exit.vcpu(), at, run == null ? VcpuState.GUEST : run.state());
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
        VcpuInterval queued = index.startingAt(woken.index(), at);
        int to = queued == null ? from : queued.pcpu();
        if (wakeup.source() == Wakeup.Source.INTERRUPT) {
            kvm.interrupted(vcpuOf(waker), at);
            kvm.timerRang(woken, at);
        }
        text.add(at, pcpu, Rank.BEFORE_ENTRY, waker, "sched_waking", Payloads.waking(woken, from));
        if (to != from) {
            text.add(at, pcpu, Rank.BEFORE_ENTRY, waker, "sched_migrate_task", Payloads.migrated(woken, from, to));
        }
        text.add(at, pcpu, Rank.BEFORE_ENTRY, waker, "sched_wakeup", payloads.wakeup(woken, to));
    }

    private void switches(Switch s) {
        int prev = vcpuOf(s.prevTid());
        VcpuInterval left = prev < 0 ? null : index.startingAt(prev, s.timeNs());
        String state = left != null && left.state() == VcpuState.BLOCKED ? "S" : "R";
        text.add(
                s.timeNs(),
                s.pcpu(),
                Rank.SWITCH,
                s.prevTid(),
                "sched_switch",
                payloads.switched(
                        text.comm(s.prevTid(), s.pcpu()),
                        s.prevTid(),
                        state,
                        text.comm(s.nextTid(), s.pcpu()),
                        s.nextTid()));
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
        int last = -1;
        for (VcpuInterval interval : index.intervals(vcpu.index())) {
            int pcpu = interval.pcpu();
            boolean woken = wakesAt.contains(new WakeAt(vcpu.index(), interval.startNs()));
            if (pcpu >= 0 && last >= 0 && pcpu != last && !woken) {
                text.add(
                        interval.startNs(),
                        pcpu,
                        Rank.MIGRATE,
                        index.tidOn(pcpu, interval.startNs()),
                        "sched_migrate_task",
                        Payloads.migrated(vcpu, last, pcpu));
            }
            last = pcpu >= 0 ? pcpu : last;
        }
    }

    private int vcpuOf(int tid) {
        return vcpuOfTid.getOrDefault(tid, -1);
    }
}
