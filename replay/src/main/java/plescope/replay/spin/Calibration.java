package plescope.replay.spin;

import java.util.Arrays;
import plescope.parser.event.KvmExit;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.TraceEvent;

/** Learns, ahead of the judging stage, how PLE windows behave in this log and how long a window takes in each loop. */
final class Calibration {
    final SpinLoops loops = new SpinLoops();
    final PleWindows.Rules rules = new PleWindows.Rules();
    private final PleWindows windows = new PleWindows(rules);
    private long[] entryNs = new long[0];

    void observe(int vcpu, TraceEvent event) {
        switch (event.kind()) {
            case KVM_ENTRY -> setEntry(vcpu, event.timestampNs());
            case KVM_EXIT -> exited(vcpu, (KvmExit) event);
            case PLE_WINDOW_UPDATE -> {
                rules.updated((PleWindowUpdate) event);
                windows.updated(vcpu, (PleWindowUpdate) event);
            }
            case APIC_IPI,
                    APIC_ACCEPT_IRQ,
                    INJECTED_VIRQ,
                    EOI,
                    MSR_ACCESS,
                    VCPU_WAKEUP,
                    HALT_POLL_WINDOW,
                    SCHED_SWITCH,
                    SCHED_WAKE,
                    SCHED_MIGRATE,
                    EVENTS_LOST,
                    THREAD_NAMED,
                    OTHER -> {
                // Nothing to learn about windows.
            }
        }
    }

    void contextSwitch(int nextVcpu) {
        rules.schedSwitches = true;
        if (nextVcpu >= 0) {
            windows.switchedIn(nextVcpu);
        }
    }

    void broken(int vcpu) {
        setEntry(vcpu, -1);
    }

    private void exited(int vcpu, KvmExit exit) {
        long entered = vcpu < entryNs.length ? entryNs[vcpu] : -1;
        setEntry(vcpu, -1);
        if (exit.reason().isPause()) {
            rules.isa(exit.reason().isa());
            if (entered >= 0) {
                loops.sample(loops.at(exit.guestRip()), exit.timestampNs() - entered, windows.window(vcpu));
            }
            windows.pauseExit(vcpu);
        }
    }

    private void setEntry(int vcpu, long ns) {
        if (vcpu >= entryNs.length) {
            int from = entryNs.length;
            entryNs = Arrays.copyOf(entryNs, Math.max(8, vcpu * 2));
            Arrays.fill(entryNs, from, entryNs.length, -1);
        }
        entryNs[vcpu] = ns;
    }
}
