package plescope.replay.guest;

import java.util.Arrays;
import plescope.replay.workload.Workload;

/** What became of a workload's IPIs, and who waits for their acknowledgement. */
final class SentIpis {
    static final int NONE = -1;

    private final Workload work;
    private final boolean[] sent;
    private final boolean[] acked;
    private final int[] ackWaiter;

    /** Per vCPU: acknowledgements it waits for, and IPIs to it that it has not handled. */
    private final int[] unacked;

    private final int[] unhandled;

    SentIpis(Workload work) {
        this.work = work;
        int ipis = work.ipiCount();
        sent = new boolean[ipis];
        acked = new boolean[ipis];
        ackWaiter = new int[ipis];
        Arrays.fill(ackWaiter, NONE);
        unacked = new int[work.vcpuCount()];
        unhandled = new int[work.vcpuCount()];
    }

    boolean sent(int ipi) {
        return sent[ipi];
    }

    /** Whether it is sent for the first time. */
    boolean send(int ipi) {
        if (sent[ipi]) {
            return false;
        }
        sent[ipi] = true;
        unhandled[work.ipiReceiver(ipi)]++;
        return true;
    }

    /** Whether IPIs are on their way to the vCPU or being handled there. */
    boolean unhandled(int vcpu) {
        return unhandled[vcpu] > 0;
    }

    /** Acknowledges; the vCPU that has nothing more to wait for, {@link #NONE} if there is none. */
    int acknowledge(int ipi) {
        acked[ipi] = true;
        unhandled[work.ipiReceiver(ipi)]--;
        int waiter = ackWaiter[ipi];
        ackWaiter[ipi] = NONE;
        return waiter != NONE && --unacked[waiter] == 0 ? waiter : NONE;
    }

    /** Whether the {@code count} IPIs from {@code first} on are acknowledged; else {@code waiter} waits for them. */
    boolean ackedOrWait(int waiter, int first, long count) {
        unacked[waiter] = 0;
        for (int ipi = first; ipi < first + count; ipi++) {
            if (!acked[ipi]) {
                ackWaiter[ipi] = waiter;
                unacked[waiter]++;
            }
        }
        return unacked[waiter] == 0;
    }

    /** The wait for those IPIs is given up. */
    void forget(int first, long count) {
        for (int ipi = first; ipi < first + count; ipi++) {
            ackWaiter[ipi] = NONE;
        }
    }

    /** Whether one of those IPIs, not acknowledged, went to that vCPU. */
    boolean unackedBy(int receiver, int first, long count) {
        for (int ipi = first; ipi < first + count; ipi++) {
            if (!acked[ipi] && work.ipiReceiver(ipi) == receiver) {
                return true;
            }
        }
        return false;
    }

    /** Receiver of one of those IPIs that is not acknowledged, one without a pCPU if there is; {@link #NONE} if all are. */
    int slowReceiver(int first, long count, VirtualCpus cpus) {
        int any = NONE;
        for (int ipi = first; ipi < first + count; ipi++) {
            if (!acked[ipi]) {
                int receiver = work.ipiReceiver(ipi);
                if (cpus.preempted(receiver)) {
                    return receiver;
                }
                any = any == NONE ? receiver : any;
            }
        }
        return any;
    }
}
