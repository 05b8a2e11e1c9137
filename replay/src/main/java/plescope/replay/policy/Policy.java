package plescope.replay.policy;

import plescope.replay.model.HostModel;

/**
 * A bundle of optional hooks into KVM, the host scheduler and the guests' schedulers. Every hook defaults to doing nothing, so
 * that a policy says only what it changes. An instance serves one run and may keep state.
 */
public interface Policy {
    // The machine.

    /** The machine to simulate; bounds reshape it. No kernel counterpart. */
    default HostModel host(HostModel host, int vcpus) {
        return host;
    }

    /** Called once, before anything runs; the view stays valid for the whole run. */
    default void start(HostView host) {}

    // PAUSE exits.

    /** Whether PAUSE loops exit at all: {@code ple_gap != 0}. */
    default boolean pauseLoopExiting() {
        return true;
    }

    /** The window a vCPU's {@code ple_window} grows from and is reset to, in hardware units. */
    default int pleWindow(VcpuView vcpu, int base) {
        return base;
    }

    /** Whether a spinner's true blocker is run at once in its place. No kernel counterpart: an upper bound. */
    default boolean handsOverToBlocker() {
        return false;
    }

    /** What a PAUSE exit leads to. */
    default SpinAnswer spinAnswer() {
        return SpinAnswer.DIRECTED_YIELD;
    }

    /** How long {@link SpinAnswer#SLEEP} sleeps. */
    default long spinSleepNs() {
        return 0;
    }

    // The scan for a sibling.

    /** Failed {@code yield_to} calls after which {@code kvm_vcpu_on_spin} gives up: {@code try}, 3 since 3.9. */
    default int yieldTries() {
        return Integer.MAX_VALUE;
    }

    /** Whether -ESRCH of {@code yield_to} counts as success: a defect of the kernels where it was declared boolean. */
    default boolean takesFailureForSuccess() {
        return false;
    }

    /** How often the VM is scanned while nobody was yielded to; tries are shared by the rounds. */
    default int scanRounds() {
        return 1;
    }

    /** Number, in the spinner's VM, of the vCPU to judge before the scan starts; -1 for none. */
    default int firstChoice(VcpuView spinner) {
        return -1;
    }

    /**
     * A test of {@code kvm_vcpu_on_spin}. Policies named later in a setting are asked first; the first that is not
     * {@link Verdict#UNDECIDED} decides, the era last. Where all are undecided the candidate passes.
     *
     * @param round from 0, see {@link #scanRounds}
     */
    default Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        return Verdict.UNDECIDED;
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

    /** {@code kvm_vcpu_yield_to}, before anything is tested: the scan has chosen. */
    default void onYieldTo(VcpuView spinner, VcpuView target) {}

    /**
     * In {@code yield_to_task_fair}, after {@code set_next_buddy(target)} and before {@code yield_task_fair}. Called also when
     * the target waits on another run queue; then the two share no queue at any level.
     *
     * @param queue the yielder's
     */
    default void beforeYield(RunQueueView queue, EntityView yielder, EntityView target) {}

    /** After {@code yield_task_fair}, before {@code schedule()}; arguments as in {@link #beforeYield}. */
    default void afterYield(RunQueueView queue, EntityView yielder, EntityView target) {}

    // What KVM sees of a vCPU.

    /** {@code kvm_sched_in}, on real context switches only. */
    default void onSchedIn(VcpuView vcpu) {}

    /** {@code kvm_sched_out}, on real context switches only. */
    default void onSchedOut(VcpuView vcpu) {}

    /** {@code vcpu_enter_guest}. */
    default void onEntry(VcpuView vcpu) {}

    /**
     * {@code kvm_irq_delivery_to_apic}: a vCPU's IPI reached one receiver.
     *
     * @param receivers how many the same ICR write reached
     * @param vector interrupt vector
     */
    default void onIpi(VcpuView sender, VcpuView receiver, int receivers, int vector) {}

    /** {@code kvm_apic_set_eoi_write}; not seen with APICv. */
    default void onEoi(VcpuView vcpu, int vector) {}

    // The host scheduler.

    /**
     * Whether the waker's pCPU may attract the woken vCPU ({@code wake_affine}, WF_SYNC). Asked where that is another than the
     * woken one's own and open to it, hence never for an interrupt.
     */
    default boolean wakesAffine(VcpuView woken, VcpuView waker) {
        return true;
    }

    /** {@code select_task_rq_fair}: may override the pCPU chosen for a woken vCPU, within its affinity. */
    default int selectPcpu(VcpuView woken, int chosen) {
        return chosen;
    }

    /** {@code can_migrate_task}: whether the load balancer may pull this vCPU. */
    default boolean mayPull(VcpuView vcpu, int from, int to) {
        return true;
    }

    /**
     * {@code schedule()}: may run another vCPU than the scheduler picked.
     *
     * @param picked dense index
     * @param running who runs now and could go on, -1 for nobody
     * @return a vCPU that runs or is queued on that pCPU
     */
    default int pick(int pcpu, int picked, int running) {
        return picked;
    }

    /** Longest run on a pCPU before {@code schedule()} is entered, beside what the scheduler itself asks for; 0 for no limit. */
    default long quantumNs(int pcpu) {
        return 0;
    }

    /** {@code scheduler_tick} of a busy pCPU. */
    default void onTick(int pcpu) {}

    /** How often {@link #onTimer} is called; 0 for never. */
    default long timerPeriodNs() {
        return 0;
    }

    default void onTimer() {}

    // Guest schedulers.

    /** Whether the guest's own scheduler may put tasks, and the guest its device interrupts, on this vCPU. */
    default boolean guestPrefers(VcpuView vcpu) {
        return true;
    }
}
