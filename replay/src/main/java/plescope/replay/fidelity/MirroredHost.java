package plescope.replay.fidelity;

import java.util.Arrays;
import java.util.List;
import plescope.replay.kvm.YieldTo;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.model.SchedulerTuning;
import plescope.replay.policy.Policy;
import plescope.replay.policy.Setting;
import plescope.replay.scheduler.Entity;
import plescope.replay.scheduler.FairScheduler;
import plescope.replay.scheduler.HostScheduler;
import plescope.replay.scheduler.RunQueue;

/**
 * The simulated run queues, kept at what the log shows: who is queued where, who runs, and for how long. Only virtual times, lags
 * and hints are the simulated scheduler's own; hints come from its own {@code kvm_vcpu_on_spin}, for no tracepoint shows them.
 *
 * <p>A thread starts when the log first shows it runnable, at its queue's average virtual time: a guess, put right by
 * {@link #settle} [I].
 */
final class MirroredHost {
    /** {@code CONFIG_HZ}; here it only bounds the lag of EEVDF [I]. */
    private static final int HZ = 250;

    /** Resolution of most logs' clocks: virtual times that near are in no order. */
    private static final long CLOCK_NS = 1_000;

    /** Threads that are no vCPUs a log may name. */
    private static final int MAX_OTHERS = 1 << 16;

    private final FairScheduler scheduler;
    private final Policy policy;
    private final YieldTo yieldTo;
    private final CpuSet everywhere;
    private final ThreadTable threads = new ThreadTable();
    private final int pcpus;

    /** Dense index of the next thread that is no vCPU. */
    private int nextIndex;

    private final int lastIndex;

    MirroredHost(Roster roster, Setting setting, SchedulerTuning tuning) {
        pcpus = Math.max(1, roster.pcpus());
        nextIndex = roster.vcpus().size();
        lastIndex = nextIndex + MAX_OTHERS;
        int[] vmOf = new int[lastIndex];
        Arrays.fill(vmOf, roster.vms().size());
        roster.vcpus().forEach(vcpu -> vmOf[vcpu.index()] = vcpu.vm());
        policy = setting.createPolicy();
        HostModel host =
                new HostModel(pcpus, List.of(), HZ, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT).withTuning(tuning);
        scheduler = HostScheduler.create(setting.scheduler(), setting.layout(), host, vmOf, policy);
        yieldTo = new YieldTo(scheduler);
        everywhere = CpuSet.first(pcpus);
        for (Roster.Vm vm : roster.vms()) {
            addVm(roster, vm.id());
        }
    }

    private void addVm(Roster roster, int vm) {
        List<Integer> members = roster.vcpusOf(vm);
        MirroredVm machine = new MirroredVm(vm, members.size());
        for (int number = 0; number < machine.vcpus.length; number++) {
            Roster.Vcpu member = roster.vcpus().get(members.get(number));
            Entity entity = scheduler.newThread(member.index(), everywhere);
            MirroredVcpu vcpu = new MirroredVcpu(member.index(), number, machine, entity);
            machine.vcpus[number] = vcpu;
            threads.add(new RecordedThread(member.tid(), entity, vcpu));
        }
    }

    /** Whether there is a pCPU of that number. */
    boolean has(int pcpu) {
        return pcpu >= 0 && pcpu < pcpus;
    }

    void setClock(long now) {
        scheduler.setClock(now);
    }

    /** The thread of that id, known from now on. */
    RecordedThread thread(int tid) {
        RecordedThread known = threads.get(tid);
        if (known != null) {
            return known;
        }
        if (nextIndex == lastIndex) {
            throw new IllegalArgumentException("the log names more than " + MAX_OTHERS + " threads beside the vCPUs");
        }
        RecordedThread fresh = new RecordedThread(tid, scheduler.newThread(nextIndex++, everywhere), null);
        threads.add(fresh);
        return fresh;
    }

    /** The thread of that id, null if the log has not named it yet. */
    RecordedThread known(int tid) {
        return threads.get(tid);
    }

    /** Whether that thread is the one the mirrored pCPU runs. */
    boolean runs(RecordedThread thread, int pcpu) {
        return scheduler.rq(pcpu).curr() == thread.entity;
    }

    /**
     * The log shows the thread runnable on that pCPU; puts it there if it is not.
     *
     * @return whether it was
     */
    boolean ensureQueued(RecordedThread thread, int pcpu, long now) {
        if (thread.runnableOn(pcpu)) {
            return true;
        }
        if (thread.started && runs(thread, thread.entity.pcpu())) {
            switchTo(null, thread.entity.pcpu());
        }
        wake(thread, pcpu, now);
        return false;
    }

