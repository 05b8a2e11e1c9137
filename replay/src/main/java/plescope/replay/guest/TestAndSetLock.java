package plescope.replay.guest;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code virt_spin_lock}: whoever tries first while it runs. A release lets every spinner look; those in guest mode look at once, in
 * the host's order of events, preempted ones when they next run, and who finds it taken spins on [I]. A failed attempt takes longer
 * than a PLE gap, so the loop counts afresh [I].
 */
final class TestAndSetLock extends GuestLock {
    private final List<GuestTask> waiters = new ArrayList<>();

    TestAndSetLock(GuestVm vm, int index, LockSpec spec) {
        super(vm, index, spec);
    }

    @Override
    void queue(GuestTask waiter) {
        waiters.add(waiter);
        beginSpin(waiter);
    }

    @Override
    Next goOn(GuestTask waiter) {
        if (owner == null) {
            waiters.remove(waiter);
            own(waiter);
            return Next.TAKEN;
        }
        return spinOn(waiter);
    }

    @Override
    void passOn(GuestTask from) {
        for (int i = 0; i < waiters.size(); i++) {
            GuestTask waiter = waiters.get(i);
            waiter.vcpu.release(waiter, from.vcpu.index);
        }
    }
}
