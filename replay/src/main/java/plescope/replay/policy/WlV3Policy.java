package plescope.replay.policy;

import java.util.Arrays;
import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * W. Li's version 3: lag credit.
 *
 * <h2>Idea</h2>
 * EEVDF drops the hint of a directed yield while the target is not eligible at some level. Give it the little lag it lacks, and
 * now and then force the yielder off.
 *
 * <h2>Modelled</h2>
 * At every directed yield each ineligible entity from the target up is moved to a positive lag of {@code base_slice *
 * min(threads, 8) / 8 * kappa} within the legal bound, deadline and protection along with it [I]. After the yield, at most once
 * per {@code resched} and run queue, slice protection of the yielder's chain ends and the pCPU reschedules. Candidates are chosen
 * as by {@link WlV2IpiPolicy}, with EOIs matched by vector and the receiver's own send kept.
 *
 * <p>The cover letter says both that the credit runs on every directed yield and that it takes effect only if yielder and target
 * share a run queue. Read here: it goes wherever the hint goes [I]. {@code crossQueue=0} is the other reading; with it pooled VMs
 * lose throughput, for a credited sibling keeps out who is hinted at from other pCPUs, while the author saw no regression.
 *
 * <h2>Not modelled</h2>
 * The author's margin formula, which only the patches told: {@code kappa} is there to be swept [I]. A queued entity is placed
 * anew there, here it keeps what is left of its request.
 *
 * <h2>Consequence</h2>
 * Two spinners on one {@code cfs_rq} that yield to each other get back at every exit what service and forfeit took, so the mean
 * stands still and nobody else there becomes eligible while both spin. That follows from credit and hint alone: it is so at any
 * margin, 0 included, with and without forfeits, forced rescheduling and the relaxed round. Where each VM has a group of its own,
 * as under libvirt, groups share the pCPU by their own means and only siblings of the two wait. The author's claim that the bound
 * preserves fairness can hold for such hosts; with all vCPUs in one group lock convoys of one VM starve the others.
 *
 * <h2>Source</h2>
 * W. Li, v3 cover letter, 12 June 2026; the patches were not to be had.
 */
final class WlV3Policy extends IpiAwarePolicy {
    /** Queue depth from which the margin grows no more [I]. */
    private static final int FULL_DEPTH = 8;

    private static final int FRACTION_BITS = 16;

    static final PolicySpec SPEC = new PolicySpec(
                    "wl-v3",
                    Role.YIELD,
                    "Lag credit makes the target eligible; the yielder is forced off now and then",
                    "W. Li v3, June 2026",
                    List.of(
                            Parameter.flag("credit", true, "feature YIELD_TO_LAG_CREDIT"),
                            new Parameter(
                                    "kappa",
                                    Parameter.ONE,
                                    Parameter.Unit.RATIO,
                                    0,
                                    4 * Parameter.ONE,
                                    "base slices of margin at depth 8"),
                            Parameter.flag("crossQueue", true, "0 credits targets of the yielder's run queue only"),
                            Parameter.duration(
                                    "resched", 6_000_000, 0, 1_000_000_000, "least time between forced ones"),
                            Parameter.duration("window", 50_000_000, 0, 10_000_000_000L, "how long an IPI counts"),
                            Parameter.flag("relaxed", true, "a second round takes any preempted sibling"),
                            P2021Policy.APICV),
                    WlV3Policy::new)
            .replacing(Rule.YIELD_VRUNTIME, Rule.MODE_TEST)
            .onEevdf();

    private final MatchingEntities pair = new MatchingEntities();
    private final boolean credit;
    private final boolean crossQueue;
    private final long kappa;
    private final long reschedNs;

    /** Per pCPU, when the last forced rescheduling was. */
    private long[] forcedNs = {};

    WlV3Policy(ParameterValues values) {
        super(
                new IpiContext(values.get("window"), true, true),
                true,
                values.flag("relaxed"),
                P2021Policy.apicv(values));
        credit = values.flag("credit");
        crossQueue = values.flag("crossQueue");
        kappa = values.get("kappa");
        reschedNs = values.get("resched");
    }

    @Override
    public HostModel host(HostModel host, int vcpus) {
        forcedNs = new long[host.pcpus()];
        Arrays.fill(forcedNs, -reschedNs - 1);
        return super.host(host, vcpus);
    }

    @Override
    public void beforeYield(RunQueueView queue, EntityView yielder, EntityView target) {
        if (!credit || (!crossQueue && !pair.find(yielder, target))) {
            return;
        }
        for (EntityView entity = target; entity != null; entity = entity.parentEntity()) {
            if (!entity.eligible()) {
                long base = entity.toVirtual(queue.baseSliceNs());
                int depth = Math.min(entity.queuedThreads(), FULL_DEPTH);
                long margin = base * depth / FULL_DEPTH * kappa / Parameter.ONE;
                giveLag(entity, Math.min(margin, entity.lagLimit()));
            }
        }
    }

    /**
     * Moves an entity so that its lag becomes {@code lag}. The queue's mean follows a move in part; a first move shows in which
     * part, a second one makes up for it.
     */
    private static void giveLag(EntityView entity, long lag) {
        long before = entity.queueVruntime();
        long move = before - lag - entity.vruntime();
        entity.shiftTo(entity.vruntime() + move);
        long drift = entity.queueVruntime() - before;
        long missing = entity.queueVruntime() - entity.vruntime() - lag;
        if (move != drift) {
            // Moving by d changes the lag by d * (drift - move) / move; 16 bits of that fraction place it within
            // microseconds.
            long perUnit = (move << FRACTION_BITS) / (move - drift);
            entity.shiftTo(entity.vruntime() + ((missing * perUnit) >> FRACTION_BITS));
        }
    }

    @Override
    public void afterYield(RunQueueView queue, EntityView yielder, EntityView target) {
        int pcpu = queue.pcpu();
        if (queue.now() - forcedNs[pcpu] <= reschedNs || !pair.find(yielder, target)) {
            return;
        }
        forcedNs[pcpu] = queue.now();
        for (EntityView entity = yielder; entity != null; entity = entity.parentEntity()) {
            entity.endProtection();
        }
        queue.resched();
    }
}
