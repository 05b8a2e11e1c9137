package plescope.replay.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private static final Comparator<Ipi> BY_SENDER_AND_TIME = Comparator.comparingInt(Ipi::sender)
            .thenComparingLong(Ipi::sentNs)
            .thenComparingLong(Ipi::line)
            .thenComparingInt(Ipi::receiver);

    private final List<Ipi> ipis = new ArrayList<>();
    private final List<Broadcast> broadcasts = new ArrayList<>();
    private int[] firstOfSender = {0};
    private int[] firstBroadcast = {0};

    /**
     * What one vCPU sent in one go: one vector, no receiver twice. Its IPIs have the ids {@code first} to {@code end - 1}.
     *
     * @param beganNs first send
     * @param sentNs last send
     */
    record Broadcast(int sender, int vector, int first, int end, long beganNs, long sentNs) {
        int size() {
            return end - first;
        }
    }

    void add(Ipi ipi) {
        if (ipi.sender() >= 0) {
            ipis.add(ipi);
        }
    }

    /** Sorts, numbers, and finds the broadcasts; call once after the last {@link #add}. */
    void number(List<CumulativeTime> workOf) {
        ipis.sort(BY_SENDER_AND_TIME);
        List<Integer> ends = new ArrayList<>();
        Set<Integer> receivers = new HashSet<>();
        for (int id = 0; id < ipis.size(); id++) {
            if (id > 0 && !follows(id, workOf, receivers)) {
                ends.add(id);
                receivers.clear();
            }
            receivers.add(ipis.get(id).receiver());
        }
        ends.add(ipis.size());
        index(ends, workOf.size());
    }

    private boolean follows(int id, List<CumulativeTime> workOf, Set<Integer> receivers) {
        Ipi a = ipis.get(id - 1);
        Ipi b = ipis.get(id);
        return a.sender() == b.sender()
                && a.vector() == b.vector()
                && !receivers.contains(b.receiver())
                && workOf.get(a.sender()).between(a.sentNs(), b.sentNs()) <= BROADCAST_GAP_WORK_NS;
    }

    private void index(List<Integer> ends, int vcpus) {
        broadcasts.clear();
        firstOfSender = new int[vcpus + 1];
        firstBroadcast = new int[vcpus + 1];
        int first = 0;
        for (int end : ends) {
            if (end > first) {
                Ipi begun = ipis.get(first);
                int sender = begun.sender();
                broadcasts.add(new Broadcast(
                        sender,
                        begun.vector(),
                        first,
                        end,
                        begun.sentNs(),
                        ipis.get(end - 1).sentNs()));
                firstOfSender[sender + 1] += end - first;
                firstBroadcast[sender + 1]++;
            }
            first = end;
        }
        for (int v = 0; v < vcpus; v++) {
            firstOfSender[v + 1] += firstOfSender[v];
            firstBroadcast[v + 1] += firstBroadcast[v];
        }
    }

    /**
     * This ledger with IPIs that the log does not show.
     *
     * @param more by broadcast of this ledger, what else it sent
     * @param alone broadcasts without any visible IPI, each a list of its IPIs
     */
    IpiLedger with(List<List<Ipi>> more, List<List<Ipi>> alone, int vcpus) {
        List<List<Ipi>> all = new ArrayList<>(alone);
        for (int i = 0; i < broadcasts.size(); i++) {
            List<Ipi> members = new ArrayList<>(
                    ipis.subList(broadcasts.get(i).first(), broadcasts.get(i).end()));
            members.addAll(more.get(i));
            all.add(members);
        }
        all.sort(Comparator.comparing(members -> members.get(0), BY_SENDER_AND_TIME));
        IpiLedger ledger = new IpiLedger();
        List<Integer> ends = new ArrayList<>();
        for (List<Ipi> members : all) {
            ledger.ipis.addAll(members);
            ends.add(ledger.ipis.size());
        }
        ledger.index(ends, vcpus);
        return ledger;
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

    /** All broadcasts, by sender and time. */
    List<Broadcast> broadcasts() {
        return broadcasts;
    }

    /** Those of one sender, in time order. */
    List<Broadcast> broadcasts(int sender) {
        return broadcasts.subList(firstBroadcast[sender], firstBroadcast[sender + 1]);
    }

    /** Index, among all, of the last broadcast the sender began at or before {@code timeNs}, -1 if none. */
    int lastBroadcastBefore(int sender, long timeNs) {
        int low = firstBroadcast[sender];
        int high = firstBroadcast[sender + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (broadcasts.get(middle).beganNs() <= timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > firstBroadcast[sender] ? low - 1 : -1;
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
