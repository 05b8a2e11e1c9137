package plescope.replay.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import plescope.replay.model.Ipi;

/**
 * All IPIs of a trace with their workload ids. Ids ascend by sender and then by time of sending, so that a broadcast is a
 * contiguous range of ids; the sender waits for such a range.
 */
final class IpiLedger {
    /**
     * Two sends of one vCPU belong to one broadcast when no more guest work than this lies between them: a broadcast loop spends
     * well under a microsecond of guest time per destination on hardware, a few microseconds under emulation.
     */
    static final long BROADCAST_GAP_WORK_NS = 20_000;

    private final List<Ipi> ipis = new ArrayList<>();
    private int[] firstOfSender = {0};

    void add(Ipi ipi) {
        if (ipi.sender() >= 0) {
            ipis.add(ipi);
        }
    }

    /** Sorts and numbers; call once after the last {@link #add}. */
    void number(int vcpuCount) {
        ipis.sort(Comparator.comparingInt(Ipi::sender)
                .thenComparingLong(Ipi::sentNs)
                .thenComparingLong(Ipi::line)
                .thenComparingInt(Ipi::receiver));
        firstOfSender = new int[vcpuCount + 1];
        for (Ipi ipi : ipis) {
            firstOfSender[ipi.sender() + 1]++;
        }
        for (int v = 0; v < vcpuCount; v++) {
            firstOfSender[v + 1] += firstOfSender[v];
        }
    }

    int size() {
        return ipis.size();
    }

    Ipi get(int id) {
        return ipis.get(id);
    }

    /** First id of a sender's range. */
    int first(int sender) {
        return firstOfSender[sender];
    }

    /** One past the last id of a sender's range. */
    int end(int sender) {
        return firstOfSender[sender + 1];
    }

    int[] receivers() {
        return ipis.stream().mapToInt(Ipi::receiver).toArray();
    }

    /** Id of the first IPI of the broadcast that the IPI {@code last} ends. */
    int broadcastStart(int last, CumulativeTime senderWork) {
        int start = last;
        while (start > first(ipis.get(last).sender()) && sameBroadcast(start - 1, start, senderWork)) {
            start--;
        }
        return start;
    }

    boolean sameBroadcast(int one, int next, CumulativeTime senderWork) {
        Ipi a = ipis.get(one);
        Ipi b = ipis.get(next);
        return a.vector() == b.vector() && senderWork.between(a.sentNs(), b.sentNs()) <= BROADCAST_GAP_WORK_NS;
    }

    /** Id of the last IPI the sender sent at or before {@code timeNs}, -1 if none. */
    int lastSentBefore(int sender, long timeNs) {
        int low = first(sender);
        int high = end(sender);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ipis.get(middle).sentNs() <= timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > first(sender) ? low - 1 : -1;
    }
}
