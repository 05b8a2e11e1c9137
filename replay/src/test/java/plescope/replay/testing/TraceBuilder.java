package plescope.replay.testing;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.Eoi;
import plescope.parser.event.EventsLost;
import plescope.parser.event.ExitReason;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TaskState;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;
import plescope.parser.event.VcpuWakeup;

/** Writes traces by hand: times in microseconds, one line per event, lines numbered from 1. */
public final class TraceBuilder {
    public static final ExitReason PAUSE = new ExitReason(ExitReason.Isa.SVM, 0x77, "pause", ExitReason.Family.PAUSE);
    public static final ExitReason HLT = new ExitReason(ExitReason.Isa.SVM, 0x78, "hlt", ExitReason.Family.HALT);
    public static final ExitReason INTERRUPT =
            new ExitReason(ExitReason.Isa.SVM, 0x60, "interrupt", ExitReason.Family.INTERRUPT);
    public static final ExitReason MSR = new ExitReason(ExitReason.Isa.SVM, 0x7c, "msr", ExitReason.Family.MSR);
    public static final ExitReason IO = new ExitReason(ExitReason.Isa.SVM, 0x7b, "io", ExitReason.Family.IO);

    private final List<TraceEvent> events = new ArrayList<>();
    private int pcpu;
    private int tid;
    private int vcpu;

    /** The next kvm events come from this thread. */
    public TraceBuilder on(int onPcpu, int onTid, int onVcpu) {
        pcpu = onPcpu;
        tid = onTid;
        vcpu = onVcpu;
        return this;
    }

    public TraceBuilder entry(long us, long rip) {
        return add(new KvmEntry(us * 1000, pcpu, tid, line(), vcpu, rip));
    }

    public TraceBuilder exit(long us, ExitReason reason, long rip) {
        return add(new KvmExit(us * 1000, pcpu, tid, line(), vcpu, reason, rip));
    }

    public TraceBuilder window(long us, int oldWindow, int newWindow) {
        return add(new PleWindowUpdate(us * 1000, pcpu, tid, line(), vcpu, oldWindow, newWindow));
    }

    public TraceBuilder ipi(long us, int destination, int vector) {
        add(new ApicIpi(
                us * 1000, pcpu, tid, line(), destination, vector, DeliveryMode.FIXED, false, ApicIpi.Shorthand.NONE));
        return add(new ApicAcceptIrq(us * 1000, pcpu, tid, line(), destination, vector, DeliveryMode.FIXED, false));
    }

    public TraceBuilder injected(long us, int vector) {
        return add(new InjectedVirq(us * 1000, pcpu, tid, line(), vector, false, false));
    }

    public TraceBuilder eoi(long us, int vector) {
        return add(new Eoi(us * 1000, pcpu, tid, line(), vcpu, vector));
    }

    public TraceBuilder polled(long us, long waitedUs) {
        return add(new VcpuWakeup(us * 1000, pcpu, tid, line(), true, waitedUs * 1000, true));
    }

    /** A switch away from the current thread on its pCPU; {@link #on} is not changed. */
    public TraceBuilder switchTo(long us, TaskState state, int nextTid) {
        return add(new SchedSwitch(us * 1000, pcpu, tid, line(), tid, 120, state, nextTid, 120));
    }

    public TraceBuilder wake(long us, int wakeeTid, int targetPcpu) {
        return add(new SchedWake(us * 1000, pcpu, tid, line(), SchedWake.Stage.WAKING, wakeeTid, 120, targetPcpu));
    }

    public TraceBuilder lost(long us, int onPcpu, long count) {
        return add(new EventsLost(us * 1000, onPcpu, 0, line(), count));
    }

    public TraceBuilder named(long us, int namedTid, int tgid, String comm) {
        return add(new ThreadNamed(us * 1000, pcpu, namedTid, line(), namedTid, tgid, comm));
    }

    public List<TraceEvent> events() {
        return List.copyOf(events);
    }

    private long line() {
        return events.size() + 1L;
    }

    private TraceBuilder add(TraceEvent event) {
        events.add(event);
        return this;
    }
}
