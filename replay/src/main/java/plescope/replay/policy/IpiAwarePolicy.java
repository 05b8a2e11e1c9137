package plescope.replay.policy;

import plescope.replay.model.HostModel;
import plescope.replay.model.Tristate;

/**
 * What W. Li's versions share in KVM: the kernel-mode test is replaced by siblings that owe the spinner an answer first, then what
 * the hint about pending interrupts says, then vCPUs preempted in kernel mode. A relaxed second round takes whoever is preempted.
 */
abstract class IpiAwarePolicy implements Policy {
    private final IpiContext ipis;
    private final boolean tracking;
    private final boolean relaxed;
    private final Tristate apicv;
    private boolean hint;

    IpiAwarePolicy(IpiContext ipis, boolean tracking, boolean relaxed, Tristate apicv) {
        this.ipis = ipis;
        this.tracking = tracking;
        this.relaxed = relaxed;
        this.apicv = apicv;
    }

    @Override
    public HostModel host(HostModel host, int vcpus) {
        ipis.resize(vcpus);
        hint = apicv == Tristate.UNKNOWN ? host.kvm().apicv() : apicv == Tristate.YES;
        return host;
    }

    @Override
    public final void start(HostView host) {
        ipis.start(host);
    }

    @Override
    public final int scanRounds() {
        return relaxed ? 2 : 1;
    }

    @Override
    public final Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
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

    @Override
    public final void onIpi(VcpuView sender, VcpuView receiver, int receivers, int vector) {
        ipis.onIpi(sender, receiver, receivers, vector);
    }

    @Override
    public final void onEoi(VcpuView vcpu, int vector) {
        ipis.onEoi(vcpu, vector);
    }
}
