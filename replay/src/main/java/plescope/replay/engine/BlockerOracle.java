package plescope.replay.engine;

import java.util.BitSet;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.GuestSoftware;
import plescope.replay.model.Wait;
import plescope.replay.scheduler.Entity;

/**
 * Puts the vCPU a spinner truly waits for in the spinner's place, on the spinner's account, so that other VMs lose nothing;
 * works only under a policy that asks for it.
 */
final class BlockerOracle {
    private final Simulation sim;
    private final Machine machine;
    private final GuestSoftware software;
    private final boolean on;

    /** pCPUs whose vCPU was seen to spin in guest mode. */
    private final BitSet spinning = new BitSet();

    BlockerOracle(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
        this.software = machine.software;
        this.on = machine.policy.handsOverToBlocker();
    }

    /** A vCPU spins in guest mode on that pCPU. */
    void spins(Pcpu pcpu) {
        if (on) {
            spinning.set(pcpu.id);
        }
    }

    /** At {@code schedule()}: whom to run instead of {@code picked}. */
    Entity inPlaceOf(Entity picked, Pcpu pcpu) {
        if (!on) {
            return picked;
        }
        VirtualCpu vcpu = machine.vcpus[picked.vcpu];
        VirtualCpu root = spinsIdly(vcpu) ? rootBlocker(vcpu) : null;
        if (root == null || !mayRun(root) || !root.thread.allows(pcpu.id)) {
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
        for (int at = spinning.nextSetBit(0); at >= 0; at = spinning.nextSetBit(at + 1)) {
            Pcpu pcpu = machine.pcpus[at];
            if (!pcpu.inGuest() || !pcpu.current.waitsSpinning()) {
                spinning.clear(at);
            } else if (spinsIdly(pcpu.current)) {
                VirtualCpu root = rootBlocker(pcpu.current);
                if (root != null && mayRun(root) && !machine.running(root)) {
                    handOver(pcpu, root);
                }
            }
        }
    }

    /** Spins, and nobody waits for it to take an interrupt meanwhile. */
    private boolean spinsIdly(VirtualCpu vcpu) {
        return vcpu.waitsSpinning() && !sim.interrupts.any(vcpu);
    }

    private static boolean mayRun(VirtualCpu vcpu) {
        return vcpu.thread.runnable() && !vcpu.thread.throttled();
    }

    private void handOver(Pcpu spinnersPcpu, VirtualCpu root) {
        Pcpu pcpu = root.thread.allows(spinnersPcpu.id) ? spinnersPcpu : machine.pcpuOf(root);
        if (!pcpu.inGuest()) {
            // In the host for a moment: the next event asks again.
            return;
        }
        VirtualCpu displaced = pcpu.current;
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

    private void fetch(VirtualCpu root, Pcpu pcpu) {
        if (root.thread.pcpu() != pcpu.id) {
            machine.scheduler.migrate(root.thread, pcpu.rq);
            sim.dispatcher.changedPcpu(root);
        }
    }

    /**
     * Follows blockers that spin themselves for somebody's work; a receiver of the IPIs one waits for is a root even where it
     * spins, for it answers as soon as it runs. Null where nobody is known or they wait for each other.
     */
    private VirtualCpu rootBlocker(VirtualCpu spinner) {
        VirtualCpu root = spinner;
        for (int hops = 0; hops < machine.vcpus.length; hops++) {
            if (!root.waitsSpinning()) {
                return root == spinner ? null : root;
            }
            int next = software.blocker(root.index);
            if (next < 0) {
                return null;
            }
            boolean answers = waitsForAnswers(root);
            root = machine.vcpus[next];
            if (answers && root.thread.runnable() && !machine.running(root)) {
                return root == spinner ? null : root;
            }
        }
        return null;
    }

    private static boolean waitsForAnswers(VirtualCpu spinner) {
        return spinner.cause == Wait.Cause.IPI || spinner.cause == Wait.Cause.TLB_SHOOTDOWN;
    }
}
