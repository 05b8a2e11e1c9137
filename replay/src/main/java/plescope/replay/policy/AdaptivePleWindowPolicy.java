package plescope.replay.policy;

import java.util.Arrays;
import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Adaptive spinning threshold, after APPLES.
 *
 * <h2>Idea</h2>
 * A short window costs exits, a long one spinning: look for the window where the sum is least. And boost by cause: what a
 * spinner waits for was preempted before it began to spin, most likely the longest ago.
 *
 * <h2>Modelled</h2>
 * Per VM, every {@code period}: the cost of its PAUSE exits, each a window of spinning and the exit itself. If it rose since
 * the last period the direction turns round; then the window doubles or halves, between {@code down} and {@code up} doublings of
 * the base. The scan first judges the longest-preempted sibling that was preempted before the window began.
 *
 * <h2>Not modelled</h2>
 * Spinning that ends before the window is over: the host does not see it. The paper's own search and constants [I].
 *
 * <h2>Source</h2>
 * J. Shan, X. Ding, N. Gehani, APPLES, abstract [K]; the search here [I].
 */
final class AdaptivePleWindowPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "adaptive-ple-window",
                    Role.YIELD,
                    "Searches the PLE window with the least overhead; longest-preempted siblings first",
                    "Shan et al., APPLES",
                    List.of(
                            Parameter.duration("period", 10_000_000, 100_000, 1_000_000_000, "between steps"),
                            Parameter.count("down", 2, 0, 10, "most halvings of the base window"),
                            Parameter.count("up", 4, 0, 10, "most doublings of the base window"),
                            Parameter.flag("causal", true, "0 leaves the order of the scan alone")),
                    AdaptivePleWindowPolicy::new)
            .replacing(Rule.PAUSE_WINDOW, Rule.SCAN_ORDER, Rule.TIMER);

    private final long periodNs;
    private final int down;
    private final int up;
    private final boolean causal;
    private HostModel.PleHardware ple = HostModel.PleHardware.VMX_DEFAULT;
    private long exitNs;
    private HostView host;
    private Search[] searches = {};

    AdaptivePleWindowPolicy(ParameterValues values) {
        periodNs = values.get("period");
        down = values.count("down");
        up = values.count("up");
        causal = values.flag("causal");
    }

    /** A VM's window, as doublings of the base. */
    private static final class Search {
        int doublings;
        int direction = 1;
        long exits;
        long lastCostNs;

        void step(long costNs, int lowest, int highest) {
            if (costNs > lastCostNs) {
                direction = -direction;
            }
            lastCostNs = costNs;
            exits = 0;
            int next = doublings + direction;
            if (next < lowest || next > highest) {
                direction = -direction;
            } else {
                doublings = next;
            }
        }
    }

    /** VMs are no more than vCPUs. */
    @Override
    public HostModel host(HostModel model, int vcpus) {
        ple = model.ple();
        exitNs = model.costs().pauseExitNs();
        searches = new Search[vcpus];
        Arrays.setAll(searches, vm -> new Search());
        return model;
    }

    @Override
    public void start(HostView started) {
        host = started;
    }

    @Override
    public int pleWindow(VcpuView vcpu, int base) {
        return window(base, searches[vcpu.vm()].doublings);
    }

    private int window(int base, int doublings) {
        long window = doublings < 0 ? base >> -doublings : (long) base << doublings;
        return (int) Math.min(window, ple.max());
    }

    @Override
    public int firstChoice(VcpuView spinner) {
        Search search = searches[spinner.vm()];
        search.exits++;
        if (!causal) {
            return -1;
        }
        long beganNs = host.now() - ple.windowNs(window(ple.window(), search.doublings));
        VcpuView longest = null;
        for (int v = 0; v < host.vcpus(); v++) {
            VcpuView vcpu = host.vcpu(v);
            if (vcpu.vm() == spinner.vm()
                    && vcpu.preempted()
                    && vcpu.preemptedSinceNs() <= beganNs
                    && (longest == null || vcpu.preemptedSinceNs() < longest.preemptedSinceNs())) {
                longest = vcpu;
            }
        }
        return longest == null ? -1 : longest.number();
    }

    @Override
    public long timerPeriodNs() {
        return periodNs;
    }

    /** A VM that had no exits keeps its window. */
    @Override
    public void onTimer() {
        for (Search search : searches) {
            if (search.exits > 0) {
                long eachNs = ple.windowNs(window(ple.window(), search.doublings)) + exitNs;
                search.step(search.exits * eachNs, -down, up);
            }
        }
    }
}
