package plescope.replay.engine;

import java.util.Arrays;

/**
 * Keeps one wrong edge from stopping a VM for good. A spin that has burnt half a second of guest time while its VM got no work
 * done cannot end by itself and is cut; so is a halt that the software says nothing else can end. Cuts are counted.
 */
final class StallWatchdog {
    static final long PERIOD_NS = 100_000_000;

    /** Far beyond any wait that scheduling alone can cause. */
    private static final long STUCK_SPIN_NS = 500_000_000;

    private final Simulation sim;
    private final Machine machine;
    private final long[] work;
    private final long[] workSeen;
    private final long[] progressNs;

    StallWatchdog(Simulation sim, int vms) {
        this.sim = sim;
        this.machine = sim.machine;
        work = new long[vms];
        workSeen = new long[vms];
        progressNs = new long[vms];
    }

    void check() {
        machine.queue.schedule(machine.slots.of(Due.WATCHDOG), machine.now + PERIOD_NS);
        addUpWork();
        for (int vm = 0; vm < work.length; vm++) {
            if (work[vm] != workSeen[vm]) {
                workSeen[vm] = work[vm];
                progressNs[vm] = machine.now;
            } else if (machine.now - progressNs[vm] >= STUCK_SPIN_NS) {
                cutOne(vm);
            }
        }
    }

    private void addUpWork() {
        for (Pcpu pcpu : machine.pcpus) {
            if (pcpu.inGuest()) {
                sim.guestMode.settle(pcpu);
            }
        }
        Arrays.fill(work, 0);
        for (VirtualCpu vcpu : machine.vcpus) {
            work[vcpu.vcpu.vm()] += vcpu.workNs;
        }
    }

    /** The longest spin of the VM, of equals the lowest index. */
    private void cutOne(int vm) {
        VirtualCpu longest = null;
        for (VirtualCpu vcpu : machine.vcpus) {
            boolean stuck = vcpu.vcpu.vm() == vm && vcpu.waitsSpinning() && vcpu.spinNs >= STUCK_SPIN_NS;
            if (stuck && (longest == null || vcpu.spinNs > longest.spinNs)) {
                longest = vcpu;
            }
        }
        if (longest != null) {
            machine.cuts++;
            machine.software.cut(longest.index);
            longest.cut = true;
            longest.released = true;
            sim.guestMode.attend(longest);
        } else {
            cutHalt(machine.software.stuckHalt(vm));
        }
    }

    private void cutHalt(int halted) {
        if (halted >= 0 && machine.vcpus[halted].blocked) {
            machine.cuts++;
            machine.software.cut(halted);
            sim.dispatcher.wake(machine.vcpus[halted], null);
        }
    }
}
