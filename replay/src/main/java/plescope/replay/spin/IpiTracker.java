package plescope.replay.spin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.Eoi;
import plescope.replay.model.ScheduleSink;
import plescope.replay.timeline.VmGrouping;

/**
 * Follows IPIs between the vCPUs of a VM from the ICR write to the receiver's handler.
 *
 * <p>An IPI counts as handled {@code handlerNs} after the receiver enters its guest with the vector injected, or at the EOI
 * where that comes first. The EOI alone is too late an answer: with PV EOI it shows only at the receiver's next exit.
 */
final class IpiTracker {
    /** A guest cannot have more IPIs under way per receiver than vectors; older ones were lost from sight. */
    private static final int MAX_UNDER_WAY = 256;
    /** Sends kept per sender for judging its waits: a shootdown to every vCPU of a large VM. */
    private static final int SENDS_KEPT = 128;
    /** A vector sent to several vCPUs one after the other is one set if its ICR writes come this close. */
    private static final long SET_GAP_NS = 100_000;

    private static final int X2APIC_BROADCAST = -1;
    private static final int XAPIC_BROADCAST = 0xff;

    private final long handlerNs;
    private final ScheduleSink out;
    private final List<Deque<SentIpi>> underWay = new ArrayList<>();
    private final List<Deque<SentIpi>> sends = new ArrayList<>();
    private final List<ApicIpi> unresolved = new ArrayList<>();
    private VmGrouping grouping = VmGrouping.NONE;
    private final Calibration calibration;
    private long ipis;
    private long unacknowledged;

    IpiTracker(long handlerNs, Calibration calibration, ScheduleSink out) {
        this.calibration = calibration;
        this.handlerNs = handlerNs;
        this.out = out;
    }

    void grouped(VmGrouping now) {
        grouping = now;
    }

    void sent(int sender, ApicIpi ipi) {
        set(unresolved, sender, null);
        if (ipi.mode() != DeliveryMode.FIXED && ipi.mode() != DeliveryMode.LOWEST_PRIORITY) {
            return;
        }
        switch (ipi.shorthand()) {
            case SELF -> {}
            case ALL, ALL_BUT_SELF -> sendToAll(sender, ipi);
            case NONE -> {
                boolean broadcast = ipi.destination() == X2APIC_BROADCAST
                        || (ipi.destination() == XAPIC_BROADCAST && grouping.sibling(sender, XAPIC_BROADCAST) < 0);
                if (broadcast && !ipi.logical()) {
                    sendToAll(sender, ipi);
                } else if (ipi.logical() || ipi.mode() == DeliveryMode.LOWEST_PRIORITY) {
                    // The kvm_apic_accept_irq events that follow in this thread name the receivers.
                    set(unresolved, sender, ipi);
                } else {
                    send(sender, grouping.sibling(sender, ipi.destination()), ipi);
                }
            }
        }
    }

    void accepted(int inThreadOf, ApicAcceptIrq irq) {
        ApicIpi ipi = inThreadOf < unresolved.size() ? unresolved.get(inThreadOf) : null;
        if (ipi != null && ipi.vector() == irq.vector()) {
            send(inThreadOf, grouping.sibling(inThreadOf, irq.apicId()), ipi);
        }
    }

    void injected(int vcpu, int vector) {
        for (SentIpi ipi : queue(underWay, vcpu)) {
            ipi.injected |= ipi.vector == vector && ipi.takenNs < 0;
        }
    }

    void entered(int vcpu, long nowNs, long line) {
        set(unresolved, vcpu, null);
        for (SentIpi ipi : queue(underWay, vcpu)) {
            if (ipi.injected && ipi.takenNs < 0) {
                ipi.takenNs = nowNs;
                ipi.takenLine = line;
            }
        }
    }

    void acknowledged(int vcpu, Eoi eoi) {

        Iterator<SentIpi> open = queue(underWay, vcpu).iterator();
        while (open.hasNext()) {
            SentIpi ipi = open.next();
            // An IPI sent after its vector was taken sets the IRR again and waits for the next injection.
            boolean takenLater = ipi.takenNs < 0 && ipi.injected;
            if (ipi.vector == eoi.vector() && ipi.sentNs <= eoi.timestampNs() && !takenLater) {
                acknowledge(ipi, eoi.timestampNs(), eoi.line());
                open.remove();
                emit(ipi);
            }
        }
    }

