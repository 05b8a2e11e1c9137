package plescope.replay.policy;

import java.util.Set;

/** A vCPU with the flags it is told to have: running, runnable, blocking, ready, preempted, inKernel, pending, critical. */
final class FakeVcpu implements VcpuView {
    int pcpu;
    long preemptedSinceNs;
    long stealNs;
    private final int index;
    private final int vm;
    private final int number;
    private Set<String> flags = Set.of();
    private boolean dyEligible;

    FakeVcpu() {
        this(0, 0, 0);
    }

    FakeVcpu(int index, int vm, int number) {
        this.index = index;
        this.vm = vm;
        this.number = number;
    }

    FakeVcpu with(String... names) {
        flags = Set.of(names);
        return this;
    }

    FakeVcpu on(int where) {
        pcpu = where;
        return this;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int vm() {
        return vm;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public int pcpu() {
        return pcpu;
    }

    @Override
    public boolean running() {
        return flags.contains("running");
    }

    @Override
    public boolean preempted() {
        return flags.contains("preempted");
    }

    @Override
    public boolean preemptedInKernel() {
        return flags.contains("inKernel");
    }

    @Override
    public boolean ready() {
        return flags.contains("ready");
    }

    @Override
    public boolean blocking() {
        return flags.contains("blocking");
    }

    @Override
    public boolean pendingInterrupt() {
        return flags.contains("pending");
    }

    @Override
    public boolean inSpinLoop() {
        return flags.contains("spinLoop");
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
        return flags.contains("runnable") || running() || preempted();
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
        return flags.contains("critical");
    }
}
