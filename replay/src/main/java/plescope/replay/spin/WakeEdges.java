package plescope.replay.spin;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.MsrAccess;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.WakeEdge.Source;
import plescope.replay.model.Wakeup;

/**
 * Finds out what each wake-up of a vCPU was for, from the IPIs under way to it and the vector injected at its next entry.
 *
 * <p>The context of a wake-up alone says little: host timers also expire while another vCPU's thread runs.
 */
final class WakeEdges {
    /** {@code LOCAL_TIMER_VECTOR} of Linux guests [K: arch/x86/include/asm/irq_vectors.h]. */
    private static final int LINUX_TIMER_VECTOR = 0xec;

    /** x2APIC LVT timer register; its low byte is the vector [K: APIC_LVTT 0x320]. */
    private static final long X2APIC_LVT_TIMER = 0x832;

    private static final int VECTOR_MASK = 0xff;
    private static final int NONE = -1;

    private static final class Pending {
        Wakeup wakeup;
        SentIpi ipi;
        int vector = NONE;
        int timerVector = LINUX_TIMER_VECTOR;
    }

    private final IpiTracker ipis;
    private final ScheduleSink out;
    private final List<Pending> vcpus = new ArrayList<>();
    private long edges;
    private long unknown;

    WakeEdges(IpiTracker ipis, ScheduleSink out) {
        this.ipis = ipis;
        this.out = out;
    }

    void wakeup(Wakeup wakeup) {
        Pending vcpu = vcpu(wakeup.vcpu());
        emit(vcpu, NONE);
        vcpu.wakeup = wakeup;
        vcpu.ipi = ipis.underWayTo(wakeup.vcpu(), wakeup.timeNs());
        vcpu.vector = vcpu.ipi == null ? NONE : vcpu.ipi.vector;
    }

    void injected(int index, InjectedVirq virq) {
        Pending vcpu = vcpu(index);
        if (vcpu.wakeup != null && vcpu.ipi == null && vcpu.vector == NONE) {
            vcpu.vector = virq.vector();
        }
    }

    void wroteMsr(int index, MsrAccess msr) {
        if (msr.write() && msr.index() == X2APIC_LVT_TIMER) {
            vcpu(index).timerVector = (int) msr.data() & VECTOR_MASK;
        }
    }

    void entered(int index, long nowNs) {
        emit(vcpu(index), nowNs);
    }

    /** The log ends, or is torn for this vCPU. */
    void broken(int index) {
        emit(vcpu(index), NONE);
    }

    /** Wake-ups told so far. */
    long edges() {
        return edges;
    }

    /** Of those, the ones whose sender the log hides. */
    long unknown() {
        return unknown;
    }

    private void emit(Pending vcpu, long ranNs) {
        Wakeup wakeup = vcpu.wakeup;
        if (wakeup == null) {
            return;
        }
        Source source = source(vcpu);
        int sender = vcpu.ipi == null ? NONE : vcpu.ipi.sender;
        long line = vcpu.ipi == null ? 0 : vcpu.ipi.line;
        out.wakeEdge(new WakeEdge(wakeup.vcpu(), wakeup.timeNs(), ranNs, source, sender, vcpu.vector, line));
        edges++;
        unknown += source == Source.UNKNOWN ? 1 : 0;
        vcpu.wakeup = null;
        vcpu.ipi = null;
        vcpu.vector = NONE;
    }

    private static Source source(Pending vcpu) {
        if (vcpu.ipi != null) {
            return Source.IPI;
        }
        if (vcpu.vector == vcpu.timerVector) {
            return Source.TIMER;
        }
        return vcpu.wakeup.source() == Wakeup.Source.THREAD ? Source.DEVICE : Source.UNKNOWN;
    }

    private Pending vcpu(int index) {
        while (vcpus.size() <= index) {
            vcpus.add(new Pending());
        }
        return vcpus.get(index);
    }
}