    /** The thread becomes runnable on that pCPU, or turns out to be runnable there. */
    void wake(RecordedThread thread, int pcpu, long now) {
        RunQueue rq = scheduler.rq(pcpu);
        if (!thread.started) {
            thread.started = true;
            scheduler.fork(rq, thread.entity);
            thread.entity.shiftTo(thread.entity.queueVruntime());
        } else if (scheduler.wakeDelayed(thread.entity) || thread.entity.runnable()) {
            move(thread, pcpu);
        } else {
            scheduler.wake(rq, thread.entity);
        }
        thread.waitingSinceNs = now;
    }

    /** Moves a queued thread; the one that runs stays. */
    void move(RecordedThread thread, int pcpu) {
        if (!thread.started || !thread.entity.runnable() || thread.entity.pcpu() == pcpu) {
            return;
        }
        if (!runs(thread, thread.entity.pcpu())) {
            scheduler.migrate(thread.entity, scheduler.rq(pcpu));
        }
    }

    /** A wake-up's preemption test: what it leaves behind are hints. */
    void wakeupPreempt(RecordedThread wakee, int pcpu) {
        RunQueue rq = scheduler.rq(pcpu);
        if (wakee.runnableOn(pcpu) && rq.curr() != null) {
            scheduler.wakeupPreempt(rq, wakee.entity);
        }
    }

    void block(RecordedThread running, int pcpu) {
        scheduler.block(scheduler.rq(pcpu), running.entity);
    }

    /** The running vCPU is at a PLE exit. @return whether it yields, so that {@code schedule()} is entered */
    boolean onSpin(RecordedThread spinner, int pcpu) {
        MirroredVcpu vcpu = spinner.vcpu;
        return vcpu.machine().onSpin(vcpu, scheduler.rq(pcpu), yieldTo, policy);
    }

    /** Whom the simulated scheduler would run; tid, or -1 for nobody. */
    int pick(int pcpu) {
        Entity picked = scheduler.pickNext(scheduler.rq(pcpu));
        if (picked == null) {
            return -1;
        }
        for (int i = 0; i < threads.size(); i++) {
            if (threads.at(i).entity == picked) {
                return threads.at(i).tid;
            }
        }
        throw new IllegalStateException("the scheduler picked a thread the log does not name");
    }

    /**
     * After a wrong pick: moves the recorded and the picked thread towards each other in virtual time, each half of what it takes to
     * pick as recorded. So the unknown start and the drift of the log's clock are forgotten after a few misses [I].
     */
    void settle(RecordedThread recorded, int picked) {
        RecordedThread other = threads.get(picked);
        if (other == null || other == recorded || !other.entity.sharesQueueWith(recorded.entity)) {
            return;
        }
        long excess = recorded.entity.deadline() - other.entity.deadline();
        if (!recorded.entity.eligible()) {
            excess = Math.max(excess, 2 * (recorded.entity.vruntime() - recorded.entity.queueVruntime()));
        }
        if (excess >= 0) {
            long half = excess / 2 + CLOCK_NS;
            recorded.entity.shiftTo(recorded.entity.vruntime() - half);
            other.entity.shiftTo(other.entity.vruntime() + half);
        }
    }

    /** That thread runs now, null for none of the fair class. */
    void switchTo(RecordedThread next, int pcpu) {
        RunQueue rq = scheduler.rq(pcpu);
        scheduler.switchTo(rq, next == null ? null : next.entity);
        rq.clearNeedResched();
    }

    /** The pCPU has looked at {@code TIF_NEED_RESCHED} and went on. */
    void clearNeedResched(int pcpu) {
        scheduler.rq(pcpu).clearNeedResched();
    }

    int nrRunning(int pcpu) {
        return scheduler.rq(pcpu).nrRunning();
    }

    /** Whether only threads of nice 0 are runnable there. */
    boolean niceZeroOnly(int pcpu) {
        for (int i = 0; i < threads.size(); i++) {
            if (!threads.at(i).niceZero && threads.at(i).runnableOn(pcpu)) {
                return false;
            }
        }
        return true;
    }

    /** Tid of who waits longest on that pCPU, leaving out who runs; -1 if nobody waits. */
    int longestWaiting(int pcpu, RecordedThread running) {
        RecordedThread longest = null;
        for (int i = 0; i < threads.size(); i++) {
            RecordedThread thread = threads.at(i);
            if (thread != running
                    && thread.runnableOn(pcpu)
                    && (longest == null || thread.waitingSinceNs < longest.waitingSinceNs)) {
                longest = thread;
            }
        }
        return longest == null ? -1 : longest.tid;
    }
}
