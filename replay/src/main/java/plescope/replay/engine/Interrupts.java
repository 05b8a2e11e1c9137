package plescope.replay.engine;

import java.util.Arrays;
import plescope.replay.guest.GuestSoftware;

/**
 * Every vCPU's interrupts from being sent to being handled, in order of sending: pending until VM entry (the local APIC's IRR),
 * then in service. Interrupts of one vector do not merge [I]. Handlers either run beside what they interrupt, or one after the
 * other in its place, see {@link GuestSoftware#handlersOverlap}.
 */
final class Interrupts {
    private static final int NONE = -1;

    private final Simulation sim;
    private final Machine machine;
    private final GuestSoftware software;
    private final boolean overlap;

    // Per vCPU, a list.
    private final int[] head;
    private final int[] tail;
    private final int[] firstPending;

    // Per interrupt; handled ones are used again.
    private int[] next = new int[0];
    private int[] sender = new int[0];
    private int[] vector = new int[0];
    private long[] tag = new long[0];
    private long[] sentNs = new long[0];
    /** Guest time of the receiver at which the handler is through, once it has begun. */
    private long[] doneAtGuestNs = new long[0];

    private int free = NONE;

    Interrupts(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
        this.software = machine.software;
        this.overlap = software.handlersOverlap();
        int vcpus = machine.vcpus.length;
        head = filled(vcpus);
        tail = filled(vcpus);
        firstPending = filled(vcpus);
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    /**
     * Makes an interrupt pending and sees to it that it is taken.
     *
     * @param from the sending vCPU, null for timers and devices
     * @param receivers how many the same ICR write sends
     */
    void send(VirtualCpu from, VirtualCpu to, int vectorNumber, long itsTag, int receivers) {
        if (to.activity == Activity.SHUTDOWN) {
            return;
        }
        append(from == null ? NONE : from.index, to.index, vectorNumber, itsTag);
        to.vcpu.postInterrupt();
        if (from != null) {
            machine.recorder.ipiSent(from.index, to.index, vectorNumber, machine.now);
            machine.policy.onIpi(from.vcpu, to.vcpu, receivers, vectorNumber);
        }
        boolean inGuest = machine.inGuest(to);
        if (from == to && inGuest) {
            deliver(to);
            sim.guestMode.attend(to);
        } else if (inGuest) {
            sim.dispatcher.kick(machine.pcpuOf(to));
        } else {
            sim.halts.interrupted(to, from);
        }
    }

    /** The timer of a vCPU rings: in guest mode the host's own timer interrupt forces an exit at once. */
    void timerRings(VirtualCpu to) {
        if (to.activity == Activity.SHUTDOWN) {
            return;
        }
        append(NONE, to.index, to.timerVector, to.timerTag);
        to.vcpu.postInterrupt();
        if (machine.inGuest(to)) {
            sim.dispatcher.interrupt(machine.pcpuOf(to), machine.costs.exitNs());
        } else {
            sim.halts.interrupted(to, null);
        }
    }

    private void append(int from, int to, int vectorNumber, long itsTag) {
        if (free == NONE) {
            grow();
        }
        int at = free;
        free = next[at];
        next[at] = NONE;
        sender[at] = from;
        vector[at] = vectorNumber;
        tag[at] = itsTag;
        sentNs[at] = machine.now;
        if (head[to] == NONE) {
            head[to] = at;
        } else {
            next[tail[to]] = at;
        }
        tail[to] = at;
        if (firstPending[to] == NONE) {
            firstPending[to] = at;
        }
    }

    private void grow() {
        int old = next.length;
        int size = Math.max(64, 2 * old);
        next = Arrays.copyOf(next, size);
        sender = Arrays.copyOf(sender, size);
        vector = Arrays.copyOf(vector, size);
        tag = Arrays.copyOf(tag, size);
        sentNs = Arrays.copyOf(sentNs, size);
        doneAtGuestNs = Arrays.copyOf(doneAtGuestNs, size);
        for (int at = size - 1; at >= old; at--) {
            next[at] = free;
            free = at;
        }
    }

    /** VM entry: pending interrupts are injected, and their handlers begin to take guest time. */
    void deliver(VirtualCpu vcpu) {
        int first = firstPending[vcpu.index];
        if (first == NONE) {
            return;
        }
        firstPending[vcpu.index] = NONE;
        if (overlap) {
            for (int at = first; at != NONE; at = next[at]) {
                begin(vcpu, at);
            }
        } else if (first == head[vcpu.index]) {
            begin(vcpu, first);
        }
    }

    private void begin(VirtualCpu vcpu, int at) {
        doneAtGuestNs[at] = vcpu.guestNs + software.handlerNs(vcpu.index, vector[at], tag[at]);
    }

    boolean pending(VirtualCpu vcpu) {
        return firstPending[vcpu.index] != NONE;
    }

    /** Pending or in service. */
    boolean any(VirtualCpu vcpu) {
        return head[vcpu.index] != NONE;
    }

    private boolean inService(VirtualCpu vcpu) {
        int first = head[vcpu.index];
        return first != NONE && first != firstPending[vcpu.index];
    }

    /** Whether a handler runs in the place of what it interrupted. */
    boolean delay(VirtualCpu vcpu) {
        return !overlap && inService(vcpu);
    }

    /** The guest's privilege level: handlers run in its kernel. */
    boolean inKernel(VirtualCpu vcpu) {
        return inService(vcpu) || machine.software.inKernel(vcpu.index, vcpu.privilege);
    }

    /** Guest time until the next handler is through, {@code Long.MAX_VALUE} for none. */
    long untilHandled(VirtualCpu vcpu) {
        return inService(vcpu) ? doneAtGuestNs[head[vcpu.index]] - vcpu.guestNs : Long.MAX_VALUE;
    }

    /** The first handler is through: EOI, and the software goes on from there. */
    void handled(VirtualCpu vcpu) {
        int at = head[vcpu.index];
        int following = next[at];
        head[vcpu.index] = following;
        next[at] = free;
        free = at;
        vcpu.haltDelayed = false;
        if (sender[at] != NONE) {
            machine.recorder.ipi(sender[at], vcpu.index, vector[at], sentNs[at], machine.now);
        }
        if (!machine.host.kvm().apicv()) {
            machine.policy.onEoi(vcpu.vcpu, vector[at]);
        }
        if (!overlap) {
            // The PAUSE loop, if there is one, was left for the handler: the hardware counts afresh.
            vcpu.loopNs = 0;
            if (following != NONE && following != firstPending[vcpu.index]) {
                begin(vcpu, following);
            }
        }
        software.handled(vcpu.index, vector[at], tag[at]);
    }

    /** The run is over: IPIs never handled become rows too. */
    void finish() {
        for (int vcpu = 0; vcpu < head.length; vcpu++) {
            for (int at = head[vcpu]; at != NONE; at = next[at]) {
                if (sender[at] != NONE) {
                    machine.recorder.ipi(sender[at], vcpu, vector[at], sentNs[at], NONE);
                }
            }
        }
    }
}
