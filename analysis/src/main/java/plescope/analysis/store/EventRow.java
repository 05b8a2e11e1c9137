package plescope.analysis.store;

import java.util.Locale;
import java.util.function.ToIntFunction;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.Eoi;
import plescope.parser.event.EventsLost;
import plescope.parser.event.ExitReason;
import plescope.parser.event.HaltPollWindow;
import plescope.parser.event.HostInterrupt;
import plescope.parser.event.HostIpi;
import plescope.parser.event.Hypercall;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.MsrAccess;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedStat;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TraceEvent;
import plescope.parser.event.VcpuWakeup;

/** One event as a row of the table {@code event}: what each kind of event puts into which column. */
final class EventRow {
    private static final long UNKNOWN = -1;
    private static final long NULL = ColumnBatch.NULL;

    private final ToIntFunction<String> names;
    private final ToIntFunction<ExitReason> reasons;

    private long vcpu;
    private long reason;
    private long guestRip;
    private long prevTid;
    private long prevState;
    private long nextTid;
    private long targetTid;
    private long targetPcpu;
    private long vector;
    private long number;
    private long value;

    /** Numbers of names and reasons, given at first sight. */
    EventRow(ToIntFunction<String> names, ToIntFunction<ExitReason> reasons) {
        this.names = names;
        this.reasons = reasons;
    }

    void write(TraceEvent event, int thread, ColumnBatch batch) {
        vcpu = reason = guestRip = prevTid = prevState = nextTid = NULL;
        targetTid = targetPcpu = vector = number = value = NULL;
        String name = take(event);
        batch.put(event.line())
                .put(event.timestampNs())
                .putUnless(UNKNOWN, event.pcpu())
                .putUnless(UNKNOWN, event.tid())
                .putUnless(UNKNOWN, thread)
                .put(names.applyAsInt(name))
                .putUnless(UNKNOWN, vcpu)
                .put(reason)
                .put(guestRip)
                .put(prevTid)
                .put(prevState)
                .put(nextTid)
                .put(targetTid)
                .putUnless(UNKNOWN, targetPcpu)
                .put(vector)
                .put(number)
                .put(value)
                .end();
    }

    /** Fills the columns of this kind of event; its tracepoint's name. */
    private String take(TraceEvent event) {
        return switch (event.kind()) {
            case KVM_EXIT -> {
                KvmExit exit = (KvmExit) event;
                vcpu = exit.vcpu();
                reason = reasons.applyAsInt(exit.reason());
                guestRip = exit.guestRip();
                yield event.kind().tracepoint();
            }
            case KVM_ENTRY -> {
                KvmEntry entry = (KvmEntry) event;
                vcpu = entry.vcpu();
                guestRip = entry.guestRip();
                yield event.kind().tracepoint();
            }
            case PLE_WINDOW_UPDATE -> {
                PleWindowUpdate update = (PleWindowUpdate) event;
                vcpu = update.vcpu();
                value = update.newWindow();
                yield event.kind().tracepoint();
            }
            case HALT_POLL_WINDOW -> {
                HaltPollWindow window = (HaltPollWindow) event;
                vcpu = window.vcpu();
                value = window.newNs();
                yield event.kind().tracepoint();
            }
            case APIC_IPI, APIC_ACCEPT_IRQ, INJECTED_VIRQ, EOI, MSR_ACCESS, VCPU_WAKEUP, HYPERCALL -> takeGuest(event);
            case SCHED_SWITCH, SCHED_WAKE, SCHED_MIGRATE, SCHED_STAT -> takeScheduler(event);
            case HOST_IPI -> {
                targetPcpu = ((HostIpi) event).targetPcpu();
                yield event.kind().tracepoint();
            }
            case HOST_INTERRUPT -> interrupt((HostInterrupt) event);
            case EVENTS_LOST -> {
                value = ((EventsLost) event).count() < 0 ? NULL : ((EventsLost) event).count();
                yield event.kind().tracepoint();
            }
            case THREAD_NAMED -> throw new IllegalArgumentException("the name of a thread is no event of the log");
            case OTHER -> ((OtherEvent) event).name();
        };
    }

    private String takeGuest(TraceEvent event) {
        if (event instanceof ApicIpi ipi) {
            number = ipi.destination();
            vector = ipi.vector();
        } else if (event instanceof ApicAcceptIrq accept) {
            number = accept.apicId();
            vector = accept.vector();
        } else if (event instanceof Eoi eoi) {
            number = eoi.apicId();
            vector = eoi.vector();
        } else if (event instanceof InjectedVirq injected) {
            vector = injected.vector();
        } else if (event instanceof MsrAccess msr) {
            number = msr.index();
            value = msr.data();
        } else if (event instanceof VcpuWakeup wakeup) {
            value = wakeup.waitedNs();
        } else if (event instanceof Hypercall call) {
            number = call.number();
            value = call.a0();
            return call.api() == Hypercall.Interface.HYPERV ? "kvm_hv_hypercall" : "kvm_hypercall";
        }
        return event.kind().tracepoint();
    }

    private String takeScheduler(TraceEvent event) {
        if (event instanceof SchedSwitch change) {
            prevTid = change.prevTid();
            prevState = change.prevState().ordinal();
            nextTid = change.nextTid();
        } else if (event instanceof SchedWake wake) {
            targetTid = wake.wakeeTid();
            targetPcpu = wake.targetPcpu();
            return "sched_" + lower(wake.stage());
        } else if (event instanceof SchedMigrate move) {
            targetTid = move.movedTid();
            targetPcpu = move.toPcpu();
            number = move.fromPcpu();
        } else if (event instanceof SchedStat stat) {
            targetTid = stat.statTid();
            value = stat.ns();
            return "sched_stat_" + lower(stat.type());
        }
        return event.kind().tracepoint();
    }

    private String interrupt(HostInterrupt interrupt) {
        number = interrupt.number();
        String source =
                switch (interrupt.source()) {
                    case DEVICE -> "irq_handler";
                    case CALL_FUNCTION -> "call_function";
                    case PLATFORM_IPI -> "x86_platform_ipi";
                    case SOFTIRQ, RESCHEDULE, LOCAL_TIMER, IRQ_WORK -> lower(interrupt.source());
                };
        return source + "_" + lower(interrupt.phase());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
