package plescope.replay.guest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code struct mutex}: one who finds it taken spins while the owner runs, as far as the guest can tell, else sleeps. A release lets
 * the first spinner look and wakes the first sleeper; whoever runs first takes it. A sleeper that was woken in vain is handed the
 * lock at the next release ({@code MUTEX_FLAG_HANDOFF}) [R].
 */
final class Mutex extends GuestLock {
    private final List<GuestTask> spinners = new ArrayList<>();
    private final ArrayDeque<GuestTask> sleepers = new ArrayDeque<>();

    /** The first sleeper, once it was woken in vain. */
    private GuestTask heir;

    /** The first sleeper was woken and has yet to look. */
    private boolean woken;

    Mutex(GuestVm vm, int index, LockSpec spec) {
        super(vm, index, spec);
    }

    @Override
    void queue(GuestTask waiter) {
        spinners.add(waiter);
    }

    @Override
    Next goOn(GuestTask waiter) {
        if (granted(waiter)) {
            return Next.TAKEN;
        }
        boolean first = waiter == sleepers.peekFirst();
        if (owner == null) {
            take(waiter, first);
            return Next.TAKEN;
        }
        if (first) {
            woken = false;
            heir = waiter;
        }
        if (owner.running()) {
            waiter.leftNs = waiter.leftNs > 0 ? waiter.leftNs : GuestCosts.LOOK_NS;
            return Next.SPIN;
        }
        if (!first) {
            spinners.remove(waiter);
            sleepers.add(waiter);
        }
        waiter.leftNs = 0;
        return Next.SLEEP;
    }

    private void take(GuestTask waiter, boolean first) {
        if (first) {
            sleepers.poll();
            woken = false;
            heir = null;
        } else {
            spinners.remove(waiter);
        }
        own(waiter);
    }

    @Override
    void passOn(GuestTask from) {
        if (heir != null) {
            GuestTask next = heir;
            take(next, true);
            next.granted = true;
            rouse(next, from.vcpu);
            return;
        }
        for (int i = 0; i < spinners.size(); i++) {
            GuestTask spinner = spinners.get(i);
            if (spinner.vcpu.current == spinner) {
                spinner.vcpu.release(spinner, from.vcpu.index);
                break;
            }
        }
        GuestTask sleeper = sleepers.peekFirst();
        if (sleeper != null && !woken) {
            woken = true;
            vm.scheduler.wake(sleeper, from.vcpu, false);
        }
    }

    /** The heir may sleep, spin, or wait for a vCPU. */
    private void rouse(GuestTask next, GuestVcpu by) {
        if (next.asleep) {
            vm.scheduler.wake(next, by, false);
        } else {
            next.vcpu.release(next, by.index);
        }
    }
}
