package plescope.replay.guest;

/**
 * A guest's lock: who has it, who gets it next, and how one waits. {@link TaskRunner} does what it answers. Locks are passed on
 * without cost: what a contended cache line takes is part of the critical section [I].
 */
abstract class GuestLock {
    /** What a task does next at a lock. */
    enum Next {
        /** It has the lock. */
        TAKEN,
        /** It spins for {@link GuestTask#leftNs}, then asks again. */
        SPIN,
        /** It sleeps until woken, then asks again. */
        SLEEP,
        /** It halts its vCPU until any interrupt, then asks again. */
        HALT,
        /** It asks the host to run the owner's vCPU, then asks again. */
        YIELD
    }

    final GuestVm vm;
    final int index;
    final LockSpec spec;

    GuestTask owner;

    GuestLock(GuestVm vm, int index, LockSpec spec) {
        this.vm = vm;
        this.index = index;
        this.spec = spec;
    }

    /** The lock for that kind in a guest with those features. */
    static GuestLock create(GuestVm vm, int index, LockSpec spec) {
        GuestFeatures features = vm.spec.features();
        return switch (spec.kind()) {
            case TEST_AND_SET -> new TestAndSetLock(vm, index, spec);
            case TICKET, QUEUED ->
                features.pvSpinlock() && !features.diag()
                        ? new ParavirtualLock(vm, index, spec)
                        : new FifoLock(vm, index, spec);
            case MUTEX -> new Mutex(vm, index, spec);
        };
    }

    /** Whether its holder, and who spins for it, cannot be preempted by the guest. */
    final boolean spinlock() {
        return spec.kind() != LockSpec.Kind.MUTEX;
    }

    /** The task asks for the lock for the first time. */
    final Next want(GuestTask task) {
        task.leftNs = 0;
        task.contended = false;
        if (owner == null) {
            own(task);
            return Next.TAKEN;
        }
        task.contended = true;
        task.waitsFor = this;
        refuseCycle(task);
        queue(task);
        return goOn(task);
    }

    abstract void queue(GuestTask waiter);

    /** A waiter runs again: released, at its limit, interrupted or woken. */
    abstract Next goOn(GuestTask waiter);

    /** The owner lets go. */
    final void release(GuestTask holder) {
        owner = null;
        if (spinlock()) {
            holder.spinlocksHeld--;
        }
        passOn(holder);
    }

    /** Chooses the next owner, or lets waiters try. */
    abstract void passOn(GuestTask from);

    /** The lock is the task's from now on, even if its vCPU does not run. */
    final void own(GuestTask task) {
        owner = task;
        task.waitsFor = null;
        if (spinlock()) {
            task.spinlocksHeld++;
        }
    }

    /** Hands the lock to a waiter. */
    final void grant(GuestTask waiter) {
        own(waiter);
        waiter.granted = true;
    }

    /** Takes note of an earlier grant. */
    static boolean granted(GuestTask waiter) {
        boolean granted = waiter.granted;
        waiter.granted = false;
        return granted;
    }

    /**
     * How those wait who can do nothing but spin. On s390 a spinner asks the host for the owner at once if that is preempted, and
     * after every {@code spin_retry} turns in any case [K: arch_spin_lock_wait].
     */
    final Next spinOn(GuestTask waiter) {
        if (waiter.leftNs > 0) {
            return Next.SPIN;
        }
        if (!vm.spec.features().diag()) {
            waiter.leftNs = Long.MAX_VALUE;
            return Next.SPIN;
        }
        if (!waiter.asked) {
            waiter.asked = true;
            return Next.YIELD;
        }
        waiter.asked = false;
        waiter.leftNs = GuestCosts.DIAG_SPIN_NS;
        return Next.SPIN;
    }

    /** At the start of a wait: whether {@link #spinOn} begins by asking the host. */
    final void beginSpin(GuestTask waiter) {
        waiter.asked = owner == null || !vm.cpus.preempted(owner.vcpu.index);
    }

    private void refuseCycle(GuestTask wanting) {
        for (GuestTask holder = owner; holder != null; holder = next(holder)) {
            if (holder == wanting) {
                throw new GuestDeadlock(describeCycle(wanting));
            }
        }
    }

    private static GuestTask next(GuestTask holder) {
        return holder.waitsFor == null ? null : holder.waitsFor.owner;
    }

    private String describeCycle(GuestTask wanting) {
        StringBuilder text = new StringBuilder("VM " + vm.spec.name() + ": deadlock: ");
        GuestTask task = wanting;
        do {
            GuestLock lock = task.waitsFor;
            text.append(task == wanting ? "" : "; ")
                    .append(task)
                    .append(" waits for ")
                    .append(lock.spec.name());
            text.append(", held by ").append(lock.owner);
            task = lock.owner;
        } while (task != wanting);
        return text.toString();
    }
}
