package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Debooster of Ishiguro et al.
 *
 * <h2>Idea</h2>
 * CFS drops the hint of a directed yield when the target lies more than a wake-up granularity behind the yielder. Raise the
 * yielder's virtual time until the hint just passes; nobody is credited, so other VMs lose nothing.
 *
 * <h2>Modelled</h2>
 * Same run queue only; climbs to the level where both compete; {@code v(yielder) = v(target) - granularity}, never lowered.
 *
 * <h2>Not modelled</h2>
 * A third thread left of both still wins. EEVDF gates by eligibility, not by granularity: there the raise brings the yielder's
 * lag down but rarely makes the target win unless {@code gran} is near 0 [I].
 *
 * <h2>Source</h2>
 * K. Ishiguro, RFC to the kvm list, 21 April 2021; VEE'21, doi 10.1145/3453933.3454020.
 */
final class DeboosterPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "debooster",
                    Role.YIELD,
                    "Raises the yielder's virtual time until the hint passes",
                    "Ishiguro et al., VEE'21",
                    List.of(Parameter.duration(
                            "gran", 0, 0, 100_000_000, "distance left; 0ns is the wake-up granularity")),
                    values -> new DeboosterPolicy(values.get("gran")))
            .replacing(Rule.YIELD_VRUNTIME);

    private final MatchingEntities pair = new MatchingEntities();
    private final long granularityNs;

    /** Takes a granularity in real time; 0 for the scheduler's own. */
    DeboosterPolicy(long granularityNs) {
        this.granularityNs = granularityNs;
    }

    @Override
    public void beforeYield(RunQueueView queue, EntityView yielder, EntityView target) {
        if (pair.find(yielder, target)) {
            raise(queue, pair.yielder(), pair.target());
        }
    }

    private void raise(RunQueueView queue, EntityView yielder, EntityView target) {
        long real = granularityNs > 0 ? granularityNs : queue.wakeupGranularityNs();
        long granularity = yielder.toVirtual(real);
        if (target.vruntime() - yielder.vruntime() > granularity) {
            yielder.setVruntime(target.vruntime() - granularity);
        }
    }
}
