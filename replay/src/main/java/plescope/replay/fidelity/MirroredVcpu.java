package plescope.replay.fidelity;

import plescope.replay.kvm.VcpuFlags;
import plescope.replay.scheduler.Entity;

/** The flags KVM keeps of a vCPU, as the log lets one follow them. */
final class MirroredVcpu extends VcpuFlags {
    private final MirroredVm vm;

    /** What {@code last_boosted_vcpu} becomes once yield_to returns, -1 for nothing: it returns only when the vCPU runs again. */
    private int boosted = -1;

    MirroredVcpu(int index, int number, MirroredVm vm, Entity thread) {
        super(index, number, thread);
        this.vm = vm;
    }

    MirroredVm machine() {
        return vm;
    }

    /** {@code kvm_sched_out}. */
    void schedOut(boolean runnable, boolean inKernel, long now) {
        leavePcpu(runnable, inKernel, now);
        if (!runnable) {
            halt();
        }
    }

    /** {@code kvm_sched_in}, and what it was doing in KVM when it lost its pCPU is over. */
    void schedIn() {
        takePcpu();
        unhalt();
        leaveSpinLoop();
    }

    /** {@code kvm_vcpu_wake_up}. */
    void wake() {
        becomeReady();
    }

    void boosts(int stored) {
        boosted = stored;
    }

    /** on_spin returns. */
    void leaveSpinLoop() {
        endSpinLoop();
        if (boosted >= 0) {
            vm.lastBoosted = boosted;
            boosted = -1;
        }
    }

    @Override
    public int vm() {
        return vm.id;
    }

    /** Not followed: no policy of a recorded kernel asks. */
    @Override
    public long stealNs() {
        return 0;
    }

    @Override
    public boolean inCriticalSection() {
        return false;
    }
}
