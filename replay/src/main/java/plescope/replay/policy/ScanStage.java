package plescope.replay.policy;

/** The tests of {@code kvm_vcpu_on_spin} in kernel order; a candidate that passes all is yielded to. */
public enum ScanStage {
    /** Worth looking at: {@code READ_ONCE(vcpu->ready)}, before 5.3 {@code vcpu->preempted}. */
    READY,
    /** Not asleep for good: {@code kvm_vcpu_is_blocking && !vcpu_dy_runnable}. */
    AWAKE,
    /** Useful to a spinner in kernel mode: {@code kvm_arch_vcpu_preempted_in_kernel}. */
    MODE,
    /** {@code kvm_vcpu_eligible_for_directed_yield}; toggles {@code dy_eligible}. */
    ELIGIBLE
}
