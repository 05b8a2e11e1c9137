package plescope.replay.guest;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Wait;

/**
 * One vCPU as its guest kernel uses it: the task on it, its run queue, timers and interrupts to be sent. Decides what the host is
 * told next: first the interrupts to be sent, then overhead, then the task.
 */
final class GuestVcpu {
    /** What the host was told last. */
    private enum Told {
        NOTHING,
        COMPUTE,
        SPIN,
        OVERHEAD,
        SEND,
        EXIT,
        HALT
    }

    /** More operations in a row that take no time are no program but a scenario that hangs. */
    private static final int MOST_AT_ONCE = 1_000_000;

    /** The timer is not armed. */
    private static final long UNARMED = Long.MAX_VALUE;

    final GuestVm vm;
    final int index;
    final int number;
    final TaskQueue queue;
    final TimerQueue timers = new TimerQueue();
    final Outbox outbox = new Outbox();

    GuestTask current;
    boolean needResched;
    /** The tick found the current task on a vCPU it should leave. */
    boolean push;

    long balanceNs;
    long overheadNs;
    private final long tickPeriodNs;
    private final long tickPhaseNs;
    private long tickNs;
    private long armedNs = UNARMED;
    private Told told = Told.NOTHING;

    GuestVcpu(GuestVm vm, int index, int number, long tickPhaseNs) {
        this.vm = vm;
        this.index = index;
        this.number = number;
        this.queue = new TaskQueue(vm.spec.features().sliceNs());
        this.tickPeriodNs = 1_000_000_000L / vm.spec.features().hz();
        this.tickPhaseNs = tickPhaseNs;
    }

    /** Nothing runs or waits here. */
    boolean idle() {
        return current == null && queue.size() == 0;
    }

    /** Whom its task spins for: a lock's owner, or one that has yet to answer; -1 for nobody in particular. */
    int blocker() {
        if (told != Told.SPIN) {
            return -1;
        }
        if (current.waitsFor != null && current.waitsFor.owner != null) {
            return current.waitsFor.owner.vcpu.index;
        }
        int first = -1;
        for (GuestVcpu other : vm.vcpus) {
            if (waitsFor(other)) {
                if (vm.cpus.preempted(other.index)) {
                    return other.index;
                }
                first = first < 0 ? other.index : first;
            }
        }
        return first;
    }

    /** Whether its task spins for something that vCPU has to do; a vCPU of the same VM. */
    boolean waitsFor(GuestVcpu other) {
        if (told != Told.SPIN) {
            return false;
        }
        if (current.waitsFor != null) {
            return current.waitsFor.owner != null && current.waitsFor.owner.vcpu == other;
        }
        return current.answers.missing(other.number);
    }

    void proceed() {
        switch (told) {
            case COMPUTE -> book(0);
            case SPIN -> {
                current.leftNs = 0;
                current.released = false;
            }
            case OVERHEAD -> overheadNs = 0;
            case SEND -> sent();
            case EXIT, HALT, NOTHING -> {
                // Over without a trace.
            }
        }
        told = Told.NOTHING;
        advance();
    }

    void handled(int vector, long tag) {
        switch (vector) {
            case GuestVectors.TIMER -> ring();
            case GuestVectors.CALL, GuestVectors.CALL_SINGLE -> vm.answered((int) tag, this);
            case GuestVectors.DEVICE -> wakeByAlarm(vm.tasks[(int) tag]);
            case GuestVectors.RESCHEDULE, GuestVectors.KICK -> {
                // Being interrupted is all they are for.
            }
            default -> throw new IllegalArgumentException("no handler for vector " + vector);
        }
        if (interruptible() && (!outbox.isEmpty() || preempts())) {
            putAside();
            advance();
        } else {
            rearm();
        }
    }

    private void wakeByAlarm(GuestTask sleeper) {
        vm.alarms--;
        vm.scheduler.wake(sleeper, this, false);
    }

    private boolean preempts() {
        return needResched && told != Told.OVERHEAD && current.preemptible();
    }

    /** Whether what it does can be put aside; a spin that was released is over as soon as the handler is. */
    private boolean interruptible() {
        return switch (told) {
            case COMPUTE, OVERHEAD -> true;
            case SPIN -> !current.released;
            case NOTHING, SEND, EXIT, HALT -> false;
        };
    }

    private void putAside() {
        long left = vm.cpus.takeOff(index);
        switch (told) {
            case COMPUTE -> book(left);
            case SPIN -> current.leftNs = left;
            case OVERHEAD -> overheadNs = left;
            case NOTHING, SEND, EXIT, HALT -> throw new IllegalStateException("nothing to put aside");
        }
        told = Told.NOTHING;
    }

