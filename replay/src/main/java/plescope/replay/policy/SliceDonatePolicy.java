package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Slice donation.
 *
 * <h2>Idea</h2>
 * A directed yield costs the yielder its turn and gives the target nothing the scheduler would honour. Let the target run on the
 * yielder's account instead: the VM as a whole neither wins nor loses.
 *
 * <h2>Modelled</h2>
 * After the yield, at the level where the two compete, and only where the target still lies behind and both weigh the same, they
 * change places in virtual time. That is charging the target's run to the yielder, but for who is called who [I]. Each keeps
 * the distance to its deadline: until 6.17 every yield adds a request to it, which is nothing to hand to a sibling.
 *
 * <h2>Not modelled</h2>
 * Donation across run queues.
 *
 * <h2>Source</h2>
 * Construction [I]; named and left open by R. van Riel, kvm list, January 2011.
 */
final class SliceDonatePolicy implements Policy {
    /** Long enough for every two weights to differ in virtual time. */
    private static final long WEIGHING_NS = 1L << 30;

    static final PolicySpec SPEC = new PolicySpec(
                    "slice-donate",
                    Role.YIELD,
                    "Yielder and target change places in virtual time",
                    "construction, after R. van Riel",
                    List.of(),
                    values -> new SliceDonatePolicy())
            .replacing(Rule.YIELD_VRUNTIME);

    private final MatchingEntities pair = new MatchingEntities();

    /** Only now is the yielder's virtual time up to date: {@code yield_task_fair} has charged what it ran. */
    @Override
    public void afterYield(RunQueueView queue, EntityView yielder, EntityView target) {
        if (!pair.find(yielder, target)) {
            return;
        }
        EntityView giver = pair.yielder();
        EntityView taker = pair.target();
        boolean equal = giver.toVirtual(WEIGHING_NS) == taker.toVirtual(WEIGHING_NS);
        if (equal && taker.vruntime() - giver.vruntime() > 0) {
            long place = giver.vruntime();
            giver.shiftTo(taker.vruntime());
            taker.shiftTo(place);
        }
    }
}
