package plescope.replay.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.EventsLost;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;
import plescope.parser.event.VcpuWakeup;
import plescope.replay.model.ByTid;
import plescope.replay.model.Roster;
import plescope.replay.model.Wakeup;

/**
 * Door 2: host events in, one state per vCPU thread and moment out, in one pass and bounded memory.
 *
 * <p>A thread is a vCPU from its first kvm event on; dense vCPU indices follow that order. What the log cannot tell is
 * UNKNOWN: before a thread's first event, around lost events, around contradictions, and after its last event.
 */
public final class TimelineBuilder {
    /** Larger hosts' vCPUs are grouped less often: grouping compares all pairs. */
    private static final int REGROUP_AT_ONCE = 64;

    private static final int FIRST_REGROUPING = 64;
    /** Among the vCPUs of one number in more VMs than these, an IPI to that number tells next to nothing. */
    private static final int MAX_CANDIDATES = 64;

    /** Some hundred on each of the largest host's CPUs would be fewer [I]; whoever numbers vCPUs needs 16 bits at most. */
    private static final int MOST_VCPUS = 1 << 15;

    private final TimelineSink out;
    private final TimelineCounts counts = new TimelineCounts();
    private final ThreadNames names;
    private final SiblingEvidence evidence = new SiblingEvidence();
    private final VmInference inference;
    private final ByTid<VcpuTrack> byTid = new ByTid<>();
    private final List<VcpuTrack> tracks = new ArrayList<>();
    private final Map<Integer, List<VcpuTrack>> byNumber = new HashMap<>();

    private VmGrouping grouping = VmGrouping.NONE;
    private long nextRegrouping = FIRST_REGROUPING;
    private long[] lastOnPcpuNs = new long[8];
    private VcpuTrack[] occupant = new VcpuTrack[8];
    private int pcpus;
    private boolean started;
    private long startNs;
    private long endNs;

    public TimelineBuilder(ThreadMap threads, TimelineSink out) {
        this.out = out;
        this.names = new ThreadNames(threads.listed());
        this.inference = new VmInference(threads, names, evidence);
    }

    public void accept(TraceEvent event) {
        if (!started) {
            started = true;
            startNs = Math.min(0, event.timestampNs());
            endNs = startNs;
        }
        long now = Math.max(startNs, event.timestampNs());
        endNs = Math.max(endNs, now);
        int pcpu = event.pcpu();
        seePcpu(pcpu);
        switch (event.kind()) {
            case KVM_ENTRY -> entry((KvmEntry) event, now);
            case KVM_EXIT -> exit((KvmExit) event, now);
            case PLE_WINDOW_UPDATE -> {
                PleWindowUpdate update = (PleWindowUpdate) event;
                vcpuEvent(vcpu(event.tid(), update.vcpu()), event, now);
            }
            case INJECTED_VIRQ -> injected((InjectedVirq) event, now);
            case VCPU_WAKEUP -> wakeup((VcpuWakeup) event, now);
            case HALT_POLL_WINDOW, MSR_ACCESS, EOI, APIC_ACCEPT_IRQ -> known(event, now);
            case APIC_IPI -> ipi((ApicIpi) event, now);
            case SCHED_SWITCH -> contextSwitch((SchedSwitch) event, now);
            case SCHED_WAKE -> schedWake((SchedWake) event, now);
            case EVENTS_LOST -> lost((EventsLost) event);
            case THREAD_NAMED -> named((ThreadNamed) event);
            case SCHED_MIGRATE, SCHED_STAT, HYPERCALL, HOST_IPI, HOST_INTERRUPT, OTHER -> {
                // No state changes: the switch or wake-up that follows tells the pCPU.
            }
        }
        if (pcpu >= 0) {
            lastOnPcpuNs[pcpu] = now;
        }
        if (evidence.observations() >= nextRegrouping) {
            nextRegrouping *= 2;
            regroup();
        }
    }

