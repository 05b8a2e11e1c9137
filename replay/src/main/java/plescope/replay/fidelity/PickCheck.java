package plescope.replay.fidelity;

import java.util.Arrays;
import java.util.List;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.Roster;
import plescope.replay.model.SchedulerTuning;
import plescope.replay.policy.Setting;

/**
 * Asks the simulated scheduler at every recorded context switch whom it would run, compares with who did, then follows the record.
 *
 * <p>At a PLE exit, entering the guest again counts as a pick, too: whether and to whom the vCPU yields is what the simulated
 * {@code kvm_vcpu_on_spin} says. Everywhere else only recorded switches are judged, so a pick that left the running thread in place
 * is never seen. Virtual times are not in the log: after each miss, which counts, they are settled so that the next pick has a chance.
 */
public final class PickCheck {
    /** Virtual times are guesses at first: nothing is judged so early, nor so soon after events were lost; half of a short log [I]. */
    public static final long WARM_UP_NS = 200_000_000;

    private static final int NICE_0_PRIO = 120;
    private static final int MAX_RT_PRIO = 100;
    private static final int IDLE_TID = 0;

    private final MirroredHost host;
    private final PickTally[] tallies = new PickTally[PickKind.values().length];
    private long unknown;

    /** Per pCPU: a thread was woken onto it while the present one ran. */
    private final boolean[] wakeups;

    private final long warmUpNs;
    private long judgeFromNs;

    /** A check of a host whose scheduler has its kernel's own features. */
    public PickCheck(Roster roster, Setting setting, long spanNs) {
        this(roster, setting, SchedulerTuning.DEFAULT, spanNs);
    }

    /** Takes who is who, and how long the log is, from an earlier pass over it. */
    public PickCheck(Roster roster, Setting setting, SchedulerTuning tuning, long spanNs) {
        warmUpNs = Math.min(WARM_UP_NS, spanNs / 2);
        judgeFromNs = warmUpNs;
        host = new MirroredHost(roster, setting, tuning);
        wakeups = new boolean[Math.max(1, roster.pcpus())];
        Arrays.fill(tallies, PickTally.NONE);
    }

    /** Takes the log's events, in order. */
    public void accept(TraceEvent event) {
        host.setClock(Math.max(0, event.timestampNs()));
        arrive(event.tid());
        switch (event.kind()) {
            case SCHED_SWITCH -> schedSwitch((SchedSwitch) event);
            case SCHED_WAKE -> schedWake((SchedWake) event);
            case SCHED_MIGRATE -> migrate((SchedMigrate) event);
            case KVM_EXIT -> exit((KvmExit) event);
            case KVM_ENTRY -> entry((KvmEntry) event);
            case APIC_ACCEPT_IRQ -> interrupt((ApicAcceptIrq) event);
            case EVENTS_LOST -> judgeFromNs = event.timestampNs() + warmUpNs;
            case APIC_IPI,
                    EOI,
                    HALT_POLL_WINDOW,
                    HOST_INTERRUPT,
                    HOST_IPI,
                    HYPERCALL,
                    INJECTED_VIRQ,
                    MSR_ACCESS,
                    OTHER,
                    PLE_WINDOW_UPDATE,
                    SCHED_STAT,
                    THREAD_NAMED,
                    VCPU_WAKEUP -> {
                // These say nothing about run queues.
            }
        }
    }

    /** What was found so far. */
    public PickAgreement agreement() {
        return new PickAgreement(List.of(tallies), unknown);
    }

    /** The first event of a thread after its switch comes from {@code kvm_sched_in} or later. */
    private void arrive(int tid) {
        RecordedThread thread = host.known(tid);
        if (thread != null && thread.arriving) {
            thread.arriving = false;
            thread.vcpu.schedIn();
        }
    }

    private void schedSwitch(SchedSwitch event) {
        int pcpu = event.pcpu();
        if (!host.has(pcpu)) {
            return;
        }
        long now = event.timestampNs();
        RecordedThread prev = fair(event.prevTid(), event.prevPrio());
        RecordedThread next = fair(event.nextTid(), event.nextPrio());
        boolean knew = prev != null && now >= judgeFromNs;
        if (prev != null && !host.runs(prev, pcpu)) {
            host.ensureQueued(prev, pcpu, now);
            host.switchTo(prev, pcpu);
            knew = false;
        }
        PickKind kind = leave(prev, event.prevState(), pcpu, now);
        if (next != null) {
            knew &= host.ensureQueued(next, pcpu, now);
            judgeSwitch(kind, prev, next, pcpu, knew);
            next.arriving = next.vcpu != null;
        }
        host.switchTo(next, pcpu);
        wakeups[pcpu] = false;
    }

