package plescope.replay.policy;

import java.util.List;
import plescope.replay.model.Tristate;
import plescope.replay.policy.PolicySpec.Role;

/**
 * {@code kvm_vcpu_on_spin} of 6.13 on.
 *
 * <h2>Idea</h2>
 * One cyclic loop in place of two passes; the rewrite stored the loop offset, not the vCPU's index, in
 * {@code last_boosted_vcpu}, which favours low vCPU numbers. Fixed in 6.19-rc1 and 6.18.3.
 *
 * <h2>Modelled</h2>
 * {@link P2021Policy} and the wrong index where the setting's kernel has it; {@code lastBoostedBug=0} is the repaired kernel,
 * and so are the stable trees that took the fix.
 *
 * <h2>Not modelled</h2>
 * As {@link P2019Policy}.
 *
 * <h2>Source</h2>
 * Linux 6.13 {@code kvm_vcpu_on_spin} 7e513617da71 [K]; S. Christopherson, kvm list, August 2024; index fix 32bd348be3fa in 6.18.3.
 */
final class P2024Policy extends P2021Policy {
    static final PolicySpec SPEC = new PolicySpec(
            "p2024",
            Role.ERA,
            "p2021 in one cyclic loop, which remembers the wrong index until 6.18",
            "Linux 6.13",
            List.of(
                    APICV,
                    Parameter.autoFlag("lastBoostedBug", "1 stores the loop offset (6.13 to 6.18), 0 the index")),
            values -> new P2024Policy(
                    apicv(values),
                    values.flag("lastBoostedBug", values.scheduler().lastBoostedBug())));

    private final boolean lastBoostedBug;

    P2024Policy(Tristate apicv, boolean lastBoostedBug) {
        super(apicv);
        this.lastBoostedBug = lastBoostedBug;
    }

    @Override
    public int lastBoosted(int index, int offset) {
        return lastBoostedBug ? offset : index;
    }
}
