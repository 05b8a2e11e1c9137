package plescope.replay.guest;

import java.util.ArrayDeque;
import java.util.Arrays;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock.Discipline;

/** The spinlocks of recorded work: who holds each, and who waits in what order. */
final class RecordedLocks {
    static final int NOBODY = -1;

    private final boolean[] fifo;
    private final int[] owner;
    private final ArrayDeque<Integer>[] waiters;

    /** Per vCPU, how many locks it holds. */
    private final int[] held;

    RecordedLocks(Workload work) {
        int locks = work.locks().size();
        fifo = new boolean[locks];
        owner = new int[locks];
        Arrays.fill(owner, NOBODY);
        waiters = queues(locks);
        for (int lock = 0; lock < locks; lock++) {
            fifo[lock] = work.locks().get(lock).discipline() == Discipline.FIFO;
            waiters[lock] = new ArrayDeque<>();
        }
        held = new int[work.vcpuCount()];
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ArrayDeque<Integer>[] queues(int count) {
        return new ArrayDeque[count];
    }

    /** Whether the vCPU has the lock now; else it waits. Asked again each time a waiter is released. */
    boolean take(int lock, int vcpu) {
        if (owner[lock] == vcpu) {
            return true;
        }
        if (owner[lock] == NOBODY) {
            waiters[lock].remove(vcpu);
            own(lock, vcpu);
            return true;
        }
        if (!waiters[lock].contains(vcpu)) {
            waiters[lock].add(vcpu);
        }
        return false;
    }

    private void own(int lock, int vcpu) {
        owner[lock] = vcpu;
        held[vcpu]++;
    }

    /**
     * The vCPU lets go; nothing happens if its wait for the lock had been cut. A fair lock passes to whoever waits longest, even
     * if that one is preempted; else every waiter looks again.
     */
    void release(int lock, int vcpu, VirtualCpus cpus) {
        if (owner[lock] != vcpu) {
            return;
        }
        owner[lock] = NOBODY;
        held[vcpu]--;
        if (!fifo[lock]) {
            for (int waiter : waiters[lock]) {
                cpus.release(waiter, vcpu);
            }
        } else if (!waiters[lock].isEmpty()) {
            int next = waiters[lock].remove();
            own(lock, next);
            cpus.release(next, vcpu);
        }
    }

    /** The vCPU's wait is given up. */
    void forget(int lock, int vcpu) {
        waiters[lock].remove(vcpu);
    }

    int owner(int lock) {
        return owner[lock];
    }

    boolean holdsAny(int vcpu) {
        return held[vcpu] > 0;
    }
}
