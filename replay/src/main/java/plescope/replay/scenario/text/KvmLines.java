package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Roster;
import plescope.replay.model.VcpuState;
import plescope.replay.scenario.text.TraceText.Origin;
import plescope.replay.scenario.text.TraceText.Rank;

/** The kvm events of a log: exits, entries, windows, interrupts, and the exits that the simulator leaves out. */
final class KvmLines {
    /** {@code CALL_FUNCTION_VECTOR}, for IPIs of no known vector. */
    private static final int CALL_VECTOR = 252;
    /** {@code LOCAL_TIMER_VECTOR}. */
    static final int TIMER_VECTOR = 236;

    /** An inserted exit and its handling: less than a minimal exit costs, to take little from the guest run [I]. */
    static final long INSERTED_NS = 500;

    /** Guest time from a timer's injection to its EOI: Linux acknowledges first thing in the handler. */
    private static final long TIMER_EOI_NS = 1_500;

    private static final Comparator<Inserted> BY_VCPU = Comparator.comparingInt(Inserted::vcpu)
            .thenComparingLong(Inserted::untilNs)
            .thenComparingInt(Inserted::vector);

    private final Roster roster;
    private final ScheduleIndex index;
    private final TraceText text;
    private final Dialect dialect;
    private final Payloads payloads;
    private final GuestRips rips;

    // Open: interrupts that their vCPU has not entered with, timers it has not acknowledged, exits to be inserted.
    private List<Raised> raised = new ArrayList<>();
    private List<Ringing> ringing = new ArrayList<>();
    private List<Inserted> inserted = new ArrayList<>();
    private final Set<Injection> injections = new HashSet<>();
    private final long[] lastInserted;

    /** An interrupt that its vCPU takes at the first entry after {@code afterNs}. */
    private record Raised(int vcpu, long afterNs, int vector, Origin origin) {}

    /** A timer that was injected at {@code entryNs}, when a guest run began. */
    private record Ringing(int vcpu, long entryNs) {}

    /** An exit that ends at {@code untilNs}; the vector is the one it acknowledges, 0 for a host interrupt. */
    private record Inserted(int vcpu, long untilNs, int vector) {}

    private record Injection(int vcpu, long entryNs, int vector) {}

    KvmLines(Roster roster, Dialect dialect, ScheduleIndex index, GuestRips rips, TraceText text) {
        this.roster = roster;
        this.index = index;
        this.text = text;
        this.dialect = dialect;
        this.payloads = new Payloads(dialect);
        this.rips = rips;
        this.lastInserted = new long[roster.vcpus().size()];
    }

    void exit(Roster.Vcpu vcpu, long timeNs, int pcpu, Rank rank, Family family, long rip) {
        payloads.exit(text.payload(), vcpu, family, rip);
        text.add(timeNs, pcpu, rank, vcpu.tid(), Tracepoint.KVM_EXIT, family == Family.PAUSE);
    }

    void entry(Roster.Vcpu vcpu, long timeNs, long rip) {
        payloads.entry(text.payload(), vcpu, rip);
        text.add(timeNs, index.pcpuOf(vcpu.index(), timeNs), Rank.ENTRY, vcpu.tid(), Tracepoint.KVM_ENTRY);
    }

    void window(Roster.Vcpu vcpu, long timeNs, int pcpu, Rank rank, int from, int to) {
        payloads.window(text.payload(), vcpu, from, to);
        text.add(timeNs, pcpu, rank, vcpu.tid(), payloads.windowEvent());
    }

    /** The send in the sender's context; the receiver takes it at its next entry. */
    void ipi(int from, int to, int anyVector, long sentNs) {
        Roster.Vcpu receiver = roster.vcpus().get(to);
        int sender = roster.vcpus().get(from).tid();
        int vector = known(anyVector);
        int pcpu = index.pcpuOf(from, sentNs);
        long exitNs = beforeExit() ? index.sendingExit(from, sentNs) : -1;
        long at = exitNs < 0 ? sentNs : exitNs;
        Rank rank = exitNs < 0 ? Rank.BEFORE_ENTRY : Rank.BEFORE_EXIT;
        payloads.ipi(text.payload(), receiver, vector);
        text.add(at, pcpu, rank, sender, Tracepoint.KVM_APIC_IPI);
        accepted(receiver, at, pcpu, rank, sender, vector);
        raised.add(new Raised(to, sentNs, vector, Origin.IPI));
    }

    /** Whether sends are traced before the exit they are sent in. */
    boolean beforeExit() {
        return dialect.kernel().ipiBeforeExit(dialect.svm());
    }

    /** The receiver writes its EOI register. */
    void acknowledged(int vcpu, int vector, long timeNs) {
        inserted.add(new Inserted(vcpu, timeNs, known(vector)));
    }

