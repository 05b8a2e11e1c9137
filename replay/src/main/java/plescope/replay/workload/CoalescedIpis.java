package plescope.replay.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import plescope.replay.model.Ipi;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;
import plescope.replay.workload.IpiLedger.Broadcast;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/**
 * Finds receivers of broadcasts to whom no IPI was sent because one was on its way already: {@code smp_call_function_many_cond}
 * and {@code __smp_call_single_queue} send only where {@code llist_add} found the receiver's queue empty [K]. The sender waits for
 * such receivers like for the others; under another schedule their queue may be empty, and the IPI is sent.
 *
 * <p>Whether a vCPU is one of a sender's receivers is read from the broadcasts at which nothing was on its way to it: if it got
 * an IPI at most of those, it always was one [I].
 */
final class CoalescedIpis {
    /** Share of the broadcasts that found nothing on its way to a vCPU, at which it must have got an IPI [I]. */
    static final double RECEIVER_SHARE = 0.5;

    private final int[] vmOf;
    private final IpiLedger ipis;
    private final SynchronousVectors synchronous;

    /** By receiver: when a waited-for IPI was sent to it, ascending, and the latest acknowledgement of any sent until then. */
    private final long[][] sentNs;

    private final long[][] ackNs;

    /** By sender and receiver. */
    private final long[][] free;

    private final long[][] freeAndSent;

    private CoalescedIpis(int[] vmOf, IpiLedger ipis, SynchronousVectors synchronous) {
        this.vmOf = vmOf;
        this.ipis = ipis;
        this.synchronous = synchronous;
        sentNs = new long[vmOf.length][];
        ackNs = new long[vmOf.length][];
        free = new long[vmOf.length][vmOf.length];
        freeAndSent = new long[vmOf.length][vmOf.length];
        indexPending();
    }

    /** The ledger with all IPIs that would have been sent had nothing been on its way. */
    static IpiLedger complete(
            int[] vmOf, List<VcpuRecord> vcpus, IpiLedger ipis, SynchronousVectors synchronous, Map<Long, Wait> waits) {
        CoalescedIpis coalesced = new CoalescedIpis(vmOf, ipis, synchronous);
        coalesced.countReceivers();
        List<List<Ipi>> more = new ArrayList<>();
        for (Broadcast broadcast : ipis.broadcasts()) {
            more.add(coalesced.unsent(broadcast));
        }
        List<List<Ipi>> alone = new ArrayList<>();
        for (int v = 0; v < vmOf.length; v++) {
            coalesced.addInvisible(v, vcpus.get(v), waits, alone);
        }
        return ipis.with(more, alone, vmOf.length);
    }

    private void indexPending() {
        List<List<Ipi>> to = new ArrayList<>();
        for (int v = 0; v < vmOf.length; v++) {
            to.add(new ArrayList<>());
        }
        for (int id = 0; id < ipis.size(); id++) {
            Ipi ipi = ipis.get(id);
            if (ipi.ackNs() >= 0 && synchronous.isWaitedFor(ipi.sender(), ipi.vector())) {
                to.get(ipi.receiver()).add(ipi);
            }
        }
        for (int v = 0; v < vmOf.length; v++) {
            List<Ipi> mine = to.get(v);
            mine.sort(Comparator.comparingLong(Ipi::sentNs).thenComparingLong(Ipi::line));
            sentNs[v] = mine.stream().mapToLong(Ipi::sentNs).toArray();
            ackNs[v] = mine.stream().mapToLong(Ipi::ackNs).toArray();
            Arrays.parallelPrefix(ackNs[v], Math::max);
        }
    }

    /** When the last waited-for IPI on its way to the vCPU between those moments was acknowledged; -1 if none was. */
    private long pendingUntil(int receiver, long fromNs, long untilNs) {
        int found = Arrays.binarySearch(sentNs[receiver], untilNs + 1);
        int last = (found >= 0 ? found : -found - 1) - 1;
        return last >= 0 && ackNs[receiver][last] > fromNs ? ackNs[receiver][last] : -1;
    }

