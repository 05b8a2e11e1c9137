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
    /** Whether the log shows EOIs; with APICv acknowledgements have to be guessed from guest time. */
    boolean eoiEvents;

    /** Whether the log's clock shows less than a microsecond. */
    boolean fineClock;

    private final SpinOptions options;
    private long[] entryNs = new long[0];
    private SpinLoop[] lastLoop = new SpinLoop[0];
    private boolean[] injected = new boolean[0];

    Calibration(SpinOptions options) {
        this.options = options;
    }

    void observe(int vcpu, TraceEvent event) {
        clock(event.timestampNs());
        switch (event.kind()) {
            case KVM_ENTRY -> entered(vcpu, event.timestampNs());
            case KVM_EXIT -> exited(vcpu, (KvmExit) event);
            case PLE_WINDOW_UPDATE -> {
                rules.updated((PleWindowUpdate) event);
                windows.updated(vcpu, (PleWindowUpdate) event);
            }
            case EOI -> eoiEvents = true;
            case INJECTED_VIRQ -> {
                grow(vcpu);
                injected[vcpu] = true;
            }
            case APIC_IPI,
                    APIC_ACCEPT_IRQ,
                    MSR_ACCESS,
                    VCPU_WAKEUP,
                    HALT_POLL_WINDOW,
                    SCHED_SWITCH,
                    SCHED_WAKE,
                    SCHED_MIGRATE,
                    SCHED_STAT,
                    HYPERCALL,
                    HOST_IPI,
                    HOST_INTERRUPT,
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

    void entered(int vcpu, long ns) {
        clock(ns);
        setEntry(vcpu, ns);
    }

    void exited(int vcpu, KvmExit exit) {
        clock(exit.timestampNs());
        grow(vcpu);
        long entered = entryNs[vcpu];
        entryNs[vcpu] = -1;
        SpinLoop before = lastLoop[vcpu];
        lastLoop[vcpu] = null;
        if (exit.reason().isPause()) {
            rules.isa(exit.reason().isa());
            SpinLoop loop = loops.at(exit.guestRip());
            if (entered >= 0) {
                long guestNs = exit.timestampNs() - entered;
                loops.sample(loop, guestNs, windows.window(vcpu));
                if (before == loop && !injected[vcpu]) {
                    sampleExcess(loop, guestNs, windows.window(vcpu));
                }
            }
            lastLoop[vcpu] = loop;
            windows.pauseExit(vcpu);
        }
        injected[vcpu] = false;
    }

    /** A run that began in the loop: where it clearly exceeds the window, the guest worked in between. */
    private void sampleExcess(SpinLoop loop, long guestNs, int window) {
        long windowNs = loops.windowNs(loop, window);
        if (loops.isKnown(loop) && guestNs - windowNs > options.toleranceNs(windowNs, fineClock)) {
            loop.excess.add(guestNs - windowNs);
        }
    }

    private void clock(long ns) {
        fineClock = fineClock || ns % 1000 != 0;
    }

    private void setEntry(int vcpu, long ns) {
        grow(vcpu);
        entryNs[vcpu] = ns;
    }

    private void grow(int vcpu) {
        if (vcpu >= entryNs.length) {
            int from = entryNs.length;
            int size = Math.max(8, vcpu * 2);
            entryNs = Arrays.copyOf(entryNs, size);
            Arrays.fill(entryNs, from, size, -1);
            lastLoop = Arrays.copyOf(lastLoop, size);
            injected = Arrays.copyOf(injected, size);
        }
    }
}