    private static int known(int vector) {
        return vector == 0 ? CALL_VECTOR : vector;
    }

    /** A timer ended a halt: the vCPU takes the interrupt at its next entry. */
    void timerRang(int vcpu, long timeNs) {
        raised.add(new Raised(vcpu, timeNs, TIMER_VECTOR, Origin.WAKEUP));
    }

    /** Writes the injections whose entry is known by now. */
    void inject(Origin origin) {
        List<Raised> open = new ArrayList<>();
        for (Raised each : raised) {
            long entryNs = each.origin == origin ? index.entryAfter(each.vcpu, each.afterNs) : -1;
            if (entryNs < 0) {
                open.add(each);
            } else {
                inject(each, entryNs);
            }
        }
        raised = open;
    }

    private void inject(Raised each, long entryNs) {
        Roster.Vcpu vcpu = roster.vcpus().get(each.vcpu);
        int pcpu = index.pcpuOf(each.vcpu, entryNs);
        if (each.origin == Origin.WAKEUP) {
            accepted(vcpu, entryNs, pcpu, Rank.BEFORE_ENTRY, vcpu.tid(), TIMER_VECTOR);
        }
        // One injection serves all interrupts of its vector that are pending.
        if (injections.add(new Injection(each.vcpu, entryNs, each.vector))) {
            payloads.injected(text.payload(), each.vector);
            text.add(entryNs, pcpu, Rank.BEFORE_ENTRY, vcpu.tid(), Tracepoint.KVM_INJ_VIRQ);
        }
        if (each.origin == Origin.WAKEUP && index.guestFrom(each.vcpu, entryNs)) {
            ringing.add(new Ringing(each.vcpu, entryNs));
        }
    }

    private void accepted(Roster.Vcpu receiver, long timeNs, int pcpu, Rank rank, int inThread, int vector) {
        payloads.accepted(text.payload(), receiver, vector);
        text.add(timeNs, pcpu, rank, inThread, Tracepoint.KVM_APIC_ACCEPT_IRQ);
    }

    /** A host interrupt on the pCPU where this vCPU, if it is one, runs: a guest is left for it. */
    void interrupted(int vcpu, long timeNs) {
        if (vcpu >= 0) {
            inserted.add(new Inserted(vcpu, timeNs, 0));
        }
    }

    /** Writes the exits the simulator leaves out and that are over before {@code nowNs}: two of them must not overlap. */
    void insertExits(long nowNs) {
        for (Iterator<Ringing> timers = ringing.iterator(); timers.hasNext(); ) {
            Ringing timer = timers.next();
            long untilNs = Math.min(timer.entryNs + TIMER_EOI_NS, index.endOf(timer.vcpu, timer.entryNs));
            if (untilNs < nowNs) {
                inserted.add(new Inserted(timer.vcpu, untilNs, TIMER_VECTOR));
                timers.remove();
            }
        }
        inserted.sort(BY_VCPU);
        Inserted last = null;
        List<Inserted> open = new ArrayList<>();
        for (Inserted each : inserted) {
            if (each.untilNs >= nowNs) {
                open.add(each);
            } else if (!each.equals(last)) {
                insert(each, lastInserted[each.vcpu]);
                lastInserted[each.vcpu] = each.untilNs;
                last = each;
            }
        }
        inserted = open;
    }

    private void insert(Inserted exit, long freeFromNs) {
        Roster.Vcpu vcpu = roster.vcpus().get(exit.vcpu());
        int pcpu = index.pcpuOf(exit.vcpu(), exit.untilNs());
        VcpuState run = index.guestBefore(exit.vcpu(), exit.untilNs());
        long room =
                run == null ? 0 : exit.untilNs() - Math.max(index.startBefore(exit.vcpu(), exit.untilNs()), freeFromNs);
        long exitNs = exit.untilNs() - Math.min(INSERTED_NS, room / 2);
        if (exitNs < exit.untilNs()) {
            long rip = exit.vector() != 0 ? GuestCode.EOI : rips.interrupted(exit.vcpu(), exitNs, run);
            Family family = exit.vector() != 0 ? Family.MSR : Family.INTERRUPT;
            exit(vcpu, exitNs, pcpu, Rank.INSERTED_EXIT, family, rip);
            entry(vcpu, exit.untilNs(), exit.vector() != 0 ? rip + GuestCode.SHORT_INSTRUCTION : rip);
        }
        if (exit.vector() != 0) {
            payloads.eoi(text.payload(), vcpu, exit.vector());
            text.add(exitNs, pcpu, Rank.BEFORE_ENTRY, vcpu.tid(), Tracepoint.KVM_EOI);
        }
    }

    /** Injections so far; entries of later are others. */
    void forget() {
        injections.clear();
    }
}
