package plescope.replay.guest;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.guest.Instruction.Compute;
import plescope.replay.guest.Instruction.Count;
import plescope.replay.guest.Instruction.Locked;
import plescope.replay.guest.Instruction.Repeat;
import plescope.replay.guest.LockSpec.Kind;
import plescope.replay.model.CpuSet;

/** Short words for small guests. */
final class Guests {
    static final long US = 1_000;
    static final long MS = 1_000_000;

    /** One tick a second: none falls into a test that is over sooner, with {@link #SEED}. */
    static final GuestFeatures TICKLESS = new GuestFeatures(1, 2_800_000, false, false, false, false, 1);

    /** Draws tick phases of half a second and more at one tick a second. */
    static final long SEED = 1;

    private Guests() {}

    static Instruction compute(long ns) {
        return new Compute(new Span.Fixed(ns), Privilege.KERNEL);
    }

    static Instruction locked(int lock, Instruction... body) {
        return new Locked(lock, List.of(body));
    }

    static Instruction count() {
        return new Count();
    }

    static Instruction forever(Instruction... body) {
        return new Repeat(0, List.of(body));
    }

    static Instruction times(long times, Instruction... body) {
        return new Repeat(times, List.of(body));
    }

    /** A task bound to one vCPU. */
    static TaskSpec on(int vcpu, String name, Instruction... program) {
        return new TaskSpec(name, 1, CpuSet.of(vcpu), List.of(program));
    }

    static TaskSpec tasks(int count, String name, Instruction... program) {
        return new TaskSpec(name, count, CpuSet.of(), List.of(program));
    }

    static VmSpec vm(int vcpus, GuestFeatures features, List<LockSpec> locks, TaskSpec... tasks) {
        return new VmSpec("vm", vcpus, features, locks, List.of(), List.of(), List.of(tasks));
    }

    static List<LockSpec> lock(Kind kind) {
        return List.of(new LockSpec("l", kind));
    }

    /** Guests and what was heard of them. */
    static final class Heard implements GuestObserver {
        final List<String> lines = new ArrayList<>();

        @Override
        public void lockWanted(int vm, int lock, int task, int vcpu, long now) {
            lines.add("task" + task + " wants lock" + lock + " at " + now);
        }

        @Override
        public void lockTaken(int vm, int lock, int task, int vcpu, long waitedNs, long now) {
            lines.add("task" + task + " takes lock" + lock + " at " + now + " after " + waitedNs);
        }

        @Override
        public void lockReleased(int vm, int lock, int task, int vcpu, long now) {
            lines.add("task" + task + " frees lock" + lock + " at " + now);
        }

        @Override
        public void answered(int vm, int task, int vcpu, long waitedNs, long now) {
            lines.add("task" + task + " is answered at " + now + " after " + waitedNs);
        }

        @Override
        public void counted(int vm, int task, int vcpu, long now) {
            lines.add("task" + task + " counts at " + now);
        }

        /** Lines that hold the word. */
        List<String> of(String word) {
            return lines.stream().filter(line -> line.contains(word)).toList();
        }
    }

    static LiveGuests live(GuestObserver observer, VmSpec... vms) {
        return new LiveGuests(LiveGuests.roster(List.of(vms), 1), List.of(vms), SEED, observer);
    }
}
