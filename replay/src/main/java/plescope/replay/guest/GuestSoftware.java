package plescope.replay.guest;

import plescope.replay.model.Roster;

/**
 * The software of all VMs of a simulation, as the host meets it. The host calls it in order of simulated time, on one thread, and
 * {@link #boot}, {@link #proceed}, {@link #handled} and {@link #cut} never from within the software's calls of
 * {@link VirtualCpus}. The others are plain questions, without effect, and may be asked at any time.
 *
 * <p>A vCPU in guest mode always does one thing: what {@link #proceed} told it last. Preemption, PAUSE exits and host interrupts
 * pause that thing without the software's knowledge; guest interrupts pause it too, for the time of their handler.
 */
public interface GuestSoftware {
    Roster roster();

    /** Time 0: no vCPU runs yet. Timers may be armed; work is asked for when each vCPU first enters guest mode. */
    void boot(VirtualCpus cpus);

    /**
     * The vCPU is in guest mode, and what it was told is over or was never told: the work is done, the spin is released or at
     * its limit, the halt was ended by an interrupt whose handler has run, the exit is back. Must tell it the next thing by
     * exactly one of {@link VirtualCpus#compute}, {@link VirtualCpus#spin}, {@link VirtualCpus#halt},
     * {@link VirtualCpus#exit}, {@link VirtualCpus#yieldTo} or {@link VirtualCpus#shutdown}.
     */
    void proceed(int vcpu);

    /**
     * The handler of an interrupt has run to its end on the vCPU. What was interrupted goes on unless it is told another thing
     * here, see {@link VirtualCpus#takeOff}. A halted vCPU gets {@link #proceed} afterwards.
     *
     * @param tag as given when it was sent
     */
    void handled(int vcpu, int vector, long tag);

    /** Guest time the handler takes on that vCPU. */
    long handlerNs(int vcpu, int vector, long tag);

    /**
     * Whether handlers run beside what they interrupt instead of delaying it: recorded work contains them already.
     */
    boolean handlersOverlap();

    /** Dense index of one vCPU the spinner waits for, -1 where nobody in particular can let it go. */
    int blocker(int spinner);

    /** Whether the spinner waits for that vCPU, perhaps among others. */
    boolean waitsFor(int spinner, int other);

    /** Whether the vCPU holds a spinlock. */
    boolean critical(int vcpu);

    /**
     * Whether a vCPU that is taken off its pCPU now is in its kernel.
     *
     * @param told what it was told to do its present thing in: software that knows its level by a share only draws
     */
    default boolean inKernel(int vcpu, Privilege told) {
        return told == Privilege.KERNEL;
    }

    /** A spin, or a {@link #stuckHalt}, was given up by the host because nothing could ever end it; {@link #proceed} follows. */
    void cut(int vcpu);

    /**
     * A halted vCPU of the VM that the host shall let go because no interrupt will ever come to any of its vCPUs; -1 where there
     * is none or the software wants no such help. Asked from time to time while the VM gets no work done.
     */
    default int stuckHalt(int vm) {
        return -1;
    }

    /**
     * Whether a halt is over although no interrupt is pending. Asked when a HLT exit was handled, and where a vCPU is to halt with
     * interrupts under way.
     */
    default boolean haltOver(int vcpu) {
        return false;
    }

    /** Whether the whole run may end: nothing is left to do. */
    boolean done();
}
