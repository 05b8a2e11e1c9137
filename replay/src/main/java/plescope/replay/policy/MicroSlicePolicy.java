package plescope.replay.policy;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Micro-sliced cores.
 *
 * <h2>Idea</h2>
 * Short slices cure preempted critical sections but ruin caches. Keep a few pCPUs with very short slices, and send vCPUs there
 * for one slice when they were preempted inside a critical section that somebody now spins for.
 *
 * <h2>Modelled</h2>
 * The last {@code cores} pCPUs take no vCPU of their own. At a PAUSE exit every preempted sibling of the spinner inside a
 * critical section moves to the least loaded of them, runs one {@code quantum} and goes back where it came from.
 *
 * <h2>Not modelled</h2>
 * The whitelist of guest symbols: the workload says who holds a lock or handles an interrupt. The number of such cores is
 * fixed. A lone visitor stays until it blocks or another comes [I].
 *
 * <h2>Source</h2>
 * J. Ahn et al., MICRO'14 and EuroSys'18, doi 10.1145/3190508.3190521; the quantum [R].
 */
final class MicroSlicePolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "micro-slice",
                    Role.YIELD,
                    "Preempted critical sections run on reserved pCPUs with very short slices",
                    "Ahn et al., EuroSys'18",
                    List.of(
                            Parameter.count("cores", 1, 1, 64, "reserved pCPUs, at most all but one"),
                            Parameter.duration("quantum", 100_000, 10_000, 10_000_000, "slice of a reserved pCPU")),
                    values -> new MicroSlicePolicy(values.count("cores"), values.get("quantum")))
            .replacing(Rule.SCAN_ORDER, Rule.PLACEMENT, Rule.TARGET_PCPU, Rule.TIMER);

    private final int cores;
    private final long quantumNs;
    private HostView host;

    /** pCPUs from this one on are reserved. */
    private int firstReserved;

    /** Per vCPU, the ordinary pCPUs it may use; empty if it may use reserved ones only. */
    private CpuSet[] ordinary = {};

    /** Per vCPU, where it was before its visit. */
    private int[] origin = {};

    /** Per vCPU, whether it has had its slice on a reserved pCPU. */
    private boolean[] served = {};

    MicroSlicePolicy(int cores, long quantumNs) {
        this.cores = cores;
        this.quantumNs = quantumNs;
    }

    /** Threads start on ordinary pCPUs, by turns where the machine names none. */
    @Override
    public HostModel host(HostModel model, int vcpus) {
        firstReserved = Math.max(1, model.pcpus() - cores);
        ordinary = new CpuSet[vcpus];
        origin = new int[vcpus];
        served = new boolean[vcpus];
        CpuSet all = CpuSet.first(firstReserved);
        List<Integer> home = new ArrayList<>();
        for (int v = 0; v < vcpus; v++) {
            ordinary[v] = model.allowedPcpus(v).and(all);
            int start = model.startPcpu(v);
            origin[v] = start >= 0 && start < firstReserved ? start : nth(ordinary[v], v);
            home.add(ordinary[v].isEmpty() ? start : origin[v]);
        }
        return model.startingOn(home);
    }

    /** A member of the set for the n-th asker, by turns; -1 if the set is empty. */
    private static int nth(CpuSet set, int n) {
        if (set.isEmpty()) {
            return -1;
        }
        int pcpu = set.first();
        for (int i = 0; i < n % set.size(); i++) {
            pcpu = set.next(pcpu + 1);
        }
        return pcpu;
    }

    @Override
    public void start(HostView started) {
        host = started;
    }

    private boolean reserved(int pcpu) {
        return pcpu >= firstReserved;
    }

    /** Called once per PAUSE exit: a good moment to look for critical sections. */
    @Override
    public int firstChoice(VcpuView spinner) {
        for (int i = 0; i < host.vcpus(); i++) {
            VcpuView sibling = host.vcpu(i);
            if (sibling.vm() == spinner.vm()
                    && sibling.preempted()
                    && sibling.inCriticalSection()
                    && !reserved(sibling.pcpu())) {
                visit(sibling);
            }
        }
        return -1;
    }

    private void visit(VcpuView vcpu) {
        int from = vcpu.pcpu();
        int to = firstReserved;
        for (int pcpu = firstReserved + 1; pcpu < host.topology().pcpus(); pcpu++) {
            if (host.queue(pcpu).nrRunning() < host.queue(to).nrRunning()) {
                to = pcpu;
            }
        }
        if (to < host.topology().pcpus() && host.migrate(vcpu.index(), to)) {
            origin[vcpu.index()] = from;
            served[vcpu.index()] = false;
            host.resched(to);
        }
    }

    @Override
    public void onSchedIn(VcpuView vcpu) {
        served[vcpu.index()] |= reserved(vcpu.pcpu());
    }

    @Override
    public long timerPeriodNs() {
        return quantumNs;
    }

    /** Visitors that have had their slice go home. */
    @Override
    public void onTimer() {
        for (int i = 0; i < host.vcpus(); i++) {
            VcpuView vcpu = host.vcpu(i);
            if (reserved(vcpu.pcpu()) && vcpu.runnable() && !vcpu.running() && served[i] && !ordinary[i].isEmpty()) {
                host.migrate(i, origin[i]);
            }
        }
    }

    @Override
    public long quantumNs(int pcpu) {
        return reserved(pcpu) ? quantumNs : 0;
    }

    @Override
    public int selectPcpu(VcpuView woken, int chosen) {
        if (!reserved(chosen) || ordinary[woken.index()].isEmpty()) {
            return chosen;
        }
        return reserved(woken.pcpu()) ? origin[woken.index()] : woken.pcpu();
    }

    @Override
    public boolean mayPull(VcpuView vcpu, int from, int to) {
        return !reserved(to) || ordinary[vcpu.index()].isEmpty();
    }
}
