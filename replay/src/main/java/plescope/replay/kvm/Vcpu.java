package plescope.replay.kvm;

import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.policy.VcpuView;
import plescope.replay.scheduler.Entity;

/** {@code struct kvm_vcpu}: the flags that decide about directed yields, and when they change. */
public final class Vcpu implements VcpuView {
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
    private long preemptedSinceNs;
    private long stealNs;

    public Vcpu(int index, int number, Vm vm, Entity thread, PleHardware ple, int haltPollShrink) {
        this.index = index;
        this.number = number;
        this.vm = vm;
        this.thread = thread;
        this.window = new PleWindow(ple);
        this.halting = new HaltPolling(haltPollShrink);
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

    /** {@code kvm_sched_out}. Whether the guest was in its kernel is not in text traces: taken as yes [I]. */
    public void schedOut(boolean runnable) {
        running = false;
        if (runnable) {
            preempted = true;
            preemptedInKernel = true;
            ready = true;
        }
    }

    /** {@code kvm_sched_in}; a vCPU switched out inside on_spin also leaves it now. */
    public void schedIn() {
        running = true;
        preempted = false;
        ready = false;
        window.shrink();
        leaveSpinLoop();
    }

    /** {@code kvm_vcpu_block}: waits for an event, polling or asleep. */
    public void halt() {
        blocking = true;
    }

    /** {@code kvm_vcpu_wake_up}. */
    public void wake() {
        ready = true;
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

    void enterSpinLoop() {
        inSpinLoop = true;
    }

    void leaveSpinLoop() {
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
        return false;
    }
}
