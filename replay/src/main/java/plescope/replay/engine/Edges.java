package plescope.replay.engine;

import java.util.Arrays;
import plescope.replay.workload.StepKind;

/** Who waits for whom: spinners for others' work offsets, and IPIs until their acknowledgement. */
final class Edges {
    private static final int NONE = -1;

    private final Simulation sim;
    private final Machine machine;

    /** Per vCPU, who spins until it has done some work, and the least offset any of them waits for. */
    private final int[][] waiters;

    private final int[] waiterCount;
    private final long[] leastAwaited;

    // Per IPI.
    private final int[] sender;
    private final long[] sentNs;
    private final boolean[] acked;
    private final int[] ackWaiter;
    /** Receiver's guest time at which it has handled the IPI, once delivered. */
    private final long[] ackAtGuestNs;

    /** Next IPI to the same receiver, in order of sending. */
    private final int[] next;

    // Per vCPU: IPIs to it that are not acknowledged.
    private final int[] head;
    private final int[] tail;
    private final int[] firstUndelivered;

    Edges(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
        int vcpus = machine.guests.length;
        int ipis = machine.work.ipiCount();
        waiters = new int[vcpus][vcpus];
        waiterCount = new int[vcpus];
        leastAwaited = filled(vcpus, Long.MAX_VALUE);
        sender = filled(ipis, NONE);
        sentNs = filled(ipis, (long) NONE);
        acked = new boolean[ipis];
        ackWaiter = filled(ipis, NONE);
        ackAtGuestNs = new long[ipis];
        next = filled(ipis, NONE);
        head = filled(vcpus, NONE);
        tail = filled(vcpus, NONE);
        firstUndelivered = filled(vcpus, NONE);
    }

    private static int[] filled(int length, int value) {
        int[] array = new int[length];
        Arrays.fill(array, value);
        return array;
    }

    private static long[] filled(int length, long value) {
        long[] array = new long[length];
        Arrays.fill(array, value);
        return array;
    }

    // Work offsets.

    /**
     * Whether {@code target} has done {@code offset} of work, has no more to do, or halts; else {@code waiter} waits for it. A
     * guest that halts holds no spinlock: the recorded wait met it at another moment of its work [I].
     */
    boolean reachedOrWait(Guest waiter, int target, long offset) {
        Guest blocker = machine.guests[target];
        if (machine.inGuest(blocker)) {
            sim.guestMode.settle(machine.pcpuOf(blocker));
        }
        if (blocker.finished || blocker.haltTaken || blocker.offset >= offset) {
            return true;
        }
        waiters[target][waiterCount[target]++] = waiter.index;
        leastAwaited[target] = Math.min(leastAwaited[target], offset);
        if (machine.inGuest(blocker) && blocker != waiter) {
            sim.guestMode.startTimer(machine.pcpuOf(blocker));
        }
        return false;
    }

    /** Work offset at which the vCPU's progress next lets somebody go, {@code Long.MAX_VALUE} for nobody. */
    long leastAwaited(Guest guest) {
        return leastAwaited[guest.index];
    }

    /**
     * Lets go everybody whose offset has been reached, and everybody if the vCPU halts or is done; one at a time, for whoever
     * goes on may come to wait again.
     */
    void workDone(Guest guest) {
        long reached = guest.finished || guest.haltTaken ? Long.MAX_VALUE - 1 : guest.offset;
        while (leastAwaited[guest.index] <= reached) {
            int at = 0;
            while (awaited(guest.index, at) > reached) {
                at++;
            }
            Guest waiter = machine.guests[waiters[guest.index][at]];
            stopWaiting(guest.index, at);
            waiter.culprit = guest.index;
            waiter.releaseNs = machine.now;
            sim.guestMode.satisfied(waiter);
        }
    }

    private long awaited(int target, int at) {
        Guest waiter = machine.guests[waiters[target][at]];
        return waiter.work.ns(waiter.step);
    }

