package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Bonzini's two passes.
 *
 * <h2>Idea</h2>
 * A user-mode sibling with an interrupt to take may be what the spinner waits for, but less likely than one in kernel mode:
 * look at those with an interrupt only where nobody in kernel mode could be boosted.
 *
 * <h2>Modelled</h2>
 * First round: the kernel-mode test without any waiver. Second round: only vCPUs preempted in user mode with a pending
 * interrupt, with and without APICv. Tries are shared; fellow spinners toggle in both rounds [I].
 *
 * <h2>Not modelled</h2>
 * Nothing is left out; the variant was sketched in a mail and never merged.
 *
 * <h2>Source</h2>
 * P. Bonzini, reply to W. Li's user-mode candidates, kvm list, April 2021.
 */
final class Paolo2passPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "paolo-2pass",
                    Role.YIELD,
                    "User-mode siblings with a pending interrupt in a second pass",
                    "P. Bonzini, kvm list, April 2021",
                    List.of(),
                    values -> new Paolo2passPolicy())
            .replacing(Rule.MODE_TEST);

    @Override
    public int scanRounds() {
        return 2;
    }

    @Override
    public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        if (stage != ScanStage.MODE) {
            return Verdict.UNDECIDED;
        }
        boolean kernel = !candidate.preempted() || candidate.preemptedInKernel();
        return (round == 0 ? kernel : !kernel && candidate.pendingInterrupt()) ? Verdict.PASS : Verdict.SKIP;
    }
}
