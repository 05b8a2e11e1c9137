package plescope.replay.workload;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.workload.IpiLedger.Broadcast;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/**
 * Which IPI vectors a guest's senders wait for (TLB shootdown, function call) and which they fire and forget (reschedule).
 *
 * <p>Two signs, each enough [I]. A good share of the vector's broadcasts was followed by a wait that PLE exits show. Or, also without
 * PLE: its senders do nothing deliberate - no further send, no halt, no I/O - before all receivers have acknowledged, in far more
 * cases than their usual pace would leave by chance.
 */
final class SynchronousVectors {
    /** Share of broadcasts with a visible wait from which on every broadcast of the vector is taken to be waited for [I]. */
    static final double WAITED_SHARE = 0.05;

    /** Acts that were to be expected during the waits, at the pace outside of them, for their absence to say anything [I]. */
    static final double MIN_EXPECTED_ACTS = 20;

    /** Of those, the most that may have happened: handlers send, too, and acknowledgements are seen late [I]. */
    static final double HELD_BACK_SHARE = 0.2;

    /** By VM and vector. */
    private final Map<Long, Tally> tallies = new TreeMap<>();

    private final int[] vmOf;

    private static final class Tally {
        long broadcasts;
        long waits;
        /** Guest time of the sender in which IPIs were out, what it did in it, and what its usual pace would have been. */
        long outstandingNs;

        long actsOutstanding;
        double expected;
    }

    private SynchronousVectors(int[] vmOf) {
        this.vmOf = vmOf;
    }

    /**
     * Judges every vector of every VM.
     *
     * @param vmOf by vCPU
     */
    static SynchronousVectors of(int[] vmOf, List<VcpuRecord> vcpus, IpiLedger ipis, Map<Long, Wait> waits) {
        SynchronousVectors vectors = new SynchronousVectors(vmOf);
        for (int v = 0; v < vmOf.length; v++) {
            for (Broadcast broadcast : ipis.broadcasts(v)) {
                vectors.tally(v, broadcast.vector()).broadcasts++;
            }
            for (SpinEpisode episode : vcpus.get(v).episodes) {
                Wait wait = waits.get(episode.id());
                int last =
                        wait != null && StepAssembler.isIpiWait(wait) ? ipis.lastSentBefore(v, episode.startNs()) : -1;
                if (last >= 0) {
                    vectors.tally(v, ipis.get(last).vector()).waits++;
                }
            }
            vectors.compareWithPace(v, vcpus.get(v), ipis);
        }
        return vectors;
    }

    /** How much a vCPU did while its IPIs were out, and how much its usual pace would have been. */
    private void compareWithPace(int vcpu, VcpuRecord record, IpiLedger ipis) {
        List<Broadcast> sent = ipis.broadcasts(vcpu);
        ActsInTime acts = new ActsInTime(record, sent);
        Map<Integer, Tally> mine = new TreeMap<>();
        long outstandingNs = 0;
        long actsOutstanding = 0;
        long seenUntilNs = Long.MIN_VALUE;
        for (Broadcast broadcast : sent) {
            long from = Math.max(seenUntilNs, broadcast.sentNs());
            long to = lastAckNs(ipis, broadcast);
            if (to > from) {
                Tally tally = mine.computeIfAbsent(broadcast.vector(), key -> new Tally());
                long guestNs = record.guest.between(from, to) + record.spinning.between(from, to);
                long happened = acts.between(from, to);
                tally.outstandingNs += guestNs;
                tally.actsOutstanding += happened;
                outstandingNs += guestNs;
                actsOutstanding += happened;
                seenUntilNs = to;
            }
        }
        long restNs = record.guest.total() + record.spinning.total() - outstandingNs;
        long restActs = acts.size() - actsOutstanding;
        for (Map.Entry<Integer, Tally> entry : mine.entrySet()) {
            Tally all = tally(vcpu, entry.getKey());
            all.actsOutstanding += entry.getValue().actsOutstanding;
            all.expected += restNs <= 0 ? 0 : (double) entry.getValue().outstandingNs * restActs / restNs;
        }
    }

    private static long lastAckNs(IpiLedger ipis, Broadcast broadcast) {
        long last = Long.MIN_VALUE;
        for (int id = broadcast.first(); id < broadcast.end(); id++) {
            last = Math.max(last, ipis.get(id).ackNs());
        }
        return last;
    }

    private Tally tally(int vcpu, int vector) {
        return tallies.computeIfAbsent((long) vmOf[vcpu] << 32 | vector, key -> new Tally());
    }

    /** Whether this sender's guest spins until this vector is acknowledged. */
    boolean isWaitedFor(int sender, int vector) {
        Tally tally = tallies.get((long) vmOf[sender] << 32 | vector);
        return tally != null && (seenWaiting(tally) || holdsBack(tally));
    }

    private static boolean seenWaiting(Tally tally) {
        return tally.waits > 0 && tally.waits >= WAITED_SHARE * tally.broadcasts;
    }

    private static boolean holdsBack(Tally tally) {
        return tally.expected >= MIN_EXPECTED_ACTS && tally.actsOutstanding <= HELD_BACK_SHARE * tally.expected;
    }

    /** Times at which one vCPU deliberately left its guest, or began a broadcast. */
    private static final class ActsInTime {
        private final long[] times;

        ActsInTime(VcpuRecord record, List<Broadcast> sent) {
            times = LongStream.concat(
                            record.exits.stream()
                                    .filter(exit -> isDeliberate(exit.reason().family()))
                                    .mapToLong(VmExit::exitNs),
                            sent.stream().mapToLong(Broadcast::beganNs))
                    .sorted()
                    .toArray();
        }

        /** MSR and APIC exits may be an interrupt handler's; sends among them are counted as such. */
        private static boolean isDeliberate(Family family) {
            return switch (family) {
                case HALT, IO, HYPERCALL -> true;
                case PAUSE, INTERRUPT, INTERRUPT_WINDOW, MSR, APIC, PAGE_FAULT, OTHER -> false;
            };
        }

        long size() {
            return times.length;
        }

        /** After {@code fromNs}, before {@code toNs}. */
        long between(long fromNs, long toNs) {
            return Math.max(0, firstFrom(toNs) - firstFrom(fromNs + 1));
        }

        private int firstFrom(long timeNs) {
            int low = 0;
            int high = times.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (times[middle] < timeNs) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
