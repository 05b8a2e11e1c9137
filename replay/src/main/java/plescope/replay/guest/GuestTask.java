package plescope.replay.guest;

import java.util.SplittableRandom;
import plescope.replay.model.CpuSet;

/** A task of a live guest: how far its program has come, what it waits for, and its place in the guest's scheduler. */
final class GuestTask {
    /** What goes on, beside its program. */
    enum Doing {
        /** The next operation. */
        NEXT,
        COMPUTING,
        /** Takes a lock, spinning or asleep. */
        LOCKING,
        /** Waits for other vCPUs to answer. */
        ASKING,
        /** Spins at a barrier. */
        MEETING,
        /** Has asked a device and is about to sleep. */
        REQUESTING,
        FINISHED
    }

    final GuestVm vm;
    final int id;
    final String name;
    final Program program;
    final SplittableRandom random;
    final CpuSet affinity;
    final Answers answers;

    /** Rings when its device has finished; kept because a task has one request at a time. */
    final Runnable deviceDone;

    /** Where it runs, is queued, or last was. */
    GuestVcpu vcpu;

    Doing doing = Doing.NEXT;
    int pc;
    final long[] loopsLeft;

    /** Guest time left of what it does: of its computing, or until its spin looks again. */
    long leftNs;

    /** {@code preempt_count}: spinlocks held or wanted, broadcasts under way. */
    int atomic;

    int spinlocksHeld;

    // A lock or a barrier.
    GuestLock lock;
    /** The lock it waits for and does not have. */
    GuestLock waitsFor;
    /** What it waits for is its own; it has yet to notice. */
    boolean granted;
    /** The host was told that its spin is over. */
    boolean released;
    /** Has asked the host to run the holder (diag 9c) since it last spun. */
    boolean asked;
    /** Halts in its lock queue until kicked. */
    boolean halted;
    /** Somebody has ended that halt; its vCPU has yet to run. */
    boolean kicked;
    /** Who queued before it. */
    GuestTask ahead;
    /** Spin time left before a paravirtual waiter halts. */
    long budgetNs;

    long wantedNs;
    boolean contended;

    // Scheduling.
    boolean asleep;
    long vruntime;
    long deadline;
    long lagNs;
    long clockNs;

    long operations;
    long usefulNs;

    GuestTask(GuestVm vm, int id, String name, Program program, SplittableRandom random, CpuSet affinity) {
        this.vm = vm;
        this.id = id;
        this.name = name;
        this.program = program;
        this.random = random;
        this.affinity = affinity;
        this.answers = new Answers(vm.spec.vcpus());
        this.loopsLeft = new long[program.loops()];
        this.deviceDone = () -> vm.deviceDone(this);
    }

    boolean preemptible() {
        return atomic == 0;
    }

    /** Whether it can do nothing until another task does something; finished tasks count, alarms do not. */
    boolean waitsForOthers() {
        return asleep || (waitsFor != null && waitsFor.owner != null) || (doing == Doing.MEETING && !granted);
    }

    /** Its vCPU runs it, and the host runs its vCPU as far as the guest can tell ({@code owner_on_cpu}). */
    boolean running() {
        return vcpu.current == this && !vm.cpus.preempted(vcpu.index);
    }

    /** Order at equal eligibility: earlier deadline, then less virtual time, then the lower number. */
    boolean runsBefore(GuestTask other) {
        if (deadline != other.deadline) {
            return deadline < other.deadline;
        }
        return vruntime != other.vruntime ? vruntime < other.vruntime : id < other.id;
    }

    @Override
    public String toString() {
        return name + " on vcpu" + vcpu.number;
    }
}
