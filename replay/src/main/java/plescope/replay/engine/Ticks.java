package plescope.replay.engine;

import java.util.SplittableRandom;
import plescope.replay.model.HostModel;

/**
 * The scheduler tick of each busy pCPU, HZ times a second; idle pCPUs are tickless. As the host model says, the ticks of all pCPUs
 * fall together but for some jitter, or have phases staggered by the seed.
 */
final class Ticks {
    private final Simulation sim;
    private final Machine machine;
    private final SplittableRandom random;
    private final long periodNs;
    private final long spreadNs;

    Ticks(Simulation sim, SplittableRandom random) {
        this.sim = sim;
        this.machine = sim.machine;
        this.random = random;
        this.spreadNs = machine.host.tickSpreadNs();
        this.periodNs = 1_000_000_000L / machine.host.hz();
        for (Pcpu pcpu : machine.pcpus) {
            boolean together = spreadNs != HostModel.STAGGERED_TICKS && pcpu.id > 0;
            pcpu.tickPhaseNs = together ? machine.pcpus[0].tickPhaseNs : random.nextLong(periodNs);
        }
    }

    /** A pCPU leaves idle: its tick goes on where it would have been. */
    void ensure(Pcpu pcpu) {
        int slot = machine.slots.of(Due.TICK, pcpu.id);
        if (!machine.queue.scheduled(slot)) {
            machine.queue.schedule(slot, next(pcpu));
        }
    }

    private long next(Pcpu pcpu) {
        long sincePhase = machine.now - pcpu.tickPhaseNs;
        long periods = sincePhase < 0 ? 0 : sincePhase / periodNs + 1;
        long lateNs = spreadNs > 0 ? random.nextLong(Math.min(spreadNs, periodNs - 1) + 1) : 0;
        return pcpu.tickPhaseNs + periods * periodNs + lateNs;
    }

    /** {@code scheduler_tick}. */
    void tick(Pcpu pcpu) {
        if (pcpu.current == null) {
            return;
        }
        machine.queue.schedule(machine.slots.of(Due.TICK, pcpu.id), next(pcpu));
        machine.scheduler.tick(pcpu.rq);
        sim.dispatcher.touched(pcpu);
        sim.dispatcher.balance(pcpu);
        machine.policy.onTick(pcpu.id);
        interrupt(pcpu, machine.costs.tickNs());
    }

    /** A timer interrupt of the host on that pCPU. */
    void interrupt(Pcpu pcpu, long ns) {
        switch (pcpu.phase) {
            case GUEST -> sim.dispatcher.interrupt(pcpu, ns);
            case HOST_STEP -> preemptHostStep(pcpu);
            case HALT_POLL -> {
                if (pcpu.rq.needResched()) {
                    sim.halts.block(pcpu);
                }
            }
            case IDLE, OTHER_THREAD, EXIT, ON_SPIN, YIELD_CALL, SWITCH_IN, HALT_EXIT -> {
                // Short host work: a request is honoured before the next entry.
            }
        }
    }

    /** Host work the guest asked for may be long: it is preempted, and goes on when the thread runs again. */
    private void preemptHostStep(Pcpu pcpu) {
        if (!pcpu.rq.needResched()) {
            return;
        }
        VirtualCpu vcpu = pcpu.current;
        vcpu.hostLeftNs = machine.queue.time(machine.slots.of(Due.PCPU, pcpu.id)) - machine.now;
        sim.dispatcher.schedule(pcpu);
    }
}
