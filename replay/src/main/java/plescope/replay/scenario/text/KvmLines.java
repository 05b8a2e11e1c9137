package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.VcpuInterval;
import plescope.replay.scenario.text.TraceText.Rank;

/** The kvm events of a log: exits, entries, windows, interrupts, and the exits that the simulator leaves out. */
final class KvmLines {
    /** {@code CALL_FUNCTION_VECTOR}, for IPIs of no known vector. */
    private static final int CALL_VECTOR = 252;
    /** {@code LOCAL_TIMER_VECTOR}. */
    static final int TIMER_VECTOR = 236;

    /** An inserted exit and its handling: less than a minimal exit costs, to take little from the guest run [I]. */
    private static final long INSERTED_NS = 500;

    /** Guest time from a timer's injection to its EOI: Linux acknowledges first thing in the handler. */
    private static final long TIMER_EOI_NS = 1_500;

    private final Roster roster;
    private final ScheduleIndex index;
    private final TraceText text;
    private final Dialect dialect;
    private final Payloads payloads;
    private final GuestRips rips;
    private final List<Inserted> inserted = new ArrayList<>();
    private final TreeSet<Injection> injections = new TreeSet<>();

    /** An exit that ends at {@code untilNs}; the vector is the one it acknowledges, 0 for a host interrupt. */
    private record Inserted(int vcpu, long untilNs, int vector) {}

    private record Injection(int vcpu, long entryNs, int vector) implements Comparable<Injection> {
        private static final Comparator<Injection> ORDER = Comparator.comparingInt(Injection::vcpu)
                .thenComparingLong(Injection::entryNs)
                .thenComparingInt(Injection::vector);

        @Override
        public int compareTo(Injection other) {
            return ORDER.compare(this, other);
        }
    }

    KvmLines(Roster roster, Dialect dialect, ScheduleIndex index, GuestRips rips, TraceText text) {
        this.roster = roster;
        this.index = index;
        this.text = text;
        this.dialect = dialect;
        this.payloads = new Payloads(dialect);
        this.rips = rips;
    }

    void exit(Roster.Vcpu vcpu, long timeNs, int pcpu, Rank rank, Family family, long rip) {
        text.add(timeNs, pcpu, rank, vcpu.tid(), "kvm_exit", payloads.exit(vcpu, family, rip));
    }

    void entry(Roster.Vcpu vcpu, long timeNs, long rip) {
        int pcpu = index.pcpuOf(vcpu.index(), timeNs);
        text.add(timeNs, pcpu, Rank.ENTRY, vcpu.tid(), "kvm_entry", payloads.entry(vcpu, rip));
    }

    void window(Roster.Vcpu vcpu, long timeNs, int pcpu, Rank rank, int from, int to) {
        text.add(timeNs, pcpu, rank, vcpu.tid(), payloads.windowEvent(), payloads.window(vcpu, from, to));
    }

    /** The send in the sender's context, the injection at the receiver's next entry, its EOI. */
    void ipi(Ipi ipi) {
        Roster.Vcpu receiver = roster.vcpus().get(ipi.receiver());
        int sender = roster.vcpus().get(ipi.sender()).tid();
        int vector = ipi.vector() == 0 ? CALL_VECTOR : ipi.vector();
        int pcpu = index.pcpuOf(ipi.sender(), ipi.sentNs());
        long exitNs =
                dialect.kernel().ipiBeforeExit(dialect.svm()) ? index.sendingExit(ipi.sender(), ipi.sentNs()) : -1;
        long at = exitNs < 0 ? ipi.sentNs() : exitNs;
        Rank rank = exitNs < 0 ? Rank.BEFORE_ENTRY : Rank.BEFORE_EXIT;
        text.add(at, pcpu, rank, sender, "kvm_apic_ipi", payloads.ipi(receiver, vector));
        accepted(receiver, at, pcpu, rank, sender, vector);
        injected(receiver, index.entryAfter(receiver.index(), ipi.sentNs()), vector);
        if (ipi.ackNs() >= 0) {
            inserted.add(new Inserted(receiver.index(), ipi.ackNs(), vector));
        }
    }

