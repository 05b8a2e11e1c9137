package plescope.replay.guest;

/**
 * A VM's own scheduler: picks by {@link TaskQueue}, wakes to an idle vCPU else where the task was, pulls when it runs dry, balances
 * at ticks. A task runs its slice to the end, as {@code RUN_TO_PARITY} has it, which the tick notices; a woken task interrupts
 * nobody [R].
 *
 * <p>Where the host prefers some vCPUs, a task that may use one of these uses no other: wake-ups, pulls and balancing keep to them,
 * and the tick pushes the current task (only that one) off any other vCPU. Affinity is never broken.
 */
final class GuestScheduler {
    /** {@code busy_factor}: a busy CPU balances every (CPUs of the domain) ms times this. */
    private static final long BUSY_INTERVAL_NS = 16_000_000;

    private final GuestVm vm;
    long switches;
    long migrations;

    GuestScheduler(GuestVm vm) {
        this.vm = vm;
    }

    /** {@code __schedule}: puts the best task on the vCPU, one of another vCPU if there is none; none if all are asleep. */
    void schedule(GuestVcpu vcpu) {
        GuestTask previous = vcpu.current;
        if (previous != null) {
            account(vcpu);
            if (vcpu.push) {
                pushAway(previous, vcpu);
                previous = vcpu.current;
            }
        }
        vcpu.needResched = false;
        GuestTask next = vcpu.queue.best(previous);
        if (next == null) {
            next = pull(vcpu, 1);
        }
        if (next == null || next == previous) {
            return;
        }
        if (previous != null) {
            vcpu.queue.add(previous);
        }
        vcpu.queue.remove(next);
        vcpu.current = next;
        next.vcpu = vcpu;
        next.clockNs = clock(vcpu);
        vcpu.overheadNs += GuestCosts.SWITCH_NS;
        vcpu.restartTick();
        switches++;
    }

    /** The current task goes to sleep. */
    void block(GuestVcpu vcpu) {
        account(vcpu);
        vcpu.queue.leave(vcpu.current, vcpu.current);
        vcpu.current.asleep = true;
        vcpu.current = null;
        vcpu.push = false;
    }

    /**
     * {@code try_to_wake_up}, from a task or a handler of vCPU {@code by}.
     *
     * @param sync the waker is about to sleep ({@code WF_SYNC})
     */
    void wake(GuestTask task, GuestVcpu by, boolean sync) {
        put(task, select(task, sync && alone(by) ? by : task.vcpu), by);
    }

    private static boolean alone(GuestVcpu vcpu) {
        return vcpu.current != null && vcpu.queue.size() == 0;
    }

    private void put(GuestTask task, GuestVcpu target, GuestVcpu by) {
        boolean idle = target.idle();
        task.asleep = false;
        if (target.current != null) {
            account(target);
        }
        if (target != task.vcpu) {
            migrations++;
            task.vcpu = target;
        }
        target.queue.enter(task, target.current);
        if (idle && target != by) {
            by.outbox.add(target.index, GuestVectors.RESCHEDULE, 0);
        }
    }

    /** {@code select_task_rq}: an idle vCPU, the task's own first, then in order of number; else {@code fallback}. */
    private GuestVcpu select(GuestTask task, GuestVcpu fallback) {
        boolean restricted = hasPreferred(task);
        int n = vm.vcpus.length;
        GuestVcpu shortest = null;
        for (int i = 0; i < n; i++) {
            GuestVcpu vcpu = vm.vcpus[(task.vcpu.number + i) % n];
            if (!usable(task, vcpu, restricted)) {
                continue;
            }
            if (vcpu.idle() && !vm.cpus.preempted(vcpu.index)) {
                return vcpu;
            }
            if (vcpu == fallback) {
                shortest = vcpu;
            } else if (shortest == null || (shortest != fallback && load(vcpu) < load(shortest))) {
                shortest = vcpu;
            }
        }
        return shortest;
    }

    private static int load(GuestVcpu vcpu) {
        return vcpu.queue.size() + (vcpu.current == null ? 0 : 1);
    }

    /** Whether the task may use any of the vCPUs the host prefers. */
    private boolean hasPreferred(GuestTask task) {
        for (GuestVcpu vcpu : vm.vcpus) {
            if (allows(task, vcpu) && vm.cpus.preferred(vcpu.index)) {
                return true;
            }
        }
        return false;
    }

