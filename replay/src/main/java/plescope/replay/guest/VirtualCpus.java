package plescope.replay.guest;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Wait;

/**
 * What software may do with the vCPUs it runs on; the host implements it. Indices are dense, durations guest time unless said.
 *
 * <p>Whoever a call changes goes on at the same moment, once the software has returned: first those changed, in that order, last
 * the vCPU it was asked about. A handler that is through at this moment comes before what it interrupted.
 */
public interface VirtualCpus {
    /** Simulated time. */
    long now();

    // What a vCPU in guest mode does next; each ends with GuestSoftware.proceed.

    /** Works for {@code ns}. Guest work in the sense of throughput if {@code useful}; else overhead, such as a context switch. */
    void compute(int vcpu, long ns, Privilege privilege, boolean useful);

    /**
     * Spins in a PAUSE loop until {@link #release}, or until it has spun {@code limitNs} of guest time ({@code Long.MAX_VALUE}
     * for no limit). A spin ends at once if it was released since the vCPU was last told anything else. PAUSE exits happen at
     * {@link Privilege#KERNEL} only.
     *
     * @param cause what a perfect observer would call it
     */
    void spin(int vcpu, long limitNs, Privilege privilege, Wait.Cause cause);

    /**
     * HLT until an interrupt is pending. With interrupts under way, or handlers that run beside, it is over at once if
     * {@link GuestSoftware#haltOver}, and else, without an exit, as soon as that holds at a VM entry or the first handler is through.
     */
    void halt(int vcpu);

    /** Leaves guest mode on purpose: an exit of that kind, with {@code hostNs} of host time on the vCPU's thread. */
    void exit(int vcpu, Family family, long hostNs);

    /**
     * Asks the host to run a sibling: KVM_HC_SCHED_YIELD if {@code family} is {@link Family#HYPERCALL}, else s390 diag 9c.
     *
     * @param target whom, -1 for whomever {@code kvm_vcpu_on_spin} finds (s390 diag 44)
     */
    void yieldTo(int vcpu, int target, Family family);

    /** Halts for good, deaf to interrupts. */
    void shutdown(int vcpu);

    // What may be done at any time, to any vCPU.

    /** The condition the vCPU spins for has come true, thanks to {@code culprit} (-1 unknown). It notices when next in guest mode. */
    void release(int spinner, int culprit);

    /**
     * Takes the vCPU off what it does, for {@link #compute} or another verb to follow at once (from
     * {@link GuestSoftware#handled}), else when {@link GuestSoftware#proceed} next asks for it: at once if it is in guest mode,
     * else at its next VM entry.
     *
     * @return guest time that was left of a compute, or of a spin's limit
     */
    long takeOff(int vcpu);

    /** Guest time left of what the vCPU computes, now. */
    long leftNs(int vcpu);

    /** Changes that, for instance so that {@link GuestSoftware#proceed} comes when somebody waits for a part of the work. */
    void setLeftNs(int vcpu, long ns);

    /**
     * Sends an interrupt from a vCPU in guest mode; takes no time beyond the exit, if one is modelled, which the sender asks for
     * by {@link #exit}.
     *
     * @param receivers how many interrupts the same ICR write sends
     */
    void sendIpi(int sender, int receiver, int vector, long tag, int receivers);

    /** A device or the hypervisor interrupts the vCPU now, from no vCPU. */
    void interrupt(int vcpu, int vector, long tag);

    /** Arms the vCPU's timer, in place of an earlier one; it interrupts at that simulated time, at once if that has passed. */
    void armTimer(int vcpu, long atNs, int vector, long tag);

    void disarmTimer(int vcpu);

    /**
     * Calls {@code device} at that simulated time, in no vCPU's context: a device has finished, and may {@link #interrupt}. Due
     * at one time, they are called in the order asked for.
     */
    void callAt(long atNs, Runnable device);

    // What the host tells its guests.

    /** {@code vcpu_is_preempted}: the steal-time page's flag, set while the thread is off its pCPU though runnable. */
    boolean preempted(int vcpu);

    /** Steal time: time the thread was runnable without a pCPU. A wait counts once it is over, as in the steal-time page. */
    long stealNs(int vcpu);

    /** Whether policy lets the guest use this vCPU for tasks and device interrupts. */
    boolean preferred(int vcpu);
}