    /** Closes the open intervals and says who was who. Call once, after the last event. */
    public TimelineSummary finish() {
        regroup();
        for (VcpuTrack track : tracks) {
            track.finish(endNs);
        }
        return new TimelineSummary(
                roster(),
                startNs,
                endNs,
                counts.entryAfterEntry,
                counts.exitAfterExit,
                counts.exitWithoutEntry,
                counts.lostSpans,
                counts.violations,
                counts.backwards,
                counts.schedEvents,
                grouping.guess(),
                tracks.stream().filter(track -> track.number < 0).count(),
                counts.reusedTids);
    }

    private void entry(KvmEntry event, long now) {
        VcpuTrack track = vcpu(event.tid(), event.vcpu());
        long time = track.clamp(now);
        occupy(track, event.pcpu(), time, event.line());
        evidence.entered(track.index);
        track.entry(time, event.pcpu(), event.line());
        out.entered(track.index, event);
    }

    private void exit(KvmExit event, long now) {
        VcpuTrack track = vcpu(event.tid(), event.vcpu());
        long time = track.clamp(now);
        occupy(track, event.pcpu(), time, event.line());
        track.exit(event, time, event.pcpu());
        out.exited(track.index, event);
    }

    /** One pCPU runs one thread: whoever was believed there and is not this one has left unseen. */
    private void occupy(VcpuTrack track, int pcpu, long now, long line) {
        if (pcpu < 0) {
            return;
        }
        VcpuTrack there = occupant[pcpu];
        if (there != null && there != track && there.onCpu() && there.lastPcpu() == pcpu) {
            long time = there.clamp(now);
            if (counts.schedEvents) {
                there.violation(time, line);
            } else {
                there.displaced(time);
            }
        }
        occupant[pcpu] = track;
    }

    private void injected(InjectedVirq event, long now) {
        VcpuTrack track = vcpu(event.tid(), -1);
        evidence.injected(track.index, event.vector());
        vcpuEvent(track, event, now);
    }

    private void wakeup(VcpuWakeup event, long now) {
        VcpuTrack track = vcpu(event.tid(), -1);
        long time = track.clamp(now);
        if (event.polled()) {
            track.polled(time, event.waitedNs());
        }
        out.vcpuEvent(track.index, event);
    }

    private void ipi(ApicIpi event, long now) {
        VcpuTrack sender = byTid.get(event.tid());
        if (sender == null) {
            return;
        }
        boolean oneReceiver = event.shorthand() == ApicIpi.Shorthand.NONE && !event.logical();
        if (oneReceiver && event.mode() == DeliveryMode.FIXED) {
            evidence.sending(sender.index, event.destination());
            probe(sender, event);
        }
        vcpuEvent(sender, event, now);
    }

    private void probe(VcpuTrack sender, ApicIpi event) {
        List<VcpuTrack> candidates = byNumber.getOrDefault(event.destination(), List.of());
        if (candidates.size() > MAX_CANDIDATES) {
            return;
        }
        for (VcpuTrack candidate : candidates) {
            if (candidate != sender) {
                evidence.ipiMayHaveReached(sender.index, candidate.index, event.vector());
            }
        }
    }

    private void contextSwitch(SchedSwitch event, long now) {
        counts.schedEvents = true;
        VcpuTrack prev = byTid.get(event.prevTid());
        VcpuTrack next = byTid.get(event.nextTid());
        if (prev != null) {
            long time = prev.clamp(now);
            if (next != null) {
                evidence.switched(prev.index, next.index, prev.isHandlingPause());
            }
            prev.switchedOut(event.prevState(), time, event.pcpu(), event.line());
        }
        if (next != null) {
            long time = next.clamp(now);
            next.switchedIn(time, event.pcpu(), event.line());
        }
        if (event.pcpu() >= 0) {
            occupant[event.pcpu()] = next;
        }
        out.contextSwitch(event, prev == null ? -1 : prev.index, next == null ? -1 : next.index);
    }

