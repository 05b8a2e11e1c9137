package plescope.replay.engine;

import java.util.SplittableRandom;
import plescope.replay.model.HostModel.OsNoise;

/**
 * Threads of the host that are no vCPUs, as often as {@link OsNoise} says: each displaces the vCPU on its pCPU, which competes
 * for it again when they are done. They wake after a sleep, so they preempt at once, and on an idle pCPU they disturb nobody [I].
 */
final class OtherThreads {
    private final Simulation sim;
    private final Machine machine;
    private final SplittableRandom random;

    OtherThreads(Simulation sim, SplittableRandom random) {
        this.sim = sim;
        this.machine = sim.machine;
        this.random = random;
    }

    void start() {
        for (Pcpu pcpu : machine.pcpus) {
            if (machine.host.noiseOn(pcpu.id).everyNs() > 0) {
                scheduleNext(pcpu);
            }
        }
    }

    /** Distances are uniform between none and twice their mean: some of these threads are periodic, others are not [I]. */
    private void scheduleNext(Pcpu pcpu) {
        long everyNs = machine.host.noiseOn(pcpu.id).everyNs();
        machine.queue.schedule(machine.slots.of(Due.NOISE, pcpu.id), machine.now + random.nextLong(1, 2 * everyNs + 1));
    }

    /** One of them wakes up. */
    void wakes(Pcpu pcpu) {
        scheduleNext(pcpu);
        switch (pcpu.phase) {
            case GUEST -> {
                want(pcpu);
                sim.dispatcher.interrupt(pcpu, machine.costs.switchOutNs());
            }
            case HOST_STEP -> {
                VirtualCpu vcpu = pcpu.current;
                vcpu.hostLeftNs = machine.queue.time(machine.slots.of(Due.PCPU, pcpu.id)) - machine.now;
                want(pcpu);
                run(pcpu);
            }
            case EXIT, ON_SPIN, YIELD_CALL, SWITCH_IN, HALT_EXIT -> want(pcpu);
            case IDLE, OTHER_THREAD, HALT_POLL -> {
                // No vCPU has work that waits for this.
            }
        }
    }

    private void want(Pcpu pcpu) {
        pcpu.wantedNs += machine.host.noiseOn(pcpu.id).forNs();
    }

    /** Runs what waits for this pCPU. */
    void run(Pcpu pcpu) {
        long ns = pcpu.wantedNs;
        sim.dispatcher.contextSwitch(pcpu, null);
        pcpu.phase = Phase.OTHER_THREAD;
        machine.startTimer(pcpu, ns);
    }

    /** It sleeps again. */
    void done(Pcpu pcpu) {
        if (!sim.dispatcher.schedule(pcpu)) {
            throw new IllegalStateException("a thread was picked that already runs");
        }
    }
}
