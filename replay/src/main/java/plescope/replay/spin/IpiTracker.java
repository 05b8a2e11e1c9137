package plescope.replay.spin;

import java.util.Arrays;
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
    private static final int X2APIC_BROADCAST = -1;
    private static final int XAPIC_BROADCAST = 0xff;

    private final long handlerNs;
    private final ScheduleSink out;
    private VcpuIpis[] vcpus = new VcpuIpis[8];
    private int known;
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
        vcpu(sender).unresolved = null;
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
                    vcpu(sender).unresolved = ipi;
                } else {
                    send(sender, grouping.sibling(sender, ipi.destination()), ipi);
                }
            }
        }
    }

    void accepted(int inThreadOf, ApicAcceptIrq irq) {
        ApicIpi ipi = vcpu(inThreadOf).unresolved;
        if (ipi != null && ipi.vector() == irq.vector()) {
            send(inThreadOf, grouping.sibling(inThreadOf, irq.apicId()), ipi);
        }
    }

    void injected(int vcpu, int vector) {
        vcpu(vcpu).injected(vector);
    }

    void entered(int vcpu, long nowNs, long line) {
        vcpu(vcpu).entered(nowNs, line);
    }

    void acknowledged(int vcpu, Eoi eoi) {
        Iterator<SentIpi> open = vcpu(vcpu).underWay.iterator();
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
        Iterator<SentIpi> open = vcpu(vcpu).underWay.iterator();
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
        Deque<SentIpi> open = vcpu(vcpu).underWay;
        open.forEach(this::emit);
        open.clear();
    }

    void finish() {
        for (int vcpu = 0; vcpu < known; vcpu++) {
            Deque<SentIpi> open = vcpu(vcpu).underWay;
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
        return vcpu(sender).lastSet(beforeNs);
    }

    /** The last IPI sent to this vCPU by {@code nowNs} that it has not taken, null where there is none. */
    SentIpi underWayTo(int receiver, long nowNs) {
        Iterator<SentIpi> latest = vcpu(receiver).underWay.descendingIterator();
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
        for (int other : grouping.sameVm(sender)) {
            if (other != sender) {
                send(sender, other, ipi);
            }
        }
    }

    private void send(int sender, int receiver, ApicIpi ipi) {
        if (receiver < 0) {
            return;
        }
        SentIpi sent = new SentIpi(sender, receiver, ipi.vector(), ipi.timestampNs(), ipi.line());
        SentIpi lostFromSight = vcpu(receiver).receives(sent);
        if (lostFromSight != null) {
            emit(lostFromSight);
        }
        vcpu(sender).sent(sent);
        out.sendsIpi(sender, receiver, sent.vector, sent.sentNs);
    }

    private void emit(SentIpi ipi) {
        ipis++;
        if (ipi.ackNs < 0) {
            unacknowledged++;
        }
        out.ipi(ipi.toModel());
    }

    private VcpuIpis vcpu(int index) {
        if (index >= vcpus.length) {
            vcpus = Arrays.copyOf(vcpus, 2 * index);
        }
        if (vcpus[index] == null) {
            vcpus[index] = new VcpuIpis();
            known = Math.max(known, index + 1);
        }
        return vcpus[index];
    }
}
