package plescope.replay.guest;

import java.util.ArrayDeque;

/**
 * Ticket and queued spinlocks: a release hands the lock to whoever waits longest, even if its vCPU is preempted; then all others wait
 * for that vCPU to run (lock-waiter preemption). In a queued lock each spins on its predecessor's hand-off, which comes to the same
 * order and the same time.
 */
final class FifoLock extends GuestLock {
    private final ArrayDeque<GuestTask> waiters = new ArrayDeque<>();

    FifoLock(GuestVm vm, int index, LockSpec spec) {
        super(vm, index, spec);
    }

    @Override
    void queue(GuestTask waiter) {
        waiters.add(waiter);
        beginSpin(waiter);
    }

    @Override
    Next goOn(GuestTask waiter) {
        return granted(waiter) ? Next.TAKEN : spinOn(waiter);
    }

    @Override
    void passOn(GuestTask from) {
        GuestTask next = waiters.poll();
        if (next != null) {
            grant(next);
            next.vcpu.release(next, from.vcpu.index);
        }
    }
}