    /** A timer ended a halt: the vCPU takes the interrupt at its next entry. */
    void timerRang(Roster.Vcpu vcpu, long timeNs) {
        long entryNs = index.entryAfter(vcpu.index(), timeNs);
        if (entryNs < 0) {
            return;
        }
        accepted(vcpu, entryNs, index.pcpuOf(vcpu.index(), entryNs), Rank.BEFORE_ENTRY, vcpu.tid(), TIMER_VECTOR);
        injected(vcpu, entryNs, TIMER_VECTOR);
        VcpuInterval run = index.startingAt(vcpu.index(), entryNs);
        if (run != null && ScheduleIndex.isGuest(run.state())) {
            inserted.add(new Inserted(vcpu.index(), Math.min(entryNs + TIMER_EOI_NS, run.endNs()), TIMER_VECTOR));
        }
    }

    private void accepted(Roster.Vcpu receiver, long timeNs, int pcpu, Rank rank, int inThread, int vector) {
        text.add(timeNs, pcpu, rank, inThread, "kvm_apic_accept_irq", payloads.accepted(receiver, vector));
    }

    /** One injection serves all IPIs of its vector that are pending. */
    private void injected(Roster.Vcpu vcpu, long entryNs, int vector) {
        if (entryNs >= 0 && injections.add(new Injection(vcpu.index(), entryNs, vector))) {
            text.add(
                    entryNs,
                    index.pcpuOf(vcpu.index(), entryNs),
                    Rank.BEFORE_ENTRY,
                    vcpu.tid(),
                    "kvm_inj_virq",
                    payloads.injected(vector));
        }
    }

    /** A host interrupt on the pCPU where this vCPU, if it is one, runs: a guest is left for it. */
    void interrupted(int vcpu, long timeNs) {
        if (vcpu >= 0) {
            inserted.add(new Inserted(vcpu, timeNs, 0));
        }
    }

    /** Writes the exits the simulator leaves out, once all are known: two of them must not overlap. */
    void insertExits() {
        inserted.sort(Comparator.comparingInt(Inserted::vcpu)
                .thenComparingLong(Inserted::untilNs)
                .thenComparingInt(Inserted::vector));
        Inserted last = null;
        for (Inserted each : inserted) {
            if (!each.equals(last)) {
                boolean follows = last != null && last.vcpu() == each.vcpu();
                insert(each, follows ? last.untilNs() : 0);
            }
            last = each;
        }
    }

    private void insert(Inserted exit, long freeFromNs) {
        Roster.Vcpu vcpu = roster.vcpus().get(exit.vcpu());
        int pcpu = index.pcpuOf(exit.vcpu(), exit.untilNs());
        VcpuInterval run = index.guestBefore(exit.vcpu(), exit.untilNs());
        long room = run == null ? 0 : exit.untilNs() - Math.max(run.startNs(), freeFromNs);
        long exitNs = exit.untilNs() - Math.min(INSERTED_NS, room / 2);
        if (exitNs < exit.untilNs()) {
            long rip = exit.vector() != 0 ? GuestCode.EOI : rips.interrupted(exit.vcpu(), exitNs, run.state());
            Family family = exit.vector() != 0 ? Family.MSR : Family.INTERRUPT;
            exit(vcpu, exitNs, pcpu, Rank.INSERTED_EXIT, family, rip);
            entry(vcpu, exit.untilNs(), exit.vector() != 0 ? rip + GuestCode.SHORT_INSTRUCTION : rip);
        }
        if (exit.vector() != 0) {
            text.add(exitNs, pcpu, Rank.BEFORE_ENTRY, vcpu.tid(), "kvm_eoi", payloads.eoi(vcpu, exit.vector()));
        }
    }
}
