package plescope.replay.policy;

import plescope.replay.model.HostModel;
import plescope.replay.model.Tristate;

/**
 * W. Li's replacement for the kernel-mode test: siblings that owe the spinner an answer first, then what the hint about pending
 * interrupts says, then vCPUs preempted in kernel mode. A relaxed second round takes whoever is preempted.
 */
final class IpiAwareScan {
    private final IpiContext ipis;
    private final boolean tracking;
    private final Tristate apicv;
    private boolean hint;

    IpiAwareScan(IpiContext ipis, boolean tracking, Tristate apicv) {
        this.ipis = ipis;
        this.tracking = tracking;
        this.apicv = apicv;
    }

    void host(HostModel host, int vcpus) {
        ipis.resize(vcpus);
        hint = apicv == Tristate.UNKNOWN ? host.kvm().apicv() : apicv == Tristate.YES;
    }

    Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        if (stage != ScanStage.MODE) {
            return Verdict.UNDECIDED;
        }
        boolean good = round == 0 ? goodCandidate(spinner, candidate) : candidate.preempted();
        return good ? Verdict.PASS : Verdict.SKIP;
    }

    private boolean goodCandidate(VcpuView spinner, VcpuView candidate) {
        return (tracking && ipis.awaited(spinner) == candidate.index())
                || (hint && candidate.pendingInterrupt())
                || (candidate.preempted() && candidate.preemptedInKernel());
    }
}
