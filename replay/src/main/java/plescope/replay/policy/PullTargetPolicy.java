package plescope.replay.policy;

import java.util.Arrays;
import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * The target of a yield is fetched to the spinner's pCPU.
 *
 * <h2>Idea</h2>
 * A directed yield to another run queue is a hint there; here whoever is next runs, perhaps another VM. Fetch the target, so
 * that the spinner's turn goes to whom it was meant for.
 *
 * <h2>Modelled</h2>
 * A target that waits elsewhere behind at least one thread is migrated, at most once per {@code rateLimit}, and picked at once
 * for up to {@code maxRun}. Across caches only if its expected wait, a base slice per thread before it, exceeds twice
 * {@code cacheCost}.
 *
 * <h2>Not modelled</h2>
 * The spinner's remaining slice as a limit of the run; the scheduler itself ends that.
 *
 * <h2>Source</h2>
 * Construction [I]; a cross-run-queue extension was asked for in the discussion of W. Li's series.
 */
final class PullTargetPolicy implements Policy {
    private static final int NOBODY = -1;

    static final PolicySpec SPEC = new PolicySpec(
                    "pull-target",
                    Role.YIELD,
                    "Fetches the target from another run queue and runs it at once",
                    "construction",
                    List.of(
                            Parameter.duration("rateLimit", 1_000_000, 0, 1_000_000_000, "per target"),
                            Parameter.duration("maxRun", 500_000, 10_000, 100_000_000, "longest run after the fetch"),
                            Parameter.duration("cacheCost", 30_000, 0, 100_000_000, "of moving to another cache")),
                    values -> new PullTargetPolicy(
                            values.get("rateLimit"), values.get("maxRun"), values.get("cacheCost")))
            .replacing(Rule.TARGET_PCPU, Rule.PICK);

    private final long rateLimitNs;
    private final long maxRunNs;
    private final long cacheCostNs;
    private HostView host;

    /** Per vCPU, when it was fetched last. */
    private long[] fetchedNs = {};

    /** Per pCPU, the fetched vCPU that is to run next or runs now. */
    private int[] guest = {};

    PullTargetPolicy(long rateLimitNs, long maxRunNs, long cacheCostNs) {
        this.rateLimitNs = rateLimitNs;
        this.maxRunNs = maxRunNs;
        this.cacheCostNs = cacheCostNs;
    }

    @Override
    public HostModel host(HostModel model, int vcpus) {
        fetchedNs = new long[vcpus];
        Arrays.fill(fetchedNs, -rateLimitNs);
        guest = new int[model.pcpus()];
        Arrays.fill(guest, NOBODY);
        return model;
    }

    @Override
    public void start(HostView started) {
        host = started;
    }

    @Override
    public void onYieldTo(VcpuView spinner, VcpuView target) {
        int from = target.pcpu();
        int to = spinner.pcpu();
        boolean waits =
                target.runnable() && !target.running() && host.queue(from).nrRunning() >= 2;
        boolean rested = host.now() - fetchedNs[target.index()] >= rateLimitNs;
        if (from != to && waits && rested && worthwhile(from, to) && host.migrate(target.index(), to)) {
            fetchedNs[target.index()] = host.now();
            guest[to] = target.index();
        }
    }

    private boolean worthwhile(int from, int to) {
        RunQueueView queue = host.queue(from);
        return host.topology().shareCache(from, to) || (queue.nrRunning() - 1) * queue.baseSliceNs() > 2 * cacheCostNs;
    }

    @Override
    public int pick(int pcpu, int picked, int running) {
        int fetched = guest[pcpu];
        if (fetched == NOBODY) {
            return picked;
        }
        VcpuView vcpu = host.vcpu(fetched);
        if (fetched == running || !vcpu.runnable() || vcpu.pcpu() != pcpu) {
            // It has had its run, or has gone.
            guest[pcpu] = NOBODY;
            return picked;
        }
        return fetched;
    }

    @Override
    public long quantumNs(int pcpu) {
        return guest[pcpu] == NOBODY ? 0 : maxRunNs;
    }

    @Override
    public void onSchedOut(VcpuView vcpu) {
        if (guest[vcpu.pcpu()] == vcpu.index()) {
            guest[vcpu.pcpu()] = NOBODY;
        }
    }
}
