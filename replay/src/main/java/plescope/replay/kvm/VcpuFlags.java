package plescope.replay.kvm;

import plescope.replay.policy.VcpuView;
import plescope.replay.scheduler.Entity;

/**
 * The flags of {@code struct kvm_vcpu} that decide about directed yields, as KVM changes them: of a simulated vCPU, and of a
 * recorded one that is followed from event to event.
 */
public abstract class VcpuFlags implements VcpuView {
    private final int index;
    private final int number;
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

    /**
     * @param index dense over all vCPUs of the host
     * @param number position inside the VM
     */
    protected VcpuFlags(int index, int number, Entity thread) {
        this.index = index;
        this.number = number;
        this.thread = thread;
    }

    public final Entity thread() {
        return thread;
    }

    /**
     * {@code kvm_sched_out}.
     *
     * @param runnable the thread lost its pCPU without having to wait for anything
     * @param inKernel guest privilege level 0
     */
    protected final void leavePcpu(boolean runnable, boolean inKernel, long now) {
        running = false;
        if (runnable) {
            preempted = true;
            preemptedInKernel = inKernel;
            ready = true;
            preemptedSinceNs = now;
        }
    }

    /** {@code kvm_sched_in}. */
    protected final void takePcpu() {
        running = true;
        preempted = false;
        ready = false;
    }

    /** {@code kvm_vcpu_block}: waits for an event, polling or asleep. */
    public final void halt() {
        blocking = true;
    }

    /** The halt is over. */
    public final void unhalt() {
        blocking = false;
    }

    /** {@code kvm_vcpu_wake_up}. */
    protected final void becomeReady() {
        ready = true;
    }

    /** An interrupt was posted. */
    public final void postInterrupt() {
        pendingInterrupt = true;
    }

    /** {@code vcpu_enter_guest}: posted interrupts are injected. */
    public final void enterGuest() {
        pendingInterrupt = false;
    }

    /** {@code kvm_vcpu_on_spin} begins. */
    public final void enterSpinLoop() {
        inSpinLoop = true;
    }

    /** {@code kvm_vcpu_on_spin} returns. */
    protected final void endSpinLoop() {
        inSpinLoop = false;
        dyEligible = false;
    }

    @Override
    public final int index() {
        return index;
    }

    @Override
    public final int number() {
        return number;
    }

    @Override
    public final int pcpu() {
        return thread.pcpu();
    }

    @Override
    public final boolean running() {
        return running;
    }

    @Override
    public final boolean preempted() {
        return preempted;
    }

    @Override
    public final boolean preemptedInKernel() {
        return preemptedInKernel;
    }

    @Override
    public final boolean ready() {
        return ready;
    }

    @Override
    public final boolean blocking() {
        return blocking;
    }

    @Override
    public final boolean pendingInterrupt() {
        return pendingInterrupt;
    }

    @Override
    public final boolean inSpinLoop() {
        return inSpinLoop;
    }

    @Override
    public final boolean dyEligible() {
        return dyEligible;
    }

    @Override
    public final void setDyEligible(boolean eligible) {
        dyEligible = eligible;
    }

    @Override
    public final boolean runnable() {
        return thread.runnable();
    }

    @Override
    public final long preemptedSinceNs() {
        return preemptedSinceNs;
    }
}
