package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;

/**
 * Keeps what was found about waits: their episodes in order of detection, last PLE exits and verdicts, the
 * yields, what woke vCPUs, and who ran when.
 */
final class FoundWaits extends SelectiveSink {
    final List<SpinEpisode> episodes = new ArrayList<>();
    final Map<Long, Wait> waits = new HashMap<>();
    final Map<Long, Long> lastExitNs = new HashMap<>();
    final List<DirectedYield> yields = new ArrayList<>();
    final List<WakeEdge> wakes = new ArrayList<>();
    private final List<List<VcpuInterval>> ready = new ArrayList<>();
    private final List<List<VcpuInterval>> guest = new ArrayList<>();

    @Override
    public void interval(VcpuInterval interval) {
        VcpuState state = interval.state();
        if (state == VcpuState.PREEMPTED || state == VcpuState.WAITING) {
            of(ready, interval.vcpu()).add(interval);
        } else if (state == VcpuState.GUEST || state == VcpuState.SPINNING) {
            of(guest, interval.vcpu()).add(interval);
        }
    }

    @Override
    public void episode(SpinEpisode episode) {
        episodes.add(episode);
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        lastExitNs.put(yielded.episode(), yielded.exitNs());
        yields.add(yielded);
    }

    @Override
    public void wakeEdge(WakeEdge edge) {
        wakes.add(edge);
    }

    @Override
    public void waited(Wait wait) {
        waits.put(wait.episode(), wait);
    }

    /** Whether the vCPU was off its pCPU, ready to run, at some time of {@code [from, to)}. */
    boolean heldUp(int vcpu, long from, long to) {
        return sum(of(ready, vcpu), from, to) > 0;
    }

    /** Its time in guest mode within {@code [from, to)}. */
    long guestNs(int vcpu, long from, long to) {
        return sum(of(guest, vcpu), from, to);
    }

    private static long sum(List<VcpuInterval> intervals, long from, long to) {
        int low = 0;
        int high = intervals.size();
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (intervals.get(mid).endNs() <= from) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        long sum = 0;
        for (int i = low; i < intervals.size() && intervals.get(i).startNs() < to; i++) {
            sum += Math.min(to, intervals.get(i).endNs())
                    - Math.max(from, intervals.get(i).startNs());
        }
        return sum;
    }

    private static List<VcpuInterval> of(List<List<VcpuInterval>> lists, int vcpu) {
        while (lists.size() <= vcpu) {
            lists.add(new ArrayList<>());
        }
        return lists.get(vcpu);
    }
}
