package plescope.replay.spin;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ExitReason;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/**
 * Uses host interrupts as a sampling profiler of the guests, for logs without PLE exits. Stands between the timeline and the next
 * stage, which hears everything unchanged.
 *
 * <p>Left out as samples, since they are not independent of what the guest does: exits forced by an interrupt that a sibling sent
 * to the running vCPU, and those inside an interrupt handler, which time and not the guest's work brought about. What is left is
 * mostly the host's tick. Ticks also start runs, and interrupts held back meanwhile end them right away, so what a vCPU does first
 * in a run is hit too often; each sample therefore stands for the time since the last one of its run. A run that a wait or a halt
 * cuts short between two ticks leaves no sample: its end is seen too seldom [I].
 */
public final class SpinSampler implements TimelineSink {
    /** Logs without scheduler events: longer between exit and entry than any exit takes, the thread was away [I]. */
    private static final long AWAY_NS = 500_000;

    private final TimelineSink next;
    private final List<Track> tracks = new ArrayList<>();
    private VmGrouping grouping = VmGrouping.NONE;

    /** What is going on with one vCPU. */
    private static final class Track {
        final GuestSamples samples = new GuestSamples();
        boolean onRun;
        long entryNs = -1;
        long exitNs = -1;
        boolean injected;
        boolean handler;
        boolean kicked;
        boolean halts;
    }

    public SpinSampler(TimelineSink next) {
        this.next = next;
    }

    /** By dense vCPU index. */
    public List<GuestSamples> samples() {
        return tracks.stream().map(track -> track.samples).toList();
    }

    private Track of(int vcpu) {
        while (tracks.size() <= vcpu) {
            tracks.add(new Track());
        }
        return tracks.get(vcpu);
    }

    @Override
    public void vcpuEvent(int vcpu, TraceEvent event) {
        Track track = of(vcpu);
        switch (event.kind()) {
            case KVM_ENTRY -> entered(track, event.timestampNs());
            case KVM_EXIT -> exited(track, (KvmExit) event);
            case INJECTED_VIRQ -> track.injected = true;
            case EOI -> track.handler = false;
            case APIC_ACCEPT_IRQ -> {
                int receiver = grouping.sibling(vcpu, ((ApicAcceptIrq) event).apicId());
                if (receiver >= 0 && of(receiver).entryNs >= 0) {
                    of(receiver).kicked = true;
                }
            }
            case APIC_IPI,
                    MSR_ACCESS,
                    PLE_WINDOW_UPDATE,
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
                // Tells nothing about where the guest is.
            }
        }
        next.vcpuEvent(vcpu, event);
    }

    private static void entered(Track track, long nowNs) {
        if (track.onRun && nowNs - track.exitNs > AWAY_NS) {
            left(track, track.halts);
        }
        track.entryNs = nowNs;
        track.handler |= track.injected;
        track.injected = false;
        track.halts = false;
    }

    private static void exited(Track track, KvmExit exit) {
        if (track.entryNs < 0) {
            return;
        }
        long now = exit.timestampNs();
        if (track.onRun) {
            track.samples.extend(now);
        } else {
            track.samples.ran(track.entryNs, now);
            track.onRun = true;
        }
        if (exit.reason().family() == ExitReason.Family.INTERRUPT) {
            track.samples.interrupted(exit.guestRip());
            if (!track.handler && !track.kicked) {
                track.samples.sampled(now, exit.guestRip());
            }
        } else {
            track.samples.unknownEnd();
        }
        track.halts = exit.reason().isHalt();
        // Without EOI events the handler is over, as far as can be told, when the guest next leaves.
        track.handler = false;
        track.kicked = false;
        track.entryNs = -1;
        track.exitNs = now;
    }

    private static void left(Track track, boolean blocked) {
        if (blocked) {
            track.samples.blocked();
        }
        track.onRun = false;
    }

    @Override
    public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {
        if (prevVcpu >= 0) {
            TaskState state = event.prevState();
            left(of(prevVcpu), state != TaskState.RUNNABLE && state != TaskState.PREEMPTED);
        }
        next.contextSwitch(event, prevVcpu, nextVcpu);
    }

    @Override
    public void broken(int vcpu, long timeNs, long line) {
        Track track = of(vcpu);
        left(track, false);
        track.entryNs = -1;
        next.broken(vcpu, timeNs, line);
    }

    @Override
    public void grouped(VmGrouping now) {
        grouping = now;
        next.grouped(now);
    }

    @Override
    public void interval(VcpuInterval interval) {
        next.interval(interval);
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        next.wakeup(wakeup);
    }
}
