package plescope.replay.fidelity;

import plescope.replay.policy.VcpuView;
import plescope.replay.scheduler.Entity;

/** The flags KVM keeps of a vCPU, as the log lets one follow them. */
final class MirroredVcpu implements VcpuView {
    private final int index;
    private final int number;
    private final MirroredVm vm;
    private final Entity thread;
    private boolean running;
    private boolean preempted;
    private boolean preemptedInKernel;
    private boolean ready;
    private boolean blocking;
    private boolean pendingInterrupt;
    private boolean inSpinLoop;
    private boolean dyEligible;
    private long preemptedSinceNs;

    /** What {@code last_boosted_vcpu} becomes once yield_to returns, -1 for nothing: it returns only when the vCPU runs again. */
    private int boosted = -1;

    MirroredVcpu(int index, int number, MirroredVm vm, Entity thread) {
        this.index = index;
        this.number = number;
        this.vm = vm;
        this.thread = thread;
    }

    Entity thread() {
        return thread;
    }

    MirroredVm machine() {
        return vm;
    }

    /** {@code kvm_sched_out}. */
    void schedOut(boolean runnable, boolean inKernel, long now) {
        running = false;
        if (runnable) {
            preempted = true;
            preemptedInKernel = inKernel;
            ready = true;
            preemptedSinceNs = now;
        } else {
            blocking = true;
        }
    }

    /** {@code kvm_sched_in}, and what it was doing in KVM when it lost its pCPU is over. */
    void schedIn() {
        running = true;
        preempted = false;
        ready = false;
        blocking = false;
        leaveSpinLoop();
    }

    /** {@code kvm_vcpu_wake_up}. */
    void wake() {
        ready = true;
    }

    void postInterrupt() {
        pendingInterrupt = true;
    }

    /** {@code vcpu_enter_guest}. */
    void enterGuest() {
        pendingInterrupt = false;
    }

    void enterSpinLoop() {
        inSpinLoop = true;
    }

    void boosts(int stored) {
        boosted = stored;
    }

    /** on_spin returns. */
    void leaveSpinLoop() {
        inSpinLoop = false;
        dyEligible = false;
        if (boosted >= 0) {
            vm.lastBoosted = boosted;
            boosted = -1;
        }
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int vm() {
        return vm.id;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public int pcpu() {
        return thread.pcpu();
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public boolean preempted() {
        return preempted;
    }

    @Override
    public boolean preemptedInKernel() {
        return preemptedInKernel;
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public boolean blocking() {
        return blocking;
    }

    @Override
    public boolean pendingInterrupt() {
        return pendingInterrupt;
    }

    @Override
    public boolean inSpinLoop() {
        return inSpinLoop;
    }

    @Override
    public boolean dyEligible() {
        return dyEligible;
    }

    @Override
    public void setDyEligible(boolean eligible) {
        dyEligible = eligible;
    }

    @Override
    public boolean runnable() {
        return thread.runnable();
    }

    @Override
    public long preemptedSinceNs() {
        return preemptedSinceNs;
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
