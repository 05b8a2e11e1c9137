package plescope.replay.model;

/**
 * How pCPUs share hardware. Numbers run through a core's SMT threads first, then its last-level cache's cores, then its node's
 * caches; the last group of a level may be smaller.
 *
 * @param pcpus hardware threads
 * @param perCore SMT threads of a core
 * @param perLlc pCPUs that share a last-level cache, a multiple of {@code perCore}
 * @param perNode pCPUs of a NUMA node, a multiple of {@code perLlc}
 */
public record Topology(int pcpus, int perCore, int perLlc, int perNode) {
    /** Most pCPUs a host may have: a recording of any kernel must fit. */
    public static final int MAX_PCPUS = CpuSet.MAX_CPUS;

    public Topology {
        if (pcpus < 1 || pcpus > MAX_PCPUS) {
            throw new IllegalArgumentException("pcpus must lie in 1.." + MAX_PCPUS + ", was " + pcpus);
        }
        if (perCore < 1 || perCore > pcpus) {
            throw new IllegalArgumentException("threads per core must lie in 1.." + pcpus + ", was " + perCore);
        }
        if (perLlc < perCore || perLlc > pcpus || perLlc % perCore != 0) {
            throw new IllegalArgumentException("pCPUs per cache must be a multiple of the " + perCore
                    + " threads per core and at most " + pcpus + ", was " + perLlc);
        }
        if (perNode < perLlc || perNode > pcpus || perNode % perLlc != 0) {
            throw new IllegalArgumentException("pCPUs per node must be a multiple of the " + perLlc
                    + " pCPUs per cache and at most " + pcpus + ", was " + perNode);
        }
    }

    /** One cache, no SMT. */
    public static Topology flat(int pcpus) {
        return new Topology(pcpus, 1, Math.max(1, pcpus), Math.max(1, pcpus));
    }

    public int core(int pcpu) {
        return pcpu / perCore;
    }

    public int llc(int pcpu) {
        return pcpu / perLlc;
    }

    /** Whether both share a last-level cache ({@code cpus_share_cache}). */
    public boolean shareCache(int a, int b) {
        return llc(a) == llc(b);
    }

    public boolean smt() {
        return perCore > 1;
    }
}
