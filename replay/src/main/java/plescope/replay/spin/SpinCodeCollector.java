package plescope.replay.spin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;

/** Lists where a recording with PLE exits saw its guests spin, so that one of the same guests without can be sampled. */
public final class SpinCodeCollector extends SelectiveSink {
    /** Fewer PAUSE exits may be a chance meeting, such as a delay loop [I]. */
    static final int MIN_EXITS = 16;

    private final Map<Integer, TreeMap<Long, Integer>> exits = new TreeMap<>();
    private final Map<Long, SpinEpisode> episodes = new HashMap<>();
    private final Map<Long, int[]> causes = new HashMap<>();

    @Override
    public void vmExit(VmExit exit) {
        if (exit.reason().isPause()) {
            exits.computeIfAbsent(exit.vcpu(), key -> new TreeMap<>(Long::compareUnsigned))
                    .merge(exit.guestRip(), 1, Integer::sum);
        }
    }

    @Override
    public void episode(SpinEpisode episode) {
        episodes.put(episode.id(), episode);
    }

    @Override
    public void waited(Wait wait) {
        SpinEpisode episode = episodes.remove(wait.episode());
        if (episode != null) {
            int[] count = causes.computeIfAbsent(episode.guestRip(), key -> new int[Wait.Cause.values().length]);
            count[wait.cause().ordinal()]++;
        }
    }

    /**
     * The loops of each VM: PAUSEs less than a loop's reach apart, and as much code around them.
     *
     * @param unitPicos picoseconds per unit of PLE window in that recording
     */
    public List<SpinPlace.Range> ranges(Roster roster, long unitPicos) {
        List<SpinPlace.Range> ranges = new ArrayList<>();
        for (Roster.Vm vm : roster.vms()) {
            TreeMap<Long, Integer> rips = new TreeMap<>(Long::compareUnsigned);
            for (int vcpu : roster.vcpusOf(vm.id())) {
                exits.getOrDefault(vcpu, new TreeMap<>()).forEach((rip, count) -> rips.merge(rip, count, Integer::sum));
            }
            addLoops(vm.name(), rips, unitPicos, ranges);
        }
        return ranges;
    }

    /** Of PAUSEs in ascending order. */
    private void addLoops(String vm, Map<Long, Integer> rips, long unitPicos, List<SpinPlace.Range> ranges) {
        List<Long> loop = new ArrayList<>();
        for (long rip : rips.keySet()) {
            if (!loop.isEmpty() && rip - loop.get(loop.size() - 1) > SpinLoop.REACH_BYTES) {
                addLoop(vm, loop, rips, unitPicos, ranges);
                loop.clear();
            }
            loop.add(rip);
        }
        addLoop(vm, loop, rips, unitPicos, ranges);
    }

    private void addLoop(
            String vm, List<Long> loop, Map<Long, Integer> rips, long unitPicos, List<SpinPlace.Range> ranges) {
        if (loop.stream().mapToInt(rips::get).sum() >= MIN_EXITS) {
            long low = loop.get(0) - SpinLoop.REACH_BYTES;
            long high = loop.get(loop.size() - 1) + SpinLoop.REACH_BYTES;
            ranges.add(new SpinPlace.Range(vm, low, high, kind(loop), unitPicos));
        }
    }

    /** What most waits there were for. */
    private SpinPlace.Kind kind(List<Long> loop) {
        int locks = 0;
        int ipis = 0;
        for (long rip : loop) {
            int[] count = causes.getOrDefault(rip, new int[Wait.Cause.values().length]);
            locks += count[Wait.Cause.LOCK.ordinal()];
            ipis += count[Wait.Cause.IPI.ordinal()] + count[Wait.Cause.TLB_SHOOTDOWN.ordinal()];
        }
        if (locks == 0 && ipis == 0) {
            return SpinPlace.Kind.UNKNOWN;
        }
        return ipis > locks ? SpinPlace.Kind.IPI : SpinPlace.Kind.LOCK;
    }
}