    private void schedWake(SchedWake event, long now) {
        counts.wakeEvents = true;
        VcpuTrack wakee = byTid.get(event.wakeeTid());
        if (wakee == null || !wakee.woken(wakee.clamp(now), event.targetPcpu())) {
            return;
        }
        VcpuTrack waker = byTid.get(event.tid());
        Wakeup.Source source = Wakeup.Source.THREAD;
        if (waker != null) {
            // A timer interrupt may wake a thread in any vCPU's context; only siblings wake by IPI.
            boolean byIpi = evidence.wakesByIpi(waker.index, wakee.number);
            source = byIpi ? Wakeup.Source.SIBLING : Wakeup.Source.INTERRUPT;
            if (byIpi) {
                evidence.wokeBySender(waker.index, wakee.index);
            }
        } else if (event.tid() == 0) {
            source = Wakeup.Source.INTERRUPT;
        } else if (event.tid() < 0) {
            source = Wakeup.Source.UNKNOWN;
        }
        int wakerVcpu = waker == null ? -1 : waker.index;
        out.wakeup(new Wakeup(wakee.index, now, event.tid(), wakerVcpu, event.pcpu(), source, event.line()));
    }

    private void lost(EventsLost event) {
        for (VcpuTrack track : tracks) {
            if (event.pcpu() < 0 || track.lastPcpu() == event.pcpu()) {
                long lastGood = event.pcpu() < 0 ? track.lastEventNs() : lastOnPcpuNs[event.pcpu()];
                track.lost(lastGood, event.line());
            }
        }
        if (event.pcpu() >= 0) {
            occupant[event.pcpu()] = null;
        } else {
            Arrays.fill(occupant, null);
        }
    }

    private void named(ThreadNamed event) {
        VcpuTrack track = byTid.get(event.namedTid());
        int process = names.recordedTgid(event.namedTid());
        counts.reusedTids += track != null && process >= 0 && event.tgid() >= 0 && event.tgid() != process ? 1 : 0;
        names.named(event);
        if (track != null) {
            track.sought = false;
            if (event.tgid() >= 0 && event.tgid() != process) {
                regroup();
            }
        }
    }

    private void known(TraceEvent event, long now) {
        VcpuTrack track = byTid.get(event.tid());
        if (track != null) {
            vcpuEvent(track, event, now);
        }
    }

    private void vcpuEvent(VcpuTrack track, TraceEvent event, long now) {
        track.clamp(now);
        out.vcpuEvent(track.index, event);
    }

    /** The vCPU of this thread, made on first sight. */
    private VcpuTrack vcpu(int tid, int number) {
        VcpuTrack track = byTid.get(tid);
        if (track == null) {
            if (tracks.size() == MOST_VCPUS) {
                throw new TooManyVcpusException(MOST_VCPUS);
            }
            track = new VcpuTrack(tracks.size(), tid, startNs, counts, out);
            byTid.put(track.tid, track);
            tracks.add(track);
            evidence.newVcpu(track.index);
        }
        if (track.number < 0 && (number >= 0 || !track.sought)) {
            number(track, number);
        }
        return track;
    }

    private void number(VcpuTrack track, int printed) {
        int mapped = inference.mappedNumber(track.tid);
        int number = mapped >= 0 ? mapped : printed >= 0 ? printed : ThreadNames.vcpuNumber(names.comm(track.tid));
        boolean isNew = grouping.vcpus() <= track.index;
        track.number = number;
        track.sought = true;
        if (number >= 0) {
            byNumber.computeIfAbsent(number, n -> new ArrayList<>()).add(track);
        }
        if ((isNew || number >= 0) && tracks.size() <= REGROUP_AT_ONCE) {
            regroup();
        }
    }

    private void regroup() {
        grouping = inference.group(tracks);
        out.grouped(grouping);
    }

    private void seePcpu(int pcpu) {
        if (pcpu >= lastOnPcpuNs.length) {
            int size = Integer.highestOneBit(pcpu) * 2;
            lastOnPcpuNs = Arrays.copyOf(lastOnPcpuNs, size);
            occupant = Arrays.copyOf(occupant, size);
        }
        pcpus = Math.max(pcpus, pcpu + 1);
    }

    private Roster roster() {
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        int[] unnumbered = new int[grouping.vms().size()];
        for (VcpuTrack track : tracks) {
            int vm = grouping.vm(track.index);
            int number = track.number >= 0 ? track.number : unnumbered[vm]++;
            vcpus.add(new Roster.Vcpu(track.index, vm, number, track.tid, names.comm(track.tid)));
        }
        return new Roster(grouping.vms(), vcpus, names.others(byTid), pcpus);
    }
}
