package plescope.replay.kvm;

import plescope.replay.scheduler.Entity;

/** {@code struct kvm_vcpu} of a simulated host: its flags, windows and times. */
public final class Vcpu extends VcpuFlags {
    private static final int NOBODY = -1;

    private static final long NOT_WAITING = -1;

    private final Vm vm;
    private final PleWindow window;
    private final HaltPolling halting;
    private int boosted = NOBODY;
    /** As the guest learns it: a wait counts once it is over ({@code sched_info_arrive}). */
    private long stealNs;

    private long waitingSinceNs;
    private boolean inCriticalSection;
    private long yieldsAttempted;
    private long yieldsSucceeded;

    /** A vCPU whose thread is runnable from time 0 on. */
    public Vcpu(int index, int number, Vm vm, Entity thread, PleWindow window, HaltPolling halting) {
        super(index, number, thread);
        this.vm = vm;
        this.window = window;
        this.halting = halting;
    }

    public PleWindow window() {
        return window;
    }

    public HaltPolling halting() {
        return halting;
    }

    Vm machine() {
        return vm;
    }

    /**
     * {@code kvm_sched_out}.
     *
     * @param inKernel guest privilege level 0
     * @param critical its guest holds a spinlock or has an interrupt to handle
     */
    public void schedOut(boolean runnable, boolean inKernel, boolean critical, long now) {
        leavePcpu(runnable, inKernel, now);
        inCriticalSection = critical;
        waitingSinceNs = runnable ? now : NOT_WAITING;
    }

    /** {@code kvm_sched_in}; a vCPU switched out inside on_spin also leaves it now. */
    public void schedIn(long now) {
        stealNs = stealUntil(now);
        waitingSinceNs = NOT_WAITING;
        takePcpu();
        inCriticalSection = false;
        window.shrink();
        leaveSpinLoop();
    }

    /** {@code kvm_vcpu_wake_up}. */
    public void wake(long now) {
        becomeReady();
        waitingSinceNs = now;
    }

    /** Steal time with the wait under way, if there is one, up to {@code now}. */
    public long stealUntil(long now) {
        return waitingSinceNs == NOT_WAITING ? stealNs : stealNs + now - waitingSinceNs;
    }

    /** What on_spin will store as {@code last_boosted_vcpu}. */
    void boosts(int stored) {
        boosted = stored;
    }

    /**
     * {@code kvm_vcpu_on_spin} returns. {@code yield_to} calls {@code schedule()} itself, so that what it found is stored only
     * when the spinner runs again.
     */
    void leaveSpinLoop() {
        if (boosted >= 0) {
            vm.setLastBoosted(boosted);
            boosted = NOBODY;
        }
        endSpinLoop();
    }

    @Override
    public int vm() {
        return vm.id();
    }

    @Override
    public long stealNs() {
        return stealNs;
    }

    @Override
    public boolean inCriticalSection() {
        return inCriticalSection;
    }

    void countYield(boolean succeeded) {
        yieldsAttempted++;
        yieldsSucceeded += succeeded ? 1 : 0;
    }

    /** Calls of {@code kvm_vcpu_yield_to} on its behalf, and requests refused before that. */
    public long yieldsAttempted() {
        return yieldsAttempted;
    }

    public long yieldsSucceeded() {
        return yieldsSucceeded;
    }
}
