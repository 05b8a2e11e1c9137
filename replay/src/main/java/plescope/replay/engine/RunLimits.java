package plescope.replay.engine;

/** A policy's limit to how long a pCPU runs before {@code schedule()} is entered: an hrtimer per pCPU, as HRTICK would be. */
final class RunLimits {
    private final Simulation sim;
    private final Machine machine;

    RunLimits(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
    }

    /** A thread begins, or is picked to go on, to run. */
    void begin(Pcpu pcpu) {
        long quantumNs = machine.policy.quantumNs(pcpu.id);
        if (quantumNs > 0) {
            machine.queue.schedule(machine.slots.of(Due.QUANTUM, pcpu.id), machine.now + quantumNs);
        } else {
            idle(pcpu);
        }
    }

    void idle(Pcpu pcpu) {
        machine.queue.cancel(machine.slots.of(Due.QUANTUM, pcpu.id));
    }

    /** The run has lasted that long. */
    void reached(Pcpu pcpu) {
        pcpu.rq.resched();
        sim.dispatcher.touched(pcpu);
        sim.ticks.interrupt(pcpu, machine.costs.exitNs());
    }
}
