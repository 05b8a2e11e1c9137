package plescope.replay.model;

/**
 * One vCPU in one state for one stretch of time. The intervals of a vCPU touch without gap or overlap.
 *
 * @param vcpu dense index into {@link Roster#vcpus()}
 * @param pcpu where it runs or is queued, -1 where unknown or blocked
 */
public record VcpuInterval(int vcpu, VcpuState state, int pcpu, long startNs, long endNs, Origin origin) {
    public VcpuInterval {
        if (endNs < startNs) {
            throw new IllegalArgumentException("interval ends before it starts: " + startNs + ".." + endNs);
        }
    }

    public long durationNs() {
        return endNs - startNs;
    }
}
