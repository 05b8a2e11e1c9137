package plescope.replay.workload;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/**
 * Which IPI vectors a guest's senders wait for (TLB shootdown, function call) and which they fire and forget (reschedule).
 *
 * <p>A wait shorter than the PLE window leaves no exit, so it is invisible in this trace; under another schedule it may be long.
 * A vector counts as waited for when a good share of its broadcasts was followed by a wait that did show [I].
 */
final class SynchronousVectors {
    /** Share of broadcasts with a visible wait from which on every broadcast of the vector is taken to be waited for [I]. */
    static final double WAITED_SHARE = 0.05;

    private final Map<Integer, int[]> broadcastsAndWaits = new HashMap<>();
    private final BitSet waitedIpis = new BitSet();

    private SynchronousVectors() {}

    static SynchronousVectors of(List<VcpuRecord> vcpus, IpiLedger ipis, Map<Long, Wait> waits) {
        SynchronousVectors vectors = new SynchronousVectors();
        for (int v = 0; v < vcpus.size(); v++) {
            CumulativeTime work = vcpus.get(v).guest;
            for (int id = ipis.first(v); id < ipis.end(v); id++) {
                if (id + 1 == ipis.end(v) || !ipis.sameBroadcast(id, id + 1, work)) {
                    vectors.counts(ipis.get(id).vector())[0]++;
                }
            }
            for (SpinEpisode episode : vcpus.get(v).episodes) {
                Wait wait = waits.get(episode.id());
                int last =
                        wait != null && StepAssembler.isIpiWait(wait) ? ipis.lastSentBefore(v, episode.startNs()) : -1;
                if (last >= 0) {
                    vectors.counts(ipis.get(last).vector())[1]++;
                    vectors.waitedIpis.set(last);
                }
            }
        }
        return vectors;
    }

    private int[] counts(int vector) {
        return broadcastsAndWaits.computeIfAbsent(vector, key -> new int[2]);
    }

    /** Whether the sender of this vector spins until it is acknowledged. */
    boolean isWaitedFor(int vector) {
        int[] counts = counts(vector);
        return counts[1] > 0 && counts[1] >= WAITED_SHARE * counts[0];
    }

    /** Whether an episode that waits for the broadcast ending in this IPI was recorded. */
    boolean hasEpisode(int ipi) {
        return waitedIpis.get(ipi);
    }
}
