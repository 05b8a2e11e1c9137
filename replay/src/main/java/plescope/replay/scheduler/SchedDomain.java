package plescope.replay.scheduler;

import java.util.Arrays;
import plescope.replay.model.Topology;

/** {@code struct sched_domain}: pCPUs that balance among each other, in groups that are the domains one level below. */
final class SchedDomain {
    /** Most levels a machine has: SMT, cache, node, machine. */
    static final int MAX_LEVELS = 4;

    private static final int SMT_IMBALANCE_PCT = 110;

    /** First pCPU. */
    final int from;

    /** After the last pCPU. */
    final int to;

    /** pCPUs of a group; the last group may be smaller. */
    final int groupSpan;

    /** SMT siblings: {@code SD_SHARE_CPUCAPACITY}. */
    final boolean sharesCore;

    /** {@code SD_SHARE_LLC}. */
    final boolean sharesCache;

    /** The groups are domains themselves and rather take one thread each than several: {@code SD_PREFER_SIBLING} below. */
    final boolean spreads;

    final int imbalancePct;
    final int cacheNiceTries;

    /** {@code sgc->imbalance}: affinity kept the level below from balancing, so this group counts as imbalanced above. */
    boolean imbalanced;

    private SchedDomain(int from, int to, int groupSpan, Level level, SchedulerTunables tunables) {
        this.from = from;
        this.to = to;
        this.groupSpan = groupSpan;
        this.sharesCore = level == Level.SMT;
        this.sharesCache = level == Level.SMT || level == Level.CACHE;
        this.spreads = groupSpan > 1;
        this.imbalancePct = switch (level) {
            case SMT -> SMT_IMBALANCE_PCT;
            case CACHE -> SchedulerTunables.IMBALANCE_PCT;
            case NODE, MACHINE -> tunables.imbalancePct();
        };
        this.cacheNiceTries = switch (level) {
            case SMT -> 0;
            case CACHE, NODE -> 1;
            case MACHINE -> 2;
        };
    }

    /** SMT, MC, PKG and NUMA of the kernel. */
    private enum Level {
        SMT,
        CACHE,
        NODE,
        MACHINE
    }

    int weight() {
        return to - from;
    }

    /** First pCPU of the group that holds it. */
    int groupOf(int pcpu) {
        return from + (pcpu - from) / groupSpan * groupSpan;
    }

    int groupEnd(int groupFrom) {
        return Math.min(groupFrom + groupSpan, to);
    }

    /** Each pCPU's domains, innermost first; levels that hold no more than the one below do not exist. */
    static SchedDomain[][] of(Topology topology, SchedulerTunables tunables) {
        SchedDomain[][] chains = new SchedDomain[topology.pcpus()][];
        int[] spans = {topology.perCore(), topology.perLlc(), topology.perNode(), topology.pcpus()};
        for (int p = 0; p < chains.length; p++) {
            SchedDomain[] chain = new SchedDomain[MAX_LEVELS];
            int levels = 0;
            int below = 1;
            for (Level level : Level.values()) {
                int span = spans[level.ordinal()];
                if (span > below) {
                    chain[levels] = at(chains, levels, p, span, below, level, tunables);
                    levels++;
                    below = span;
                }
            }
            chains[p] = Arrays.copyOf(chain, levels);
        }
        return chains;
    }

    /** The domain of that level around a pCPU, shared with the pCPUs before it that lie in it. */
    private static SchedDomain at(
            SchedDomain[][] chains, int depth, int pcpu, int span, int below, Level level, SchedulerTunables tunables) {
        int from = pcpu / span * span;
        if (from < pcpu) {
            return chains[from][depth];
        }
        return new SchedDomain(from, Math.min(from + span, chains.length), below, level, tunables);
    }
}