    private boolean usable(GuestTask task, GuestVcpu vcpu, boolean restricted) {
        return allows(task, vcpu) && (!restricted || vm.cpus.preferred(vcpu.index));
    }

    private boolean usable(GuestTask task, GuestVcpu vcpu) {
        return allows(task, vcpu) && (vm.cpus.preferred(vcpu.index) || !hasPreferred(task));
    }

    static boolean allows(GuestTask task, GuestVcpu vcpu) {
        return task.affinity.isEmpty() || task.affinity.contains(vcpu.number);
    }

    private void pushAway(GuestTask task, GuestVcpu from) {
        from.push = false;
        if (!usable(task, from)) {
            block(from);
            put(task, select(task, task.vcpu), from);
        }
    }

    /** {@code scheduler_tick} of a vCPU that is not idle. */
    void tick(GuestVcpu vcpu) {
        account(vcpu);
        if (!usable(vcpu.current, vcpu)) {
            vcpu.push = true;
            vcpu.needResched = true;
        }
        if (vcpu.queue.size() > 0) {
            kickIdle(vcpu);
        }
        long now = vm.cpus.now();
        if (now >= vcpu.balanceNs) {
            vcpu.balanceNs = now + BUSY_INTERVAL_NS * vm.vcpus.length;
            pull(vcpu, load(vcpu) + 1);
        }
    }

    /** {@code nohz_balancer_kick}: an idle vCPU that could run one of the tasks that wait here is made to pull. */
    private void kickIdle(GuestVcpu vcpu) {
        for (GuestVcpu other : vm.vcpus) {
            if (other.idle() && movable(vcpu, other) != null) {
                vcpu.outbox.add(other.index, GuestVectors.RESCHEDULE, 0);
                return;
            }
        }
    }

    /** Takes a task from the longest queue of at least {@code least} waiting tasks, of equals the next by number. */
    private GuestTask pull(GuestVcpu vcpu, int least) {
        int n = vm.vcpus.length;
        GuestVcpu busiest = null;
        GuestTask found = null;
        for (int i = 1; i < n; i++) {
            GuestVcpu other = vm.vcpus[(vcpu.number + i) % n];
            int waiting = other.queue.size();
            if (waiting >= least && (busiest == null || waiting > busiest.queue.size())) {
                GuestTask task = movable(other, vcpu);
                busiest = task == null ? busiest : other;
                found = task == null ? found : task;
            }
        }
        if (found != null) {
            busiest.queue.remove(found);
            busiest.queue.leave(found, busiest.current);
            migrations++;
            found.vcpu = vcpu;
            vcpu.queue.enter(found, vcpu.current);
        }
        return found;
    }

    /** Of the tasks that wait on {@code from} and may run on {@code to}, the one that would run last. */
    private GuestTask movable(GuestVcpu from, GuestVcpu to) {
        GuestTask last = null;
        for (int i = 0; i < from.queue.size(); i++) {
            GuestTask task = from.queue.get(i);
            if ((last == null || last.runsBefore(task)) && usable(task, to)) {
                last = task;
            }
        }
        return last;
    }

    /** Which vCPU a device interrupts: the one that asked, or the next that the host prefers. */
    GuestVcpu interruptTarget(GuestVcpu asked) {
        int n = vm.vcpus.length;
        for (int i = 0; i < n; i++) {
            GuestVcpu vcpu = vm.vcpus[(asked.number + i) % n];
            if (vm.cpus.preferred(vcpu.index)) {
                return vcpu;
            }
        }
        return asked;
    }

    /**
     * {@code update_curr}; steal time is nobody's run time ({@code CONFIG_PARAVIRT_TIME_ACCOUNTING}). It is told late, after the
     * vCPU is back: what was booked too much meanwhile is taken from the next booking.
     */
    private void account(GuestVcpu vcpu) {
        long clock = clock(vcpu);
        GuestTask current = vcpu.current;
        if (clock <= current.clockNs) {
            return;
        }
        boolean sliceOver = vcpu.queue.spend(current, clock - current.clockNs);
        current.clockNs = clock;
        if (sliceOver && vcpu.queue.size() > 0) {
            vcpu.needResched = true;
        }
    }

    private long clock(GuestVcpu vcpu) {
        return vm.cpus.now() - vm.cpus.stealNs(vcpu.index);
    }
}
