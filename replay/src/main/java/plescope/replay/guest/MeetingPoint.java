package plescope.replay.guest;

import java.util.ArrayList;
import java.util.List;

/** A barrier: the last of its parties lets all others go, who spin in user mode or sleep on a futex. */
final class MeetingPoint {
    private final GuestVm vm;
    private final VmSpec.Barrier spec;
    private final List<GuestTask> waiting = new ArrayList<>();

    MeetingPoint(GuestVm vm, VmSpec.Barrier spec) {
        this.vm = vm;
        this.spec = spec;
    }

    boolean spins() {
        return spec.spins();
    }

    /** Whether all are there, the one that arrives being the last. */
    boolean arrive(GuestTask task) {
        if (waiting.size() + 1 < spec.parties()) {
            waiting.add(task);
            return false;
        }
        for (int i = 0; i < waiting.size(); i++) {
            GuestTask other = waiting.get(i);
            if (spec.spins()) {
                other.granted = true;
                other.vcpu.release(other, task.vcpu.index);
            } else {
                vm.scheduler.wake(other, task.vcpu, false);
            }
        }
        waiting.clear();
        return true;
    }
}
