package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * {@code kvm_vcpu_on_spin} of 3.10 to 4.13.
 *
 * <h2>Idea</h2>
 * Only a preempted vCPU can be the holder that everybody waits for; and where run queues hold one thread each there is nothing
 * to gain, so stop soon.
 *
 * <h2>Modelled</h2>
 * {@link P2012Policy} with {@code preempted} for "not running"; three tries. {@code esrchAsSuccess=1} is the defect of about
 * 3.9 to 3.13, where the boolean {@code yield_to} turned -ESRCH into success: the scan ends and its place is remembered.
 *
 * <h2>Not modelled</h2>
 * 3.9 had the tries but not yet {@code preempted}.
 *
 * <h2>Source</h2>
 * Linux 3.10 [K]; K. T. Raghavendra and P. Zijlstra, January to March 2013 [R].
 */
class P2013Policy extends P2012Policy {
    /** {@code try} in {@code kvm_vcpu_on_spin}. */
    private static final int TRIES = 3;

    static final PolicySpec SPEC = new PolicySpec(
            "p2013",
            Role.ERA,
            "p2012 for preempted siblings only, three tries",
            "Linux 3.10",
            List.of(Parameter.flag("esrchAsSuccess", false, "1 takes -ESRCH for success, as 3.9 to 3.13 did")),
            values -> new P2013Policy(values.flag("esrchAsSuccess")));

    private final boolean esrchAsSuccess;

    P2013Policy(boolean esrchAsSuccess) {
        this.esrchAsSuccess = esrchAsSuccess;
    }

    @Override
    public final int yieldTries() {
        return TRIES;
    }

    @Override
    public final boolean takesFailureForSuccess() {
        return esrchAsSuccess;
    }

    @Override
    boolean ready(VcpuView candidate) {
        return candidate.preempted();
    }
}
