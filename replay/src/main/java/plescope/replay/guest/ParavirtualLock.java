package plescope.replay.guest;

import java.util.ArrayDeque;

/**
 * Ticket and queued spinlocks of a guest with {@code CONFIG_PARAVIRT_SPINLOCKS}: a waiter that has spun {@code SPIN_THRESHOLD} turns
 * halts. One that is not at the head also halts as soon as it sees its predecessor halted or preempted ({@code pv_wait_early} [K]). A
 * head that spins is handed the lock; a head that halts is kicked, and the lock is free for whoever comes first, newcomers too
 * ({@code pv_hybrid_queued_unfair_trylock}) [R].
 */
final class ParavirtualLock extends GuestLock {
    private final ArrayDeque<GuestTask> waiters = new ArrayDeque<>();

    ParavirtualLock(GuestVm vm, int index, LockSpec spec) {
        super(vm, index, spec);
    }

    @Override
    void queue(GuestTask waiter) {
        waiter.ahead = waiters.peekLast();
        waiter.budgetNs = GuestCosts.PV_SPIN_NS;
        waiters.add(waiter);
    }

    @Override
    Next goOn(GuestTask waiter) {
        waiter.halted = false;
        waiter.kicked = false;
        if (granted(waiter)) {
            return Next.TAKEN;
        }
        boolean head = waiters.peekFirst() == waiter;
        if (head && owner == null) {
            waiters.poll();
            own(waiter);
            return Next.TAKEN;
        }
        if (waiter.leftNs > 0) {
            return Next.SPIN;
        }
        boolean fresh = waiter.budgetNs == GuestCosts.PV_SPIN_NS;
        if (waiter.budgetNs == 0 || (!head && !fresh && stalls(waiter.ahead))) {
            waiter.halted = true;
            waiter.budgetNs = GuestCosts.PV_SPIN_NS;
            return Next.HALT;
        }
        waiter.leftNs = Math.min(waiter.budgetNs, fresh ? GuestCosts.PV_FIRST_LOOK_NS : GuestCosts.LOOK_NS);
        waiter.budgetNs -= waiter.leftNs;
        return Next.SPIN;
    }

    private boolean stalls(GuestTask ahead) {
        return ahead.halted || vm.cpus.preempted(ahead.vcpu.index);
    }

    @Override
    void passOn(GuestTask from) {
        GuestTask head = waiters.peekFirst();
        if (head == null) {
            return;
        }
        if (head.halted && head.kicked) {
            // On its way; the lock stays free until it or another comes.
            return;
        }
        if (head.halted) {
            head.kicked = true;
            from.vcpu.outbox.add(head.vcpu.index, GuestVectors.KICK, 0);
        } else {
            waiters.poll();
            grant(head);
            head.vcpu.release(head, from.vcpu.index);
        }
    }
}
