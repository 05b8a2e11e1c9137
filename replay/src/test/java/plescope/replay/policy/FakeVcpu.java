package plescope.replay.policy;

import java.util.Set;

/** A vCPU with the flags it is told to have: running, blocking, ready, preempted, inKernel, pending. */
final class FakeVcpu implements VcpuView {
    private Set<String> flags = Set.of();
    private boolean dyEligible;

    FakeVcpu with(String... names) {
        flags = Set.of(names);
        return this;
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public int vm() {
        return 0;
    }

    @Override
    public int number() {
        return 0;
    }

    @Override
    public int pcpu() {
        return 0;
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
        return flags.contains("runnable");
    }

    @Override
    public long preemptedSinceNs() {
        return 0;
    }

    @Override
    public long stealNs() {
        return 0;
    }

    @Override
    public boolean inCriticalSection() {
        return flags.contains("critical");
    }
}
