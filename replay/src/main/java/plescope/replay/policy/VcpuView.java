package plescope.replay.policy;

/** What a policy may see of a vCPU: the flags that KVM keeps per vCPU, by their kernel meaning. */
public interface VcpuView {
    /** Dense index over all vCPUs of the host. */
    int index();

    /** Dense VM index. */
    int vm();

    /** Position inside the VM ({@code vcpu_idx}). */
    int number();

    /** Where the thread runs or last ran. */
    int pcpu();

    /** Its thread is on a pCPU now. */
    boolean running();

    /** Switched out while runnable ({@code vcpu->preempted}). */
    boolean preempted();

    /** Guest privilege level 0 at that switch ({@code vcpu->arch.preempted_in_kernel}). */
    boolean preemptedInKernel();

    /** Preempted, or woken from halt and not yet run ({@code vcpu->ready}, 5.3). */
    boolean ready();

    /** Inside the halt wait ({@code kvm_vcpu_is_blocking}). */
    boolean blocking();

    /** An interrupt is posted and not yet taken ({@code kvm_arch_dy_runnable}, {@code dy_has_pending_interrupt}). */
    boolean pendingInterrupt();

    /** Inside {@code kvm_vcpu_on_spin}, possibly switched out there ({@code spin_loop.in_spin_loop}). */
    boolean inSpinLoop();

    /** {@code spin_loop.dy_eligible}. */
    boolean dyEligible();

    /** {@code kvm_vcpu_set_dy_eligible}: the scan toggles the flag of the vCPUs it looks at. */
    void setDyEligible(boolean eligible);

    /** On a run queue, running or waiting. */
    boolean runnable();

    /** When it last lost its pCPU while runnable; meaningful while {@link #preempted}. */
    long preemptedSinceNs();

    /** Time spent runnable without a pCPU ({@code run_delay}, the guest's steal time). */
    long stealNs();

    /**
     * Whether its guest holds a spinlock or handles an interrupt: what a whitelist of guest symbols would tell. False where the
     * workload does not say.
     */
    boolean inCriticalSection();
}
