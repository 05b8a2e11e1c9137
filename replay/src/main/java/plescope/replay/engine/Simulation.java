package plescope.replay.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.engine.SimulationSummary.VcpuOutcome;
import plescope.replay.engine.SimulationSummary.VmOutcome;
import plescope.replay.model.VcpuState;

/** One run: wires the parts together and advances from event to event. */
final class Simulation {
    final Machine machine;
    final Interrupts interrupts;
    final GuestMode guestMode;
    final Dispatcher dispatcher;
    final Halts halts;
    final Devices devices;
    final Stacking stacking;
    final Ticks ticks;
    final OtherThreads otherThreads;
    final RunLimits limits;
    final BlockerOracle oracle;
    private final Yields yields;
    private final StallWatchdog watchdog;
    private final int vms;
    private final long spanNs;
    private long events;

    Simulation(Machine machine, long spanNs, long seed) {
        this.machine = machine;
        this.spanNs = spanNs;
        this.vms = machine.software.roster().vms().size();
        this.interrupts = new Interrupts(this);
        this.guestMode = new GuestMode(this);
        this.devices = new Devices(machine);
        this.stacking = new Stacking(machine, vms);
        this.limits = new RunLimits(this);
        this.oracle = new BlockerOracle(this);
        this.dispatcher = new Dispatcher(this);
        this.halts = new Halts(this);
        this.yields = new Yields(this);
        SplittableRandom random = new SplittableRandom(seed);
        this.ticks = new Ticks(this, random);
        this.otherThreads = new OtherThreads(this, random);
        this.watchdog = new StallWatchdog(this, vms);
    }

    SimulationSummary run() {
        start();
        EventQueue queue = machine.queue;
        int end = machine.slots.of(Due.END);
        while (!machine.software.done()) {
            int slot = queue.poll();
            machine.now = queue.time(slot);
            machine.scheduler.setClock(machine.now);
            events++;
            if (slot == end) {
                break;
            }
            handle(slot);
            guestMode.settleAll();
            oracle.afterEvent();
        }
        return finish();
    }

    /** All threads start runnable, placed as by fork in the order of their indices. */
    private void start() {
        machine.scheduler.setClock(0);
        machine.queue.schedule(machine.slots.of(Due.END), spanNs);
        machine.queue.schedule(machine.slots.of(Due.WATCHDOG), StallWatchdog.PERIOD_NS);
        dispatcher.schedulePeriod();
        otherThreads.start();
        machine.policy.start(new HostState(this));
        schedulePolicyTimer();
        machine.software.boot(new Hypervisor(this));
        for (VirtualCpu vcpu : machine.vcpus) {
            dispatcher.fork(vcpu);
        }
    }

    private void schedulePolicyTimer() {
        long period = machine.policy.timerPeriodNs();
        if (period > 0) {
            machine.queue.schedule(machine.slots.of(Due.POLICY), machine.now + period);
        }
    }

    private void handle(int slot) {
        int subject = machine.slots.subject(slot);
        switch (machine.slots.due(slot)) {
            case PCPU -> timer(machine.pcpus[subject]);
            case KICK -> dispatcher.kicked(machine.pcpus[subject]);
            case TIMER -> interrupts.timerRings(machine.vcpus[subject]);
            case SLEEP -> halts.slept(machine.vcpus[subject]);
            case DEVICE -> devices.call();
            case TICK -> ticks.tick(machine.pcpus[subject]);
            case NOISE -> otherThreads.wakes(machine.pcpus[subject]);
            case PERIOD -> dispatcher.period();
            case QUANTUM -> limits.reached(machine.pcpus[subject]);
            case POLICY -> {
                machine.policy.onTimer();
                schedulePolicyTimer();
            }
            case WATCHDOG -> watchdog.check();
            case END -> throw new IllegalStateException("the end is no event");
        }
    }

    /** The end of what the pCPU was doing. */
    private void timer(Pcpu pcpu) {
        switch (pcpu.phase) {
            case GUEST -> guestMode.attend(pcpu);
            case EXIT, SWITCH_IN -> dispatcher.enter(pcpu);
            case HOST_STEP -> {
                pcpu.current.hostLeftNs = 0;
                dispatcher.enter(pcpu);
            }
            case ON_SPIN -> yields.pauseExit(pcpu);
            case YIELD_CALL -> yields.hypercall(pcpu);
            case HALT_EXIT -> halts.exitHandled(pcpu);
            case HALT_POLL -> halts.block(pcpu);
            case OTHER_THREAD -> otherThreads.done(pcpu);
            case IDLE -> throw new IllegalStateException("an idle pCPU has no timer");
        }
    }

    private SimulationSummary finish() {
        List<VcpuOutcome> outcomes = new ArrayList<>();
        for (Pcpu pcpu : machine.pcpus) {
            if (pcpu.inGuest()) {
                guestMode.settle(pcpu);
            }
        }
        for (VirtualCpu vcpu : machine.vcpus) {
            machine.recorder.finish(vcpu, machine.now);
            outcomes.add(outcome(vcpu));
        }
        interrupts.finish();
        List<VmOutcome> machines = new ArrayList<>();
        for (int vm = 0; vm < vms; vm++) {
            machines.add(new VmOutcome(stacking.totalNs(vm)));
        }
        return new SimulationSummary(machine.now, -1, events, machine.cuts, outcomes, machines);
    }

    private VcpuOutcome outcome(VirtualCpu vcpu) {
        return new VcpuOutcome(
                vcpu.activity == Activity.SHUTDOWN,
                vcpu.workNs,
                vcpu.guestNs,
                vcpu.totalSpinNs,
                vcpu.totalPauseExits,
                vcpu.vcpu.yieldsAttempted(),
                vcpu.vcpu.yieldsSucceeded(),
                vcpu.vcpu.stealUntil(machine.now),
                vcpu.switches,
                vcpu.migrations,
                vcpu.halts);
    }

    /** Puts a thread's vCPU in a state, on the pCPU its thread is on or queued on. */
    void state(VirtualCpu vcpu, VcpuState state) {
        machine.recorder.state(vcpu.index, state, state == VcpuState.BLOCKED ? -1 : vcpu.thread.pcpu(), machine.now);
    }
}