    /** Books the current task's computing up to where {@code leftNs} are left. */
    private void book(long leftNs) {
        current.usefulNs += current.leftNs - leftNs;
        current.leftNs = leftNs;
    }

    /** Useful time of the current task that is not booked yet. */
    long unbookedNs() {
        return told == Told.COMPUTE ? current.leftNs - vm.cpus.leftNs(index) : 0;
    }

    private void advance() {
        int atOnce = 0;
        while (told == Told.NOTHING) {
            if (!outbox.isEmpty()) {
                send();
            } else if (overheadNs > 0) {
                tell(Told.OVERHEAD);
                vm.cpus.compute(index, overheadNs, Privilege.KERNEL, false);
            } else if (current == null || (needResched && current.preemptible())) {
                vm.scheduler.schedule(this);
                if (current == null) {
                    halt();
                }
            } else {
                vm.runner.step(this, current);
                if (++atOnce > MOST_AT_ONCE) {
                    throw new IllegalStateException(
                            "VM " + vm.spec.name() + ", task " + current + ": its program takes no time");
                }
            }
        }
    }

    /**
     * An IPI leaves by an ICR write for each receiver, as in x2APIC physical mode, which guests without interrupt remapping use
     * [R]; a kick by a hypercall, after which KVM also yields to whom it woke [K: 266e85a5ec9].
     */
    private void send() {
        tell(Told.SEND);
        if (outbox.vector() == GuestVectors.KICK) {
            vm.cpus.interrupt(outbox.receiver(), GuestVectors.KICK, 0);
            vm.cpus.yieldTo(index, outbox.receiver(), Family.HYPERCALL);
        } else {
            vm.cpus.exit(index, Family.MSR, GuestCosts.ICR_WRITE_NS);
        }
    }

    private void sent() {
        if (outbox.vector() != GuestVectors.KICK) {
            vm.cpus.sendIpi(index, outbox.receiver(), outbox.vector(), outbox.tag(), 1);
        }
        outbox.removeFirst();
    }

    // What tasks tell it to do.

    void compute(long ns, Privilege privilege) {
        tell(Told.COMPUTE);
        vm.cpus.compute(index, ns, privilege, true);
    }

    void spin(long limitNs, Privilege privilege, Wait.Cause cause) {
        tell(Told.SPIN);
        vm.cpus.spin(index, limitNs, privilege, cause);
    }

    void exit(Family family, long hostNs) {
        tell(Told.EXIT);
        vm.cpus.exit(index, family, hostNs);
    }

    /** KVM_HC_SCHED_YIELD, or s390's diag 9c. */
    void yieldTo(GuestVcpu target) {
        tell(Told.EXIT);
        vm.cpus.yieldTo(index, target.index, vm.spec.features().diag() ? Family.OTHER : Family.HYPERCALL);
    }

    void halt() {
        tell(Told.HALT);
        vm.cpus.halt(index);
    }

    private void tell(Told what) {
        rearm();
        told = what;
    }

    /** Lets its spinning task look again; one that does not spin now looks anyway before it next spins. */
    void release(GuestTask spinner, int culprit) {
        if (current == spinner && told == Told.SPIN && !spinner.released) {
            spinner.released = true;
            vm.cpus.release(index, culprit);
        }
    }

    // Timers.

    private void ring() {
        armedNs = UNARMED;
        long now = vm.cpus.now();
        while (timers.first() <= now) {
            wakeByAlarm(timers.poll());
        }
        if (current != null && tickNs <= now) {
            tickNs = nextTick(now);
            vm.scheduler.tick(this);
        }
    }

    /** The tick starts again when the vCPU is no longer idle ({@code tick_nohz_idle_exit}). */
    void restartTick() {
        if (tickNs <= vm.cpus.now()) {
            tickNs = nextTick(vm.cpus.now());
        }
    }

    private long nextTick(long now) {
        return tickPhaseNs + (Math.floorDiv(now - tickPhaseNs, tickPeriodNs) + 1) * tickPeriodNs;
    }

    private void rearm() {
        long due = current == null ? timers.first() : Math.min(timers.first(), tickNs);
        if (due == armedNs) {
            return;
        }
        armedNs = due;
        if (due == UNARMED) {
            vm.cpus.disarmTimer(index);
        } else {
            vm.cpus.armTimer(index, due, GuestVectors.TIMER, 0);
        }
    }
}
