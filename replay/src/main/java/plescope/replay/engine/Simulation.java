package plescope.replay.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.engine.SimulationSummary.VcpuOutcome;
import plescope.replay.model.VcpuState;

/** One run: wires the parts together and advances from event to event. */
final class Simulation {
    final Machine machine;
    final Edges edges;
    final GuestMode guestMode;
    final Dispatcher dispatcher;
    final Halts halts;
    private final Ticks ticks;
    private final BlockerOracle oracle;
    private final StallWatchdog watchdog;
    private long events;

    Simulation(Machine machine, long seed) {
        this.machine = machine;
        this.edges = new Edges(this);
        this.guestMode = new GuestMode(this);
        this.oracle = new BlockerOracle(this);
        this.dispatcher = new Dispatcher(this, oracle);
        this.halts = new Halts(this);
        this.ticks = new Ticks(this, new SplittableRandom(seed));
        this.watchdog = new StallWatchdog(this);
    }

    Ticks ticks() {
        return ticks;
    }

    SimulationSummary run() {
        start();
        EventQueue queue = machine.queue;
        Slots slots = machine.slots;
        while (machine.endedBy < 0) {
            int slot = queue.poll();
            machine.now = queue.time(slot);
            machine.scheduler.setClock(machine.now);
            events++;
            if (slot == slots.end()) {
                break;
            }
            handle(slot);
            oracle.afterEvent();
        }
        return finish();
    }

    /** All threads start runnable, placed as by fork in the order of their indices. */
    private void start() {
        machine.scheduler.setClock(0);
        machine.queue.schedule(machine.slots.end(), machine.work.spanNs());
        machine.queue.schedule(machine.slots.watchdog(), StallWatchdog.PERIOD_NS);
        for (Guest guest : machine.guests) {
            dispatcher.fork(guest);
        }
    }

    private void handle(int slot) {
        int pcpus = machine.pcpus.length;
        if (slot < pcpus) {
            timer(machine.pcpus[slot]);
        } else if (slot < 2 * pcpus) {
            dispatcher.kicked(machine.pcpus[slot - pcpus]);
        } else if (slot < 3 * pcpus) {
            ticks.tick(machine.pcpus[slot - 2 * pcpus]);
        } else if (slot < machine.slots.watchdog()) {
            halts.timeCame(machine.guests[slot - 3 * pcpus]);
        } else {
            watchdog.check();
        }
    }

    /** The end of what the pCPU was doing. */
    private void timer(Pcpu pcpu) {
        switch (pcpu.phase) {
            case GUEST -> guestMode.advance(pcpu);
            case EXIT, SWITCH_IN -> dispatcher.enter(pcpu);
            case HOST_STEP -> {
                pcpu.current.hostLeftNs = 0;
                dispatcher.enter(pcpu);
            }
            case ON_SPIN -> dispatcher.directedYield(pcpu);
            case HALT_EXIT -> halts.exitHandled(pcpu);
            case HALT_POLL -> halts.block(pcpu);
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
        for (Guest guest : machine.guests) {
            machine.recorder.finish(guest, machine.now);
            outcomes.add(new VcpuOutcome(
                    guest.finished, guest.offset, guest.guestNs, guest.totalSpinNs, guest.totalPauseExits));
        }
        edges.finish();
        return new SimulationSummary(machine.now, machine.endedBy, events, machine.brokenEdges, outcomes);
    }

    /** Puts a thread's vCPU in a state, on the pCPU its thread is on or queued on. */
    void state(Guest guest, VcpuState state) {
        machine.recorder.state(guest.index, state, state == VcpuState.BLOCKED ? -1 : guest.thread.pcpu(), machine.now);
    }
}
