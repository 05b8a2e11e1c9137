package plescope.replay.scheduler;

/**
 * {@code find_busiest_group}, {@code calculate_imbalance} and {@code find_busiest_queue} as since 5.5: from which run queue to
 * pull, and how much. Where the kernel moves utilisation, threads are counted [I].
 */
final class BusiestSearch {
    private final RunQueue[] rqs;
    private final SchedDomain[][] domains;
    private GroupLoad local = new GroupLoad();
    private GroupLoad busiest = new GroupLoad();
    private GroupLoad candidate = new GroupLoad();

    /** Load of the whole domain per pCPU. */
    private long averageLoad;

    // What was found.

    /** From where to pull. */
    RunQueue queue;

    /** Whether load is to be moved, not a number of threads. */
    boolean byLoad;

    /** How much of either. */
    long imbalance;

    BusiestSearch(RunQueue[] rqs, SchedDomain[][] domains) {
        this.rqs = rqs;
        this.domains = domains;
    }

    /**
     * Searches on behalf of a pCPU.
     *
     * @param depth of the domain in the pCPU's chain
     * @param busy whether that pCPU has work itself ({@code CPU_NOT_IDLE})
     * @param excluded queues whose threads may not come here
     * @return whether there is something to pull
     */
    boolean find(RunQueue rq, int depth, boolean busy, boolean[] excluded) {
        SchedDomain domain = domains[rq.pcpu()][depth];
        queue = null;
        if (!findGroup(rq, domain, depth, excluded) || balanced(domain, busy)) {
            return false;
        }
        calculateImbalance(domain, busy);
        if (imbalance <= 0) {
            return false;
        }
        findQueue(excluded);
        return queue != null;
    }

    /** The busiest group beside the pCPU's own, looking around from there; false if no other runs anything. */
    private boolean findGroup(RunQueue rq, SchedDomain domain, int depth, boolean[] excluded) {
        int own = domain.groupOf(rq.pcpu());
        boolean found = false;
        long total = 0;
        int from = own;
        do {
            int to = domain.groupEnd(from);
            boolean imbalanced = depth > 0 && domains[from][depth - 1].imbalanced;
            candidate.collect(rqs, from, to, imbalanced);
            total += candidate.load;
            if (from == own) {
                GroupLoad spare = local;
                local = candidate;
                candidate = spare;
            } else if (anyLeft(from, to, excluded) && (found ? candidate.busierThan(busiest) : candidate.threads > 0)) {
                GroupLoad spare = busiest;
                busiest = candidate;
                candidate = spare;
                found = true;
            }
            from = to == domain.to ? domain.from : to;
        } while (from != own);
        averageLoad = total / domain.weight();
        return found;
    }

    private static boolean anyLeft(int from, int to, boolean[] excluded) {
        for (int p = from; p < to; p++) {
            if (!excluded[p]) {
                return true;
            }
        }
        return false;
    }

    /** {@code find_busiest_group}'s ways out. */
    private boolean balanced(SchedDomain domain, boolean busy) {
        if (busiest.type == GroupLoad.Type.IMBALANCED) {
            return false;
        }
        if (local.type.compareTo(busiest.type) > 0) {
            return true;
        }
        if (local.type == GroupLoad.Type.OVERLOADED) {
            long here = local.averageLoad();
            long there = busiest.averageLoad();
            return here >= there || here >= averageLoad || 100 * there <= domain.imbalancePct * here;
        }
        if (domain.spreads && local.type == GroupLoad.Type.HAS_SPARE && busiest.threads > local.threads + 1) {
            return false;
        }
        return busiest.type != GroupLoad.Type.OVERLOADED
                && (busy || (busiest.weight() > 1 && local.idle <= busiest.idle + 1) || busiest.threads == 1);
    }

    private void calculateImbalance(SchedDomain domain, boolean busy) {
        byLoad = false;
        if (busiest.type == GroupLoad.Type.IMBALANCED) {
            imbalance = 1;
        } else if (local.type == GroupLoad.Type.HAS_SPARE) {
            imbalance = spareImbalance(domain, busy);
        } else {
            byLoad = true;
            imbalance = Math.min(
                    (busiest.averageLoad() - averageLoad) * busiest.weight(),
                    (averageLoad - local.averageLoad()) * local.weight());
        }
    }

    private int spareImbalance(SchedDomain domain, boolean busy) {
        if (busiest.type.compareTo(GroupLoad.Type.FULLY_BUSY) > 0 && !domain.sharesCache) {
            int spare = local.weight() - local.threads;
            return spare > 0 || busy ? spare : 1;
        }
        if (busiest.weight() == 1 || domain.spreads) {
            return (busiest.threads - local.threads) >> 1;
        }
        return (local.idle - busiest.idle) >> 1;
    }

    /** {@code find_busiest_queue}: most load or most threads, of equals the lowest number. */
    private void findQueue(boolean[] excluded) {
        long most = 0;
        for (int p = busiest.from; p < busiest.to; p++) {
            RunQueue rq = rqs[p];
            long load = LoadWeight.scaleDown(rq.root.load);
            if (excluded[p] || rq.nrRunning == 0 || (byLoad && rq.nrRunning == 1 && load > imbalance)) {
                continue;
            }
            long weight = byLoad ? load : rq.nrRunning;
            if (weight > most) {
                most = weight;
                queue = rq;
            }
        }
    }
}
