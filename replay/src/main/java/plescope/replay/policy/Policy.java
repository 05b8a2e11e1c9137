package plescope.replay.policy;

import plescope.replay.model.HostModel;

/**
 * A bundle of optional hooks into KVM and the host scheduler. Every hook defaults to doing nothing, so that a
 * policy says only what it changes. An instance serves one run and may keep state.
 */
public interface Policy {
    /** The machine to simulate; bounds reshape it. No kernel counterpart. */
    default HostModel host(HostModel host, int vcpus) {
        return host;
    }

    /** Whether PAUSE loops exit at all: {@code ple_gap != 0}. */
    default boolean pauseLoopExiting() {
        return true;
    }

    /** Whether a spinner's true blocker is run at once in its place. No kernel counterpart: an upper bound. */
    default boolean handsOverToBlocker() {
        return false;
    }

    /** Failed {@code yield_to} calls after which {@code kvm_vcpu_on_spin} gives up: {@code try}, 3 since 3.9. */
    default int yieldTries() {
        return Integer.MAX_VALUE;
    }

    /** The tests of {@code kvm_vcpu_on_spin} before {@code kvm_vcpu_yield_to}; may toggle {@code dy_eligible}. */
    default boolean accepts(VcpuView spinner, VcpuView candidate) {
        return true;
    }

    /**
     * What to keep as {@code kvm->last_boosted_vcpu}.
     *
     * @param index the boosted vCPU's number in its VM
     * @param offset how many slots after the start of the scan it was found
     */
    default int lastBoosted(int index, int offset) {
        return index;
    }

    /**
     * In {@code yield_to_task_fair}, after {@code set_next_buddy(target)} and before {@code yield_task_fair}. Called also when
     * the target waits on another run queue; then the two share no queue at any level.
     */
    default void beforeYield(RunQueueView queue, EntityView yielder, EntityView target) {}

    /** {@code kvm_sched_in}, on real context switches only. */
    default void onSchedIn(VcpuView vcpu) {}

    /** {@code kvm_sched_out}, on real context switches only. */
    default void onSchedOut(VcpuView vcpu) {}

    /** {@code vcpu_enter_guest}. */
    default void onEntry(VcpuView vcpu) {}

    /** {@code kvm_irq_delivery_to_apic}: one vCPU's IPI reached one receiver. */
    default void onIpi(VcpuView sender, VcpuView receiver) {}

    /** {@code select_task_rq_fair}: may override the pCPU chosen for a woken vCPU, within its affinity. */
    default int selectPcpu(VcpuView woken, int chosen) {
        return chosen;
    }

    /** {@code can_migrate_task}: whether the load balancer may pull this vCPU. */
    default boolean mayPull(VcpuView vcpu, int from, int to) {
        return true;
    }
}
