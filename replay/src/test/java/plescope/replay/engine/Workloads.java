package plescope.replay.engine;

import plescope.replay.workload.Workload;

/** The small workloads and hosts that policies are checked on, for tests of the engine. */
public final class Workloads extends plescope.replay.contract.Workloads {
    private Workloads() {}

    /** As {@link #arbitrary}. */
    public static Workload random(long seed, int vms, int vcpus, int steps, long spanNs) {
        return arbitrary(seed, vms, vcpus, steps, spanNs);
    }
}
