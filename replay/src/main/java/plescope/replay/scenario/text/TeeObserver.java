package plescope.replay.scenario.text;

import plescope.replay.guest.GuestObserver;

/** Tells everything to two observers, first to {@code one}. */
public record TeeObserver(GuestObserver one, GuestObserver two) implements GuestObserver {
    @Override
    public void lockWanted(int vm, int lock, int task, int vcpu, long now) {
        one.lockWanted(vm, lock, task, vcpu, now);
        two.lockWanted(vm, lock, task, vcpu, now);
    }

    @Override
    public void lockTaken(int vm, int lock, int task, int vcpu, long waitedNs, long now) {
        one.lockTaken(vm, lock, task, vcpu, waitedNs, now);
        two.lockTaken(vm, lock, task, vcpu, waitedNs, now);
    }

    @Override
    public void lockReleased(int vm, int lock, int task, int vcpu, long now) {
        one.lockReleased(vm, lock, task, vcpu, now);
        two.lockReleased(vm, lock, task, vcpu, now);
    }

    @Override
    public void answered(int vm, int task, int vcpu, long waitedNs, long now) {
        one.answered(vm, task, vcpu, waitedNs, now);
        two.answered(vm, task, vcpu, waitedNs, now);
    }

    @Override
    public void counted(int vm, int task, int vcpu, long now) {
        one.counted(vm, task, vcpu, now);
        two.counted(vm, task, vcpu, now);
    }
}
