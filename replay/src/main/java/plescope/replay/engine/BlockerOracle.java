package plescope.replay.engine;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.scheduler.Entity;
import plescope.replay.workload.StepKind;

/**
 * Puts the vCPU a spinner truly waits for in the spinner's place, on the spinner's account, so that other VMs lose nothing;
 * works only under a policy that asks for it.
 */
final class BlockerOracle {
    private final Simulation sim;
    private final Machine machine;
    private final boolean on;

    BlockerOracle(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
        this.on = machine.policy.handsOverToBlocker();
    }

    /** At {@code schedule()}: whom to run instead of {@code picked}. */
    Entity inPlaceOf(Entity picked, Pcpu pcpu) {
        if (!on) {
            return picked;
        }
        Guest guest = machine.guests[picked.vcpu];
        Guest root = spinsIdly(guest) ? rootBlocker(guest) : null;
        if (root == null || !root.thread.runnable() || !root.thread.allows(pcpu.id)) {
            return picked;
        }
        if (root != pcpu.current) {
            if (machine.running(root)) {
                return picked;
            }
            fetch(root, pcpu);
        }
        machine.scheduler.exchange(picked, root.thread);
        return root.thread;
    }

    /** After each event: whoever spins in guest mode for somebody queued makes way. */
    void afterEvent() {
        if (!on) {
            return;
        }
        for (Pcpu pcpu : machine.pcpus) {
            if (pcpu.inGuest() && spinsIdly(pcpu.current)) {
                Guest root = rootBlocker(pcpu.current);
                if (root != null && root.thread.runnable() && !machine.running(root)) {
                    handOver(pcpu, root);
                }
            }
        }
    }

    /** Spins, and nobody waits for it to take an interrupt meanwhile. */
    private boolean spinsIdly(Guest guest) {
        return guest.waitsSpinning() && !sim.edges.unacked(guest);
    }

    private void handOver(Pcpu spinnersPcpu, Guest root) {
        Pcpu pcpu = root.thread.allows(spinnersPcpu.id) ? spinnersPcpu : machine.pcpuOf(root);
        if (!pcpu.inGuest()) {
            // In the host for a moment: the next event asks again.
            return;
        }
        Guest displaced = pcpu.current;
        boolean sameVm = displaced.vcpu.vm() == root.vcpu.vm();
        if (!sameVm && !displaced.waitsSpinning()) {
            // Only affinity brings it here: another VM gives way with spinners, not with work.
            return;
        }
        sim.guestMode.exit(pcpu, Family.INTERRUPT);
        fetch(root, pcpu);
        if (sameVm) {
            machine.scheduler.exchange(displaced.thread, root.thread);
        }
        // A reschedule request stands: it is honoured before the blocker enters, else this VM would never give way.
        sim.dispatcher.contextSwitch(pcpu, root);
    }

    private void fetch(Guest root, Pcpu pcpu) {
        if (root.thread.pcpu() != pcpu.id) {
            machine.scheduler.migrate(root.thread, pcpu.rq);
        }
    }

    /**
     * Follows blockers that spin themselves for somebody's work; a receiver of the IPIs one waits for is a root even where it
     * spins, for it answers as soon as it runs. Null where nobody is known or they wait for each other.
     */
    private Guest rootBlocker(Guest spinner) {
        Guest root = spinner;
        for (int hops = 0; hops < machine.guests.length; hops++) {
            if (!root.waitsSpinning()) {
                return root == spinner ? null : root;
            }
            Guest receiver = waitingReceiver(root);
            if (receiver != null) {
                return receiver == spinner ? null : receiver;
            }
            root = sim.edges.blocker(root);
            if (root == null) {
                return null;
            }
        }
        return null;
    }

    /** One of the receivers the spinner waits for that has a thread to run but does not run; null if it waits for none. */
    private Guest waitingReceiver(Guest spinner) {
        return spinner.kind() == StepKind.SPIN_UNTIL_ACKED ? sim.edges.queuedReceiver(spinner) : null;
    }
}