    private void stopWaiting(int target, int at) {
        System.arraycopy(waiters[target], at + 1, waiters[target], at, --waiterCount[target] - at);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < waiterCount[target]; i++) {
            least = Math.min(least, awaited(target, i));
        }
        leastAwaited[target] = least;
    }

    // IPIs.

    boolean sent(int ipi) {
        return sentNs[ipi] >= 0;
    }

    /** Sends an IPI: pending at once, injected at the receiver's next VM entry, which a kick brings about. */
    void send(int ipi, Guest from) {
        if (sent(ipi)) {
            return;
        }
        sender[ipi] = from.index;
        sentNs[ipi] = machine.now;
        int to = machine.work.ipiReceiver(ipi);
        Guest receiver = machine.guests[to];
        if (head[to] == NONE) {
            head[to] = ipi;
        } else {
            next[tail[to]] = ipi;
        }
        tail[to] = ipi;
        if (firstUndelivered[to] == NONE) {
            firstUndelivered[to] = ipi;
        }
        receiver.vcpu.postInterrupt();
        machine.policy.onIpi(from.vcpu, receiver.vcpu, 1, 0);
        if (receiver == from) {
            deliver(receiver);
        } else if (machine.inGuest(receiver)) {
            sim.dispatcher.kick(machine.pcpuOf(receiver));
        } else {
            sim.halts.interrupted(receiver, from);
        }
    }

    /** VM entry: posted interrupts are injected and their handlers begin to take guest time. */
    void deliver(Guest guest) {
        for (int ipi = firstUndelivered[guest.index]; ipi != NONE; ipi = next[ipi]) {
            ackAtGuestNs[ipi] = guest.guestNs + machine.costs.ackNs();
        }
        firstUndelivered[guest.index] = NONE;
    }

    boolean undelivered(Guest guest) {
        return firstUndelivered[guest.index] != NONE;
    }

    boolean unacked(Guest guest) {
        return head[guest.index] != NONE;
    }

    /** Guest time until the vCPU acknowledges its next delivered IPI, {@code Long.MAX_VALUE} for none. */
    long untilAck(Guest guest) {
        int ipi = head[guest.index];
        return ipi == NONE || ipi == firstUndelivered[guest.index] ? Long.MAX_VALUE : ackAtGuestNs[ipi] - guest.guestNs;
    }

    /** Acknowledges what the vCPU has had the time to handle. */
    void acknowledge(Guest guest) {
        while (untilAck(guest) <= 0) {
            int ipi = head[guest.index];
            head[guest.index] = next[ipi];
            acked[ipi] = true;
            machine.recorder.ipi(sender[ipi], guest.index, sentNs[ipi], machine.now);
            if (ackWaiter[ipi] != NONE) {
                Guest waiter = machine.guests[ackWaiter[ipi]];
                ackWaiter[ipi] = NONE;
                if (--waiter.unacked == 0) {
                    waiter.culprit = guest.index;
                    waiter.releaseNs = machine.now;
                    sim.guestMode.satisfied(waiter);
                }
            }
        }
    }

    /** Whether the {@code count} IPIs from {@code first} on are acknowledged; else {@code waiter} waits for them. */
    boolean ackedOrWait(Guest waiter, int first, long count) {
        waiter.unacked = 0;
        for (int ipi = first; ipi < first + count; ipi++) {
            if (!acked[ipi]) {
                ackWaiter[ipi] = waiter.index;
                waiter.unacked++;
            }
        }
        return waiter.unacked == 0;
    }

    // Questions about a spinner.

    /** Whether the spinner waits for {@code other}. */
    boolean waitsFor(Guest spinner, Guest other) {
        return switch (spinner.kind()) {
            case SPIN_UNTIL_WORK -> spinner.work.ref(spinner.step) == other.index;
            case SPIN_UNTIL_ACKED -> nextUnacked(spinner, other.index) != NONE;
            case SPIN_FOR, COMPUTE, SEND_IPI, HOST, HALT_UNTIL_IPI, HALT_UNTIL_TIME -> false;
        };
    }

    /** Whom the spinner waits for, the first of several receivers; null where the workload does not say. */
    Guest blocker(Guest spinner) {
        if (spinner.kind() == StepKind.SPIN_UNTIL_WORK) {
            return machine.guests[spinner.work.ref(spinner.step)];
        }
        int ipi = spinner.kind() == StepKind.SPIN_UNTIL_ACKED ? nextUnacked(spinner, NONE) : NONE;
        return ipi == NONE ? null : machine.guests[machine.work.ipiReceiver(ipi)];
    }

    /** A receiver of the spinner's unacknowledged IPIs that is queued and not running, null if there is none. */
    Guest queuedReceiver(Guest spinner) {
        int first = spinner.work.ref(spinner.step);
        long end = first + spinner.work.ns(spinner.step);
        for (int ipi = first; ipi < end; ipi++) {
            Guest receiver = machine.guests[machine.work.ipiReceiver(ipi)];
            if (!acked[ipi] && receiver.thread.runnable() && !machine.running(receiver)) {
                return receiver;
            }
        }
        return null;
    }

    /** First unacknowledged IPI of the spinner's step, to {@code receiver} if that is not NONE. */
    private int nextUnacked(Guest spinner, int receiver) {
        int first = spinner.work.ref(spinner.step);
        long end = first + spinner.work.ns(spinner.step);
        for (int ipi = first; ipi < end; ipi++) {
            if (!acked[ipi] && (receiver == NONE || machine.work.ipiReceiver(ipi) == receiver)) {
                return ipi;
            }
        }
        return NONE;
    }

    /** Whether {@code spinner}, which begins to wait, closes a ring of vCPUs that wait for each other's work. */
    boolean closesRing(Guest spinner) {
        Guest blocker = spinner;
        for (int hops = 0; hops <= machine.guests.length; hops++) {
            if (blocker.kind() != StepKind.SPIN_UNTIL_WORK) {
                return false;
            }
            blocker = machine.guests[blocker.work.ref(blocker.step)];
            if (blocker == spinner) {
                return true;
            }
            if (!blocker.waitsSpinning()) {
                return false;
            }
        }
        return false;
    }

    /** Gives up the spinner's wait, which counts as satisfied from now on. */
    void cut(Guest spinner) {
        if (spinner.kind() == StepKind.SPIN_UNTIL_WORK) {
            int target = spinner.work.ref(spinner.step);
            for (int at = 0; at < waiterCount[target]; at++) {
                if (waiters[target][at] == spinner.index) {
                    stopWaiting(target, at);
                    break;
                }
            }
        } else if (spinner.kind() == StepKind.SPIN_UNTIL_ACKED) {
            int first = spinner.work.ref(spinner.step);
            for (int ipi = first; ipi < first + spinner.work.ns(spinner.step); ipi++) {
                ackWaiter[ipi] = NONE;
            }
        }
        machine.brokenEdges++;
        spinner.cut = true;
        spinner.satisfied = true;
    }

    /** The run is over: IPIs never acknowledged become rows too. */
    void finish() {
        for (int ipi = 0; ipi < acked.length; ipi++) {
            if (sent(ipi) && !acked[ipi]) {
                machine.recorder.ipi(sender[ipi], machine.work.ipiReceiver(ipi), sentNs[ipi], -1);
            }
        }
    }
}
