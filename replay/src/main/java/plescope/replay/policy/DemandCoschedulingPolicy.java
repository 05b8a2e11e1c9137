package plescope.replay.policy;

import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Demand-based coordinated scheduling.
 *
 * <h2>Idea</h2>
 * Schedule siblings together when they show that they need each other, by inter-processor interrupts, and not otherwise.
 *
 * <h2>Modelled</h2>
 * A vCPU that gets an IPI from a sibling is urgent until it has run for {@code slice}: it goes before all that are not, oldest
 * call first, and preempts them. It may spend as urgent only as much time as it has waited for a pCPU, so that urgency never
 * takes more than its share. A sender is not preempted for {@code protect} after its first IPI of a turn: it may hold the lock
 * that comes with it.
 *
 * <h2>Not modelled</h2>
 * Which IPIs are reschedulings and TLB shootdowns: all between siblings count [I]. An urgent vCPU woken from halt leaves
 * preemption to the scheduler. Load-conscious placement.
 *
 * <h2>Source</h2>
 * H. Kim et al., ASPLOS'13; the constants [R].
 */
final class DemandCoschedulingPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "demand-coscheduling",
                    Role.OTHER,
                    "Receivers of IPIs run first for a short slice; senders are not preempted",
                    "Kim et al., ASPLOS'13",
                    List.of(
                            Parameter.duration("slice", 500_000, 10_000, 10_000_000, "run of an urgent vCPU"),
                            Parameter.duration("protect", 500_000, 0, 10_000_000, "no preemption after sending")),
                    values -> new DemandCoschedulingPolicy(values.get("slice"), values.get("protect")))
            .replacing(Rule.PICK);

    private final long sliceNs;
    private final long protectNs;
    private HostView host;
    private boolean[] urgent = {};
    private long[] calledNs = {};

    /** Since when an urgent vCPU runs. */
    private long[] sinceNs = {};

    /** Time run as urgent, ever. */
    private long[] spentNs = {};

    private long[] protectedUntilNs = {};

    DemandCoschedulingPolicy(long sliceNs, long protectNs) {
        this.sliceNs = sliceNs;
        this.protectNs = protectNs;
    }

    @Override
    public HostModel host(HostModel model, int vcpus) {
        urgent = new boolean[vcpus];
        calledNs = new long[vcpus];
        sinceNs = new long[vcpus];
        spentNs = new long[vcpus];
        protectedUntilNs = new long[vcpus];
        return model;
    }

    @Override
    public void start(HostView started) {
        host = started;
    }

    @Override
    public void onIpi(VcpuView sender, VcpuView receiver, int receivers, int vector) {
        if (host == null || sender.vm() != receiver.vm() || sender.index() == receiver.index()) {
            return;
        }
        long now = host.now();
        if (protectedUntilNs[sender.index()] == 0) {
            protectedUntilNs[sender.index()] = now + protectNs;
        }
        int called = receiver.index();
        if (!urgent[called] && !receiver.running()) {
            urgent[called] = true;
            calledNs[called] = now;
            if (receiver.runnable() && crowded(receiver.pcpu()) && receiver.stealNs() > spentNs[called]) {
                host.resched(receiver.pcpu());
            }
        }
    }

    @Override
    public int pick(int pcpu, int picked, int running) {
        long now = host.now();
        if (running >= 0 && urgent[running] && now - sinceNs[running] >= sliceNs) {
            settle(running, now);
        }
        if (running >= 0 && now < protectedUntilNs[running]) {
            return running;
        }
        int first = oldestCall(pcpu);
        return first < 0 ? picked : first;
    }

    private int oldestCall(int pcpu) {
        int oldest = -1;
        for (int v = 0; v < host.vcpus(); v++) {
            VcpuView vcpu = host.vcpu(v);
            if (urgent[v]
                    && vcpu.pcpu() == pcpu
                    && vcpu.runnable()
                    && vcpu.stealNs() > spentNs[v]
                    && (oldest < 0 || calledNs[v] < calledNs[oldest])) {
                oldest = v;
            }
        }
        return oldest;
    }

    private void settle(int vcpu, long now) {
        spentNs[vcpu] += now - sinceNs[vcpu];
        urgent[vcpu] = false;
    }

    @Override
    public void onSchedIn(VcpuView vcpu) {
        protectedUntilNs[vcpu.index()] = 0;
        if (urgent[vcpu.index()]) {
            sinceNs[vcpu.index()] = host.now();
        }
    }

    @Override
    public void onSchedOut(VcpuView vcpu) {
        if (urgent[vcpu.index()]) {
            settle(vcpu.index(), host.now());
        }
    }

    @Override
    public long quantumNs(int pcpu) {
        int running = host.queue(pcpu).running();
        return running >= 0 && urgent[running] && crowded(pcpu) ? sliceNs : 0;
    }

    /** Whether there is anybody to prefer or to make room for. */
    private boolean crowded(int pcpu) {
        return host.queue(pcpu).nrRunning() > 1;
    }
}