    /** A guest run ended. Without EOI events (APICv), guest time after delivery is the only sign of handling. */
    void ran(int vcpu, long fromNs, long toNs, long line) {
        if (calibration.eoiEvents) {
            return;
        }
        Iterator<SentIpi> open = queue(underWay, vcpu).iterator();
        while (open.hasNext()) {
            SentIpi ipi = open.next();
            long handled = Math.max(fromNs, ipi.sentNs) + handlerNs;
            if (handled <= toNs) {
                ipi.ackNs = handled;
                ipi.ackLine = line;
                open.remove();
                emit(ipi);
            }
        }
    }

    /** Forgets what is under way to this vCPU: its log is torn. */
    void broken(int vcpu) {
        Deque<SentIpi> open = queue(underWay, vcpu);
        open.forEach(this::emit);
        open.clear();
    }

    void finish() {
        for (Deque<SentIpi> open : underWay) {
            for (SentIpi ipi : open) {
                if (ipi.takenNs >= 0) {
                    acknowledge(ipi, ipi.takenNs + handlerNs, ipi.takenLine);
                }
                emit(ipi);
            }
            open.clear();
        }
    }

    /** The last set of IPIs this vCPU sent before {@code beforeNs}: one vector, close together; newest first. */
    List<SentIpi> lastSet(int sender, long beforeNs) {
        List<SentIpi> set = new ArrayList<>();
        for (SentIpi ipi : queue(sends, sender)) {
            if (ipi.sentNs > beforeNs) {
                continue;
            }
            SentIpi newer = set.isEmpty() ? null : set.get(set.size() - 1);
            boolean belongs = newer == null
                    || (ipi.vector == newer.vector
                            && newer.sentNs - ipi.sentNs <= SET_GAP_NS
                            && set.stream().noneMatch(s -> s.receiver == ipi.receiver));
            if (!belongs) {
                break;
            }
            set.add(ipi);
        }
        return set;
    }

    /** The last IPI sent to this vCPU by {@code nowNs} that it has not taken, null where there is none. */
    SentIpi underWayTo(int receiver, long nowNs) {
        Iterator<SentIpi> latest = queue(underWay, receiver).descendingIterator();
        while (latest.hasNext()) {
            SentIpi ipi = latest.next();
            if (ipi.sentNs <= nowNs && ipi.takenNs < 0) {
                return ipi;
            }
        }
        return null;
    }

    /** Best estimate so far of when this IPI was handled, -1 unknown. */
    long handledNs(SentIpi ipi) {
        return ipi.ackNs >= 0 ? ipi.ackNs : ipi.takenNs >= 0 ? ipi.takenNs + handlerNs : -1;
    }

    /** Whether one of these IPIs had not been handled at that time. */
    boolean anyUnhandledAt(List<SentIpi> sent, long nowNs) {
        for (SentIpi ipi : sent) {
            long handled = handledNs(ipi);
            if (handled < 0 || handled > nowNs) {
                return true;
            }
        }
        return false;
    }

    long ipis() {
        return ipis;
    }

    long unacknowledged() {
        return unacknowledged;
    }

    private void acknowledge(SentIpi ipi, long eoiNs, long line) {
        ipi.ackNs = ipi.takenNs >= 0 ? Math.min(eoiNs, ipi.takenNs + handlerNs) : eoiNs;
        ipi.ackLine = line;
    }

    private void sendToAll(int sender, ApicIpi ipi) {
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (grouping.siblings(sender, other)) {
                send(sender, other, ipi);
            }
        }
    }

    private void send(int sender, int receiver, ApicIpi ipi) {
        if (receiver < 0) {
            return;
        }
        SentIpi sent = new SentIpi(sender, receiver, ipi.vector(), ipi.timestampNs(), ipi.line());
        Deque<SentIpi> toReceiver = queue(underWay, receiver);
        toReceiver.addLast(sent);
        if (toReceiver.size() > MAX_UNDER_WAY) {
            emit(toReceiver.removeFirst());
        }
        Deque<SentIpi> mine = queue(sends, sender);
        mine.addFirst(sent);
        if (mine.size() > SENDS_KEPT) {
            mine.removeLast();
        }
    }

    private void emit(SentIpi ipi) {
        ipis++;
        if (ipi.ackNs < 0) {
            unacknowledged++;
        }
        out.ipi(ipi.toModel());
    }

    private static Deque<SentIpi> queue(List<Deque<SentIpi>> queues, int vcpu) {
        while (queues.size() <= vcpu) {
            queues.add(new ArrayDeque<>());
        }
        return queues.get(vcpu);
    }

    private static void set(List<ApicIpi> slots, int vcpu, ApicIpi ipi) {
        while (slots.size() <= vcpu) {
            slots.add(null);
        }
        slots.set(vcpu, ipi);
    }
}
