package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * A PAUSE exit as a {@code sched_yield}.
 *
 * <h2>Idea</h2>
 * What a directed yield is worth beyond giving way: the spinner yields to nobody in particular.
 *
 * <h2>Modelled</h2>
 * {@code yield_task_fair} of the scheduler's version, then {@code schedule()}.
 *
 * <h2>Not modelled</h2>
 * Nothing is left out.
 *
 * <h2>Source</h2>
 * Construction [I]; KVM itself did so for a few release candidates before 2.6.33 [R].
 */
final class PlainYieldPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
            "plain-yield",
            Role.NO_YIELD,
            "A spinner yields to nobody in particular",
            "construction",
            List.of(),
            values -> new PlainYieldPolicy());

    @Override
    public SpinAnswer spinAnswer() {
        return SpinAnswer.PLAIN_YIELD;
    }
}
