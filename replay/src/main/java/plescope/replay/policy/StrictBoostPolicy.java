package plescope.replay.policy;

import java.util.Arrays;
import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Strict Boost of Ishiguro et al.
 *
 * <h2>Idea</h2>
 * Since 5.3 vCPUs just woken from halt are boosted whoever woke them, and vCPUs in user mode never, even if the spinner waits
 * for their answer to an IPI. Boost them if and only if the spinner itself sent them an interrupt.
 *
 * <h2>Modelled</h2>
 * Per vCPU a set of senders, filled by unicast IPIs that arrive while it is switched out and emptied at sched-in and at every
 * VM entry. A woken candidate without the spinner in its set is passed over, and so is one preempted in user mode; both put
 * the spinner into the set, so that its next scan takes them: nobody is excluded for ever. {@code emulateShiftBug=1} shifts a
 * 32-bit one, as the patch does: vCPU 32 passes for vCPU 0, 63 for 31.
 *
 * <h2>Not modelled</h2>
 * The patch's limit of 64 vCPUs, unless its shift is emulated.
 *
 * <h2>Source</h2>
 * K. Ishiguro, RFC 2/2 to the kvm list, 21 April 2021; VEE'21, doi 10.1145/3453933.3454020.
 */
final class StrictBoostPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "strict-boost",
                    Role.YIELD,
                    "Woken and user-mode siblings only if the spinner interrupted them",
                    "Ishiguro et al., VEE'21",
                    List.of(Parameter.flag("emulateShiftBug", false, "1 keeps the patch's 32-bit shift")),
                    values -> new StrictBoostPolicy(values.flag("emulateShiftBug")))
            .replacing(Rule.MODE_TEST);

    private final boolean shiftBug;
    private int words;

    /** Per dense vCPU index, {@code words} words: numbers of the siblings that interrupted it. */
    private long[] senders = {};

    private boolean[] schedOut = {};

    StrictBoostPolicy(boolean emulateShiftBug) {
        this.shiftBug = emulateShiftBug;
    }

    @Override
    public HostModel host(HostModel host, int vcpus) {
        words = shiftBug ? 1 : (vcpus + 63) / 64;
        senders = new long[vcpus * words];
        schedOut = new boolean[vcpus];
        return host;
    }

    @Override
    public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        return switch (stage) {
            // Before the test for halted vCPUs; only what is ready comes this far.
            case AWAKE -> candidate.preempted() || interrupted(spinner, candidate) ? Verdict.UNDECIDED : Verdict.SKIP;
            case MODE ->
                !candidate.preempted() || candidate.preemptedInKernel() || interrupted(spinner, candidate)
                        ? Verdict.PASS
                        : Verdict.SKIP;
            case READY, ELIGIBLE -> Verdict.UNDECIDED;
        };
    }

    /** Whether the spinner is in the candidate's set; it is from now on. */
    private boolean interrupted(VcpuView spinner, VcpuView candidate) {
        int word = word(spinner, candidate);
        boolean before = (senders[word] & bit(spinner)) != 0;
        senders[word] |= bit(spinner);
        return before;
    }

    private int word(VcpuView sender, VcpuView receiver) {
        return receiver.index() * words + (shiftBug ? 0 : sender.number() >> 6);
    }

    private long bit(VcpuView sender) {
        return shiftBug ? 1 << sender.number() : 1L << sender.number();
    }

    @Override
    public void onIpi(VcpuView sender, VcpuView receiver, int receivers, int vector) {
        if (receivers == 1 && schedOut[receiver.index()]) {
            senders[word(sender, receiver)] |= bit(sender);
        }
    }

    @Override
    public void onSchedOut(VcpuView vcpu) {
        schedOut[vcpu.index()] = true;
    }

    @Override
    public void onSchedIn(VcpuView vcpu) {
        schedOut[vcpu.index()] = false;
        forget(vcpu);
    }

    @Override
    public void onEntry(VcpuView vcpu) {
        forget(vcpu);
    }

    private void forget(VcpuView vcpu) {
        Arrays.fill(senders, vcpu.index() * words, (vcpu.index() + 1) * words, 0);
    }
}
