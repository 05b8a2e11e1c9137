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
 * At the level where the two compete, and only where the target lies behind and both weigh the same, the target takes over the
 * yielder's virtual time, its deadline and what it has run of its slice; the yielder takes the target's place with a new
 * request. That is charging the target's run to the yielder, but for who is called who [I].
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

    @Override
    public void beforeYield(RunQueueView queue, EntityView yielder, EntityView target) {
        if (!pair.find(yielder, target)) {
            return;
        }
        EntityView giver = pair.yielder();
        EntityView taker = pair.target();
        boolean equal = giver.toVirtual(WEIGHING_NS) == taker.toVirtual(WEIGHING_NS);
        if (equal && taker.vruntime() - giver.vruntime() > 0) {
            giver.exchangeWith(taker);
            // Until 6.17 every yield adds a request to the deadline: one that has grown must not pass from hand to
            // hand.
            giver.setDeadline(giver.vruntime() + giver.toVirtual(giver.sliceNs()));
        }
    }
}