    private boolean isSynchronous(Broadcast broadcast) {
        return synchronous.isWaitedFor(broadcast.sender(), broadcast.vector());
    }

    private boolean receives(Broadcast broadcast, int vcpu) {
        for (int id = broadcast.first(); id < broadcast.end(); id++) {
            if (ipis.get(id).receiver() == vcpu) {
                return true;
            }
        }
        return false;
    }

    private void countReceivers() {
        for (Broadcast broadcast : ipis.broadcasts()) {
            int sender = broadcast.sender();
            for (int other = 0; isSynchronous(broadcast) && other < vmOf.length; other++) {
                boolean sent = receives(broadcast, other);
                if (sent
                        || (isSibling(sender, other)
                                && pendingUntil(other, broadcast.beganNs(), broadcast.sentNs()) < 0)) {
                    free[sender][other]++;
                    freeAndSent[sender][other] += sent ? 1 : 0;
                }
            }
        }
    }

    private boolean isSibling(int one, int other) {
        return one != other && vmOf[one] == vmOf[other];
    }

    private boolean isReceiver(int sender, int other) {
        return isSibling(sender, other)
                && free[sender][other] > 0
                && freeAndSent[sender][other] >= RECEIVER_SHARE * free[sender][other];
    }

    private List<Ipi> unsent(Broadcast broadcast) {
        List<Ipi> unsent = new ArrayList<>();
        for (int other = 0; isSynchronous(broadcast) && other < vmOf.length; other++) {
            if (isReceiver(broadcast.sender(), other) && !receives(broadcast, other)) {
                addIfPending(broadcast, other, unsent);
            }
        }
        return unsent;
    }

    private void addIfPending(Broadcast broadcast, int receiver, List<Ipi> unsent) {
        long ack = pendingUntil(receiver, broadcast.beganNs(), broadcast.sentNs());
        if (ack >= 0) {
            long line = ipis.get(broadcast.end() - 1).line();
            unsent.add(new Ipi(broadcast.sender(), receiver, broadcast.vector(), broadcast.sentNs(), ack, line, 0));
        }
    }

    /**
     * Waits for IPIs that began after everything visible had been acknowledged: broadcasts all of whose receivers had an IPI on
     * its way.
     */
    private void addInvisible(int vcpu, VcpuRecord record, Map<Long, Wait> waits, List<List<Ipi>> alone) {
        long coveredNs = Long.MIN_VALUE;
        for (SpinEpisode episode : record.episodes) {
            Wait wait = waits.get(episode.id());
            int last = ipis.lastBroadcastBefore(vcpu, episode.startNs());
            if (wait == null || !StepAssembler.isIpiWait(wait) || last < 0 || episode.startNs() < coveredNs) {
                continue;
            }
            Broadcast before = ipis.broadcasts().get(last);
            coveredNs = Math.max(coveredNs, answeredNs(before));
            if (episode.startNs() >= coveredNs) {
                List<Ipi> unseen = unseen(vcpu, before.vector(), episode);
                for (Ipi ipi : unseen) {
                    coveredNs = Math.max(coveredNs, ipi.ackNs());
                }
                if (!unseen.isEmpty()) {
                    alone.add(unseen);
                }
            }
        }
    }

    private long answeredNs(Broadcast broadcast) {
        long last = Long.MIN_VALUE;
        for (int id = broadcast.first(); id < broadcast.end(); id++) {
            last = Math.max(last, ipis.get(id).ackNs());
        }
        for (Ipi ipi : unsent(broadcast)) {
            last = Math.max(last, ipi.ackNs());
        }
        return last;
    }

    private List<Ipi> unseen(int sender, int vector, SpinEpisode episode) {
        List<Ipi> unseen = new ArrayList<>();
        for (int other = 0; other < vmOf.length; other++) {
            long ack = isReceiver(sender, other) ? pendingUntil(other, episode.startNs(), episode.startNs()) : -1;
            if (ack >= 0) {
                unseen.add(new Ipi(sender, other, vector, episode.startNs(), ack, episode.firstLine(), 0));
            }
        }
        return unseen;
    }
}
