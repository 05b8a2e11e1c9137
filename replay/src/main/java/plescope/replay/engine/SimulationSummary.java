package plescope.replay.engine;

import java.util.List;

/**
 * What one simulation came to.
 *
 * @param elapsedNs simulated time
 * @param endedBy the vCPU whose work ran out and ended the run, -1 where the span did
 * @param events events processed
 * @param brokenEdges waits that could never have ended and were cut
 * @param vcpus by dense index
 */
public record SimulationSummary(long elapsedNs, int endedBy, long events, long brokenEdges, List<VcpuOutcome> vcpus) {
    public SimulationSummary {
        vcpus = List.copyOf(vcpus);
    }

    /**
     * What one vCPU got done.
     *
     * @param finished whether all its steps are done
     * @param workNs guest work done: the sum of its COMPUTE steps, whole or in part
     * @param guestNs time in guest mode, spinning included
     * @param spinNs time in guest mode spent spinning
     * @param pauseExits PLE exits
     */
    public record VcpuOutcome(boolean finished, long workNs, long guestNs, long spinNs, long pauseExits) {}

    /** Guest work done by all vCPUs. */
    public long totalWorkNs() {
        long sum = 0;
        for (VcpuOutcome vcpu : vcpus) {
            sum += vcpu.workNs();
        }
        return sum;
    }
}
