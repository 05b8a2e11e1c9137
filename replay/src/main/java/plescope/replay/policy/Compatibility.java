package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/** Which policies go together in one setting; what does not is refused with the reason. */
final class Compatibility {
    private final SchedulerVersion scheduler;

    Compatibility(SchedulerVersion scheduler) {
        this.scheduler = scheduler;
    }

    void check(List<PolicySpec> policies) {
        for (int i = 0; i < policies.size(); i++) {
            PolicySpec one = policies.get(i);
            require(
                    !one.eevdfOnly() || scheduler.eevdf(),
                    "'" + one.name() + "' acts on deadlines and lag, which " + scheduler.label() + " has not");
            require(
                    one.role() != Role.BOUND || policies.size() == 1,
                    "'" + one.name() + "' is a bound and stands alone, without other policies");
            for (PolicySpec earlier : policies.subList(0, i)) {
                checkPair(earlier, one);
                checkPair(one, earlier);
            }
        }
    }

    private static void checkPair(PolicySpec one, PolicySpec other) {
        require(!one.name().equals(other.name()), "'" + one.name() + "' is named twice");
        boolean bothAnswer = one.role().answersSpin() && other.role().answersSpin() && other.role() != Role.PLE_OFF;
        require(
                !bothAnswer || one.role() != Role.PLE_OFF,
                "'" + other.name() + "' answers PAUSE exits, and with '" + one.name() + "' there are none");
        require(
                !bothAnswer,
                "'" + one.name() + "' and '" + other.name()
                        + "' both say what a PAUSE exit leads to; a kernel has one such rule");
        require(
                one.role() != Role.YIELD || other.role() != Role.PLE_OFF,
                "'" + one.name() + "' changes directed yields, and with PLE off there are none");
        require(
                one.role() != Role.YIELD || other.role() != Role.NO_YIELD,
                "'" + one.name() + "' changes directed yields, and '" + other.name() + "' makes none");
        for (Rule rule : one.replaces()) {
            require(
                    !other.replaces().contains(rule),
                    "'" + one.name() + "' and '" + other.name() + "' both replace " + rule.words());
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
