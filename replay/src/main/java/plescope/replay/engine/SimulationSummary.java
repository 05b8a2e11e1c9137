package plescope.replay.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What one simulation came to.
 *
 * @param elapsedNs simulated time
 * @param endedBy the vCPU whose work ran out and ended the run, -1 where the span did
 * @param events events processed
 * @param brokenEdges waits that could never have ended and were cut
 * @param vcpus by dense index
 * @param vms by dense VM id
 */
public record SimulationSummary(
        long elapsedNs, int endedBy, long events, long brokenEdges, List<VcpuOutcome> vcpus, List<VmOutcome> vms) {
    public SimulationSummary {
        vcpus = List.copyOf(vcpus);
        vms = List.copyOf(vms);
    }

    /**
     * What one vCPU got done, and what it took.
     *
     * @param finished whether nothing is left for it to do
     * @param workNs useful guest work done
     * @param guestNs time in guest mode, spinning included
     * @param spinNs time in guest mode spent spinning
     * @param pauseExits PLE exits
     * @param yieldsAttempted calls of {@code kvm_vcpu_yield_to} after its PLE exits, and its hypercalls that ask for a sibling
     * @param yieldsSucceeded those after which it gave way
     * @param stealNs time runnable without a pCPU
     * @param switches how often it was switched in
     * @param migrations how often its thread changed pCPUs
     * @param halts HLT exits
     */
    public record VcpuOutcome(
            boolean finished,
            long workNs,
            long guestNs,
            long spinNs,
            long pauseExits,
            long yieldsAttempted,
            long yieldsSucceeded,
            long stealNs,
            long switches,
            long migrations,
            long halts) {
        private VcpuOutcome finished(boolean done) {
            return new VcpuOutcome(
                    done,
                    workNs,
                    guestNs,
                    spinNs,
                    pauseExits,
                    yieldsAttempted,
                    yieldsSucceeded,
                    stealNs,
                    switches,
                    migrations,
                    halts);
        }
    }

    /**
     * What concerns a VM as a whole.
     *
     * @param stackingNs time with two or more of its runnable vCPUs on one pCPU, summed over pCPUs
     */
    public record VmOutcome(long stackingNs) {}

    /** Guest work done by all vCPUs. */
    public long totalWorkNs() {
        long sum = 0;
        for (VcpuOutcome vcpu : vcpus) {
            sum += vcpu.workNs();
        }
        return sum;
    }

    /** This summary with what only the software knows. */
    SimulationSummary completed(int ender, long softwaresCuts, IntPredicate finished) {
        List<VcpuOutcome> outcomes = new ArrayList<>();
        for (int v = 0; v < vcpus.size(); v++) {
            outcomes.add(vcpus.get(v).finished(finished.test(v)));
        }
        return new SimulationSummary(elapsedNs, ender, events, brokenEdges + softwaresCuts, outcomes, vms);
    }
}
