package plescope.replay.policy;

/** What KVM does about a PAUSE exit. */
public enum SpinAnswer {
    /** {@code kvm_vcpu_on_spin}: looks for a sibling to yield to. */
    DIRECTED_YIELD,
    /** {@code sched_yield} for nobody in particular. */
    PLAIN_YIELD,
    /** Sleeps for {@link Policy#spinSleepNs}, unless an interrupt comes. */
    SLEEP
}