    /** A thread of the fair class; null for the idle task, real-time and stop classes. */
    private RecordedThread fair(int tid, int prio) {
        if (tid <= IDLE_TID || prio < MAX_RT_PRIO) {
            return null;
        }
        RecordedThread thread = host.thread(tid);
        thread.niceZero = prio == NICE_0_PRIO;
        return thread;
    }

    private PickKind leave(RecordedThread prev, TaskState state, int pcpu, long now) {
        if (prev == null) {
            return PickKind.PREEMPTION;
        }
        boolean runnable = state == TaskState.RUNNABLE || state == TaskState.PREEMPTED || state == TaskState.UNKNOWN;
        PickKind kind = wakeups[pcpu] ? PickKind.WAKEUP : PickKind.PREEMPTION;
        if (!runnable) {
            kind = PickKind.BLOCK;
            host.block(prev, pcpu);
        } else if (prev.atPauseExit) {
            kind = PickKind.PLE_EXIT;
        }
        prev.atPauseExit = false;
        prev.waitingSinceNs = now;
        if (prev.vcpu != null) {
            prev.vcpu.schedOut(runnable, prev.inKernel, now);
        }
        return kind;
    }

    private void judgeSwitch(PickKind kind, RecordedThread prev, RecordedThread next, int pcpu, boolean knew) {
        int candidates = host.nrRunning(pcpu);
        int picked = host.pick(pcpu);
        if (candidates < 2) {
            return;
        }
        if (knew && host.niceZeroOnly(pcpu)) {
            boolean roundRobin = host.longestWaiting(pcpu, prev) == next.tid;
            count(kind, picked == next.tid, roundRobin, candidates);
        } else {
            unknown++;
        }
        host.settle(next, picked);
    }

    private void count(PickKind kind, boolean agrees, boolean roundRobinAgrees, int candidates) {
        tallies[kind.ordinal()] = tallies[kind.ordinal()].with(agrees, roundRobinAgrees, candidates);
    }

    private void schedWake(SchedWake event) {
        RecordedThread wakee = fair(event.wakeeTid(), event.prio());
        int pcpu = event.targetPcpu();
        if (wakee == null || !host.has(pcpu)) {
            return;
        }
        if (event.stage() == SchedWake.Stage.WAKING) {
            if (wakee.vcpu != null) {
                wakee.vcpu.wake();
            }
            return;
        }
        if (!wakee.started || !wakee.entity.runnable()) {
            host.wake(wakee, pcpu, event.timestampNs());
            host.wakeupPreempt(wakee, pcpu);
            wakeups[pcpu] = true;
        }
    }

    private void migrate(SchedMigrate event) {
        RecordedThread moved = host.known(event.movedTid());
        if (moved != null && host.has(event.toPcpu())) {
            host.move(moved, event.toPcpu());
        }
    }

    /** on_spin scans right after the exit; the switch it leads to is microseconds away, and other vCPUs scan meanwhile. */
    private void exit(KvmExit event) {
        RecordedThread vcpu = running(event.tid(), event.pcpu());
        if (vcpu != null) {
            vcpu.atPauseExit = event.reason().isPause();
            // Kernels live in the upper half; 0 is an unknown address.
            vcpu.inKernel = event.guestRip() <= 0;
            vcpu.yields = vcpu.atPauseExit && host.onSpin(vcpu, event.pcpu());
        }
    }

    /** A PLE exit that ends here led to no switch: nobody to yield to, or the spinner itself was picked again. */
    private void entry(KvmEntry event) {
        int pcpu = event.pcpu();
        RecordedThread vcpu = running(event.tid(), pcpu);
        if (vcpu == null) {
            return;
        }
        if (vcpu.atPauseExit) {
            vcpu.atPauseExit = false;
            int picked = vcpu.yields ? host.pick(pcpu) : vcpu.tid;
            int candidates = host.nrRunning(pcpu);
            if (candidates >= 2 && event.timestampNs() >= judgeFromNs && host.niceZeroOnly(pcpu)) {
                count(PickKind.PLE_EXIT, picked == vcpu.tid, false, candidates);
            }
            vcpu.vcpu.leaveSpinLoop();
        }
        vcpu.vcpu.enterGuest();
        host.clearNeedResched(pcpu);
    }

    /** The vCPU thread of that id, if the mirror runs it there. */
    private RecordedThread running(int tid, int pcpu) {
        RecordedThread thread = host.has(pcpu) ? host.known(tid) : null;
        return thread != null && thread.vcpu != null && host.runs(thread, pcpu) ? thread : null;
    }

    /** The event names the receiver by its APIC id, which is its number in the VM of the thread at work. */
    private void interrupt(ApicAcceptIrq event) {
        RecordedThread sender = host.known(event.tid());
        if (sender != null && sender.vcpu != null) {
            MirroredVcpu[] siblings = sender.vcpu.machine().vcpus;
            if (event.apicId() >= 0 && event.apicId() < siblings.length) {
                siblings[event.apicId()].postInterrupt();
            }
        }
    }
}
