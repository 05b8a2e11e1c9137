package plescope.replay.policy;

/**
 * {@code kvm_vcpu_on_spin} of 6.12 on.
 *
 * <h2>Idea</h2>
 * One cyclic loop in place of two passes; the rewrite stored the loop offset, not the vCPU's index, in
 * {@code last_boosted_vcpu}, which favours low vCPU numbers. Fixed in 6.19-rc1.
 *
 * <h2>Modelled</h2>
 * {@link P2021Policy} and the wrong index; {@code lastBoostedBug=0} is the repaired kernel.
 *
 * <h2>Not modelled</h2>
 * As {@link P2019Policy}.
 *
 * <h2>Source</h2>
 * Linux 6.12 {@code kvm_vcpu_on_spin} [K]; S. Christopherson, kvm list, August 2024; index fix 32bd348be3fa in 6.19.
 */
final class P2024Policy extends P2021Policy {
    private final boolean lastBoostedBug;

    P2024Policy(boolean apicv, boolean lastBoostedBug) {
        super(apicv);
        this.lastBoostedBug = lastBoostedBug;
    }

    @Override
    public int lastBoosted(int index, int offset) {
        return lastBoostedBug ? offset : index;
    }
}
