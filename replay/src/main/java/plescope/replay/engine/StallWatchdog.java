package plescope.replay.engine;

import plescope.replay.workload.StepKind;

/**
 * Keeps one wrong edge from stopping a VM for good. A spin that has burnt half a second of guest time while its VM got no work
 * done cannot end by itself and is cut (rings of spinners are seen when they close, see {@link Edges}); so is one halt of a VM
 * whose vCPUs all halt for each other's IPIs. Cut edges are counted.
 */
final class StallWatchdog {
    static final long PERIOD_NS = 100_000_000;

    /** Far beyond any wait that scheduling alone can cause. */
    private static final long STUCK_SPIN_NS = 500_000_000;

    private final Simulation sim;
    private final Machine machine;
    private final long[] workSeen;
    private final long[] progressNs;

    StallWatchdog(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
        int vms = machine.work.roster().vms().size();
        workSeen = new long[vms];
        progressNs = new long[vms];
    }

    void check() {
        machine.queue.schedule(machine.slots.watchdog(), machine.now + PERIOD_NS);
        for (Pcpu pcpu : machine.pcpus) {
            if (pcpu.inGuest()) {
                sim.guestMode.settle(pcpu);
            }
        }
        for (int vm = 0; vm < workSeen.length; vm++) {
            long work = workOf(vm);
            if (work != workSeen[vm]) {
                workSeen[vm] = work;
                progressNs[vm] = machine.now;
            } else if (machine.now - progressNs[vm] >= STUCK_SPIN_NS) {
                cutOne(vm);
            }
        }
    }

    private long workOf(int vm) {
        long work = 0;
        for (Guest guest : machine.guests) {
            work += guest.vcpu.vm() == vm ? guest.offset : 0;
        }
        return work;
    }

    /** The longest spin of the VM, of equals the lowest index. */
    private void cutOne(int vm) {
        Guest longest = null;
        for (Guest guest : machine.guests) {
            boolean stuck = guest.vcpu.vm() == vm && guest.waitsSpinning() && guest.spinNs >= STUCK_SPIN_NS;
            if (stuck && (longest == null || guest.spinNs > longest.spinNs)) {
                longest = guest;
            }
        }
        if (longest != null) {
            sim.edges.cut(longest);
            sim.guestMode.satisfied(longest);
        } else {
            cutHalt(vm);
        }
    }

    /** If every vCPU that has steps left is asleep until an IPI comes, no IPI will come: lets the first one go on. */
    private void cutHalt(int vm) {
        Guest first = null;
        for (Guest guest : machine.guests) {
            if (guest.vcpu.vm() == vm && !guest.finished) {
                if (!guest.blocked || guest.kind() != StepKind.HALT_UNTIL_IPI) {
                    return;
                }
                first = first == null ? guest : first;
            }
        }
        if (first != null) {
            sim.halts.cut(first);
        }
    }
}
