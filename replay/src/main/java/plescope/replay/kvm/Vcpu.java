package plescope.replay.kvm;

import plescope.replay.policy.VcpuView;
import plescope.replay.scheduler.Entity;

/** {@code struct kvm_vcpu}: the flags that decide about directed yields, and when they change. */
public final class Vcpu implements VcpuView {
    private static final int NOBODY = -1;

    private static final long NOT_WAITING = -1;

    private final int index;
    private final int number;
    private final Vm vm;
    private final Entity thread;
    private final PleWindow window;
    private final HaltPolling halting;
    private boolean running;
    private boolean preempted;
    private boolean preemptedInKernel;
    private boolean ready;
    private boolean blocking;
    private boolean pendingInterrupt;
    private boolean inSpinLoop;
    private boolean dyEligible;
    private int boosted = NOBODY;
    private long preemptedSinceNs;
    /** As the guest learns it: a wait counts once it is over ({@code sched_info_arrive}). */
    private long stealNs;

    private long waitingSinceNs;
    private boolean inCriticalSection;
    private long yieldsAttempted;
    private long yieldsSucceeded;

    /** A vCPU whose thread is runnable from time 0 on. */
    public Vcpu(int index, int number, Vm vm, Entity thread, PleWindow window, HaltPolling halting) {
        this.index = index;
        this.number = number;
        this.vm = vm;
        this.thread = thread;
        this.window = window;
        this.halting = halting;
    }

    public Entity thread() {
        return thread;
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
        running = false;
        inCriticalSection = critical;
        if (runnable) {
            preempted = true;
            preemptedInKernel = inKernel;
            ready = true;
            preemptedSinceNs = now;
            waitingSinceNs = now;
        } else {
            waitingSinceNs = NOT_WAITING;
        }
    }

    /** {@code kvm_sched_in}; a vCPU switched out inside on_spin also leaves it now. */
    public void schedIn(long now) {
        stealNs = stealUntil(now);
        waitingSinceNs = NOT_WAITING;
        running = true;
        preempted = false;
        ready = false;
        inCriticalSection = false;
        window.shrink();
        leaveSpinLoop();
    }

    /** {@code kvm_vcpu_block}: waits for an event, polling or asleep. */
    public void halt() {
        blocking = true;
    }

    /** {@code kvm_vcpu_wake_up}. */
    public void wake(long now) {
        ready = true;
        waitingSinceNs = now;
    }

    /** Steal time with the wait under way, if there is one, up to {@code now}. */
    public long stealUntil(long now) {
        return waitingSinceNs == NOT_WAITING ? stealNs : stealNs + now - waitingSinceNs;
    }

    /** The halt is over. */
    public void unhalt() {
        blocking = false;
    }

    /** An interrupt was posted. */
    public void postInterrupt() {
        pendingInterrupt = true;
    }

    /** {@code vcpu_enter_guest}: posted interrupts are injected. */
    public void enterGuest() {
        pendingInterrupt = false;
    }

    /** What on_spin will store as {@code last_boosted_vcpu}. */
    void boosts(int stored) {
        boosted = stored;
    }

    void enterSpinLoop() {
        inSpinLoop = true;
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
        inSpinLoop = false;
        dyEligible = false;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int vm() {
        return vm.id();
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
