package plescope.replay.policy;

import plescope.replay.model.Topology;

/** The running host as a policy sees it, and the few things a policy may do to it. */
public interface HostView {
    /** Simulated time. */
    long now();

    Topology topology();

    /** vCPUs of all VMs; dense indices run from 0. */
    int vcpus();

    VcpuView vcpu(int index);

    RunQueueView queue(int pcpu);

    /**
     * Moves a queued vCPU that does not run to another pCPU, as the load balancer would, at the cost of a migration.
     *
     * @return false, and nothing happens, where it runs, sleeps, or may not use that pCPU
     */
    boolean migrate(int vcpu, int pcpu);

    /** {@code resched_curr}: that pCPU enters {@code schedule()} at its next preemption point, which an IPI brings about. */
    void resched(int pcpu);
}
