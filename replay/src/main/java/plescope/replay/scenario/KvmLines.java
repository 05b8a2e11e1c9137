package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.VcpuInterval;
import plescope.replay.scenario.PerfText.Rank;

/** The kvm events of a log: exits, entries, windows, interrupts, and the exits that the simulator leaves out. */
final class KvmLines {
    /** {@code CALL_FUNCTION_VECTOR}: Linux guests' function calls to several vCPUs, TLB shootdowns among them. */
    static final int CALL_VECTOR = 252;
    /** {@code LOCAL_TIMER_VECTOR}. */
    static final int TIMER_VECTOR = 236;

    /** An inserted exit and its handling: less than a minimal exit costs, to take little from the guest run [I]. */
    private static final long INSERTED_NS = 500;

    /** Guest time from a timer's injection to its EOI: Linux acknowledges first thing in the handler. */
    private static final long TIMER_EOI_NS = 1_500;

    private final Roster roster;
    private final ScheduleIndex index;
    private final PerfText text;
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

    KvmLines(Roster roster, ScheduleIndex index, PerfText text) {
        this.roster = roster;
        this.index = index;
        this.text = text;
    }

    void exit(Roster.Vcpu vcpu, long timeNs, int pcpu, Rank rank, Family family, long rip) {
        text.add(
                timeNs,
                pcpu,
                rank,
                vcpu.tid(),
                "kvm:kvm_exit",
                "vcpu " + vcpu.number() + " reason " + svmName(family) + " rip " + hex(rip)
                        + " info1 0x0000000000000000 info2 0x0000000000000000"
                        + " intr_info 0x00000000 error_code 0x00000000");
    }

    void entry(Roster.Vcpu vcpu, long timeNs, long rip) {
        int pcpu = index.pcpuOf(vcpu.index(), timeNs);
        text.add(timeNs, pcpu, Rank.ENTRY, vcpu.tid(), "kvm:kvm_entry", "vcpu " + vcpu.number() + ", rip " + hex(rip));
    }

    void window(Roster.Vcpu vcpu, long timeNs, int pcpu, Rank rank, int from, int to, String how) {
        text.add(
                timeNs,
                pcpu,
                rank,
                vcpu.tid(),
                "kvm:kvm_ple_window_update",
                "vcpu " + vcpu.number() + " old " + from + " new " + to + " (" + how + ")");
    }

    /** The send in the sender's context, the injection at the receiver's next entry, its EOI. */
    void ipi(Ipi ipi) {
        Roster.Vcpu receiver = roster.vcpus().get(ipi.receiver());
        int sender = roster.vcpus().get(ipi.sender()).tid();
        int pcpu = index.pcpuOf(ipi.sender(), ipi.sentNs());
        text.add(
                ipi.sentNs(),
                pcpu,
                Rank.BEFORE_ENTRY,
                sender,
                "kvm:kvm_apic_ipi",
                "dst " + Integer.toHexString(receiver.number()) + " vec " + CALL_VECTOR
                        + " (Fixed|physical|de-assert|edge|dst)");
        accepted(receiver, ipi.sentNs(), pcpu, sender, CALL_VECTOR);
        injected(receiver, index.entryAfter(receiver.index(), ipi.sentNs()), CALL_VECTOR);
        if (ipi.ackNs() >= 0) {
            inserted.add(new Inserted(receiver.index(), ipi.ackNs(), CALL_VECTOR));
        }
    }

    /** A timer ended a halt: the vCPU takes the interrupt at its next entry. */
    void timerRang(Roster.Vcpu vcpu, long timeNs) {
        long entryNs = index.entryAfter(vcpu.index(), timeNs);
        if (entryNs < 0) {
            return;
        }
        accepted(vcpu, entryNs, index.pcpuOf(vcpu.index(), entryNs), vcpu.tid(), TIMER_VECTOR);
        injected(vcpu, entryNs, TIMER_VECTOR);
        VcpuInterval run = index.startingAt(vcpu.index(), entryNs);
        if (run != null && ScheduleIndex.isGuest(run.state())) {
            inserted.add(new Inserted(vcpu.index(), Math.min(entryNs + TIMER_EOI_NS, run.endNs()), TIMER_VECTOR));
        }
    }

    private void accepted(Roster.Vcpu receiver, long timeNs, int pcpu, int inThread, int vector) {
        text.add(
                timeNs,
                pcpu,
                Rank.BEFORE_ENTRY,
                inThread,
                "kvm:kvm_apic_accept_irq",
                "apicid " + Integer.toHexString(receiver.number()) + " vec " + vector + " (Fixed|edge)");
    }

    /** One injection serves all IPIs of its vector that are pending. */
    private void injected(Roster.Vcpu vcpu, long entryNs, int vector) {
        if (entryNs >= 0 && injections.add(new Injection(vcpu.index(), entryNs, vector))) {
            text.add(
                    entryNs,
                    index.pcpuOf(vcpu.index(), entryNs),
                    Rank.BEFORE_ENTRY,
                    vcpu.tid(),
                    "kvm:kvm_inj_virq",
                    "IRQ 0x" + Integer.toHexString(vector));
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
            long rip = exit.vector() != 0 ? GuestCode.EOI : index.rip(exit.vcpu(), exitNs, run.state());
            Family family = exit.vector() != 0 ? Family.MSR : Family.INTERRUPT;
            exit(vcpu, exitNs, pcpu, Rank.INSERTED_EXIT, family, rip);
            entry(vcpu, exit.untilNs(), exit.vector() != 0 ? rip + GuestCode.SHORT_INSTRUCTION : rip);
        }
        if (exit.vector() != 0) {
            text.add(
                    exitNs,
                    pcpu,
                    Rank.BEFORE_ENTRY,
                    vcpu.tid(),
                    "kvm:kvm_eoi",
                    "apicid " + Integer.toHexString(vcpu.number()) + " vector " + exit.vector());
        }
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    private static String svmName(Family family) {
        return switch (family) {
            case PAUSE -> "pause";
            case HALT -> "hlt";
            case INTERRUPT -> "interrupt";
            case INTERRUPT_WINDOW -> "vintr";
            case MSR -> "msr";
            case APIC -> "avic_unaccelerated_access";
            case IO -> "io";
            case PAGE_FAULT -> "npf";
            case HYPERCALL -> "vmmcall";
            case OTHER -> "cpuid";
        };
    }
}
