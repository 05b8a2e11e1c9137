package plescope.replay.engine.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import plescope.replay.engine.reference.SlowEvents.Kind;
import plescope.replay.engine.reference.SlowHost.Pcpu;
import plescope.replay.engine.reference.SlowHost.Phase;
import plescope.replay.engine.reference.SlowVcpu.SlowIpi;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.WorkloadLock.Discipline;

/** What guests do in guest mode: compute, spin for work, locks or acknowledgements, send IPIs, halt for one. */
final class SlowGuests {
    /** No spinlock is held for longer than this much guest work. */
    private static final long LONGEST_HOLD_NS = 1_000_000;

    private final SlowHost host;

    /** In the order in which they came to wait. */
    private final List<SlowVcpu> waitingForWork = new ArrayList<>();

    private final List<SlowLock> locks = new ArrayList<>();

    /** A spinlock and who waits for it, in the order in which they came. */
    private static final class SlowLock {
        SlowVcpu owner;
        final List<SlowVcpu> waiting = new ArrayList<>();
    }

    SlowGuests(SlowHost host) {
        this.host = host;
    }

    /** Whose first step takes a lock has queued for it already. */
    void boot() {
        host.work.locks().forEach(lock -> locks.add(new SlowLock()));
        host.vcpus.stream()
                .filter(vcpu -> !vcpu.outOfSteps() && vcpu.kind() == StepKind.ACQUIRE)
                .sorted(Comparator.comparingLong(vcpu -> vcpu.work.ns(vcpu.step)))
                .forEach(this::takeOrQueue);
    }

    /** Books guest time up to now. */
    void book(Pcpu pcpu) {
        if (pcpu.phase != Phase.GUEST) {
            return;
        }
        SlowVcpu me = pcpu.current;
        long spent = host.now - pcpu.bookedUntil;
        pcpu.bookedUntil = host.now;
        me.guestTime += spent;
        if (me.inHandler) {
            return;
        }
        if (me.computing) {
            me.offset += spent;
            me.stepDone += spent;
        } else {
            me.loopAge += spent;
            me.spinTime += spent;
        }
    }

    void enter(Pcpu pcpu) {
        SlowVcpu me = pcpu.current;
        me.pendingInterrupt = false;
        deliver(me);
        me.loopAge = 0;
        pcpu.phase = Phase.GUEST;
        pcpu.bookedUntil = host.now;
        goOn(pcpu);
    }

    void advance(Pcpu pcpu) {
        book(pcpu);
        acknowledge(pcpu.current);
        releaseWaiters(pcpu.current);
        goOn(pcpu);
    }

    private void goOn(Pcpu pcpu) {
        SlowVcpu me = pcpu.current;
        while (pcpu.current == me && pcpu.phase == Phase.GUEST) {
            if (me.outOfSteps()) {
                finish(me);
                idle(pcpu);
                return;
            }
            if (!step(pcpu, me)) {
                return;
            }
            me.step++;
            me.stepDone = 0;
        }
    }

    /** Whether the step is over. */
    private boolean step(Pcpu pcpu, SlowVcpu me) {
        me.inHandler = false;
        switch (me.kind()) {
            case COMPUTE -> {
                me.computing = true;
                if (me.stepDone < me.work.ns(me.step)) {
                    setTimer(pcpu);
                    return false;
                }
                return true;
            }
            case SPIN_UNTIL_WORK, SPIN_UNTIL_ACKED -> {
                return spin(pcpu, me);
            }
            case SEND_IPI -> {
                send(me, me.work.ref(me.step));
                return true;
            }
            case HALT_UNTIL_IPI -> {
                return halt(pcpu, me);
            }
            case ACQUIRE -> {
                return acquire(pcpu, me);
            }
            case RELEASE -> {
                release(
                        locks.get(me.work.ref(me.step)),
                        host.work.locks().get(me.work.ref(me.step)).discipline());
                return true;
            }
            case SPIN_FOR, HOST, HALT_FOR, HALT_UNTIL_TIME ->
                throw new AssertionError("not among the reference's steps");
        }
        throw new AssertionError(me.kind());
    }

    private boolean spin(Pcpu pcpu, SlowVcpu me) {
        if (!me.spinning) {
            me.spinning = true;
            me.loopAge = 0;
            me.satisfied = me.kind() == StepKind.SPIN_UNTIL_WORK ? reachedOrWait(me) : ackedOrWait(me);
        }
        if (me.satisfied) {
            me.spinning = false;
            me.satisfied = false;
            return true;
        }
        me.computing = false;
        if (me.loopAge >= windowNs(me)) {
            host.pauseExit(pcpu);
        } else {
            setTimer(pcpu);
        }
        return false;
    }

    private boolean acquire(Pcpu pcpu, SlowVcpu me) {
        if (takeOrQueue(me)) {
            me.spinning = false;
            me.satisfied = false;
            return true;
        }
        if (!me.spinning || me.satisfied) {
            me.spinning = true;
            me.satisfied = false;
            me.loopAge = 0;
        }
        me.computing = false;
        if (me.loopAge >= windowNs(me)) {
            host.pauseExit(pcpu);
        } else {
            setTimer(pcpu);
        }
        return false;
    }

    private boolean takeOrQueue(SlowVcpu me) {
        SlowLock lock = locks.get(me.work.ref(me.step));
        if (lock.owner == null) {
            lock.owner = me;
            lock.waiting.remove(me);
        } else if (lock.owner != me && !lock.waiting.contains(me)) {
            lock.waiting.add(me);
        }
        return lock.owner == me;
    }

    /** A fair lock is the first waiter's at once, wherever that one is; for another all waiters try. */
    private void release(SlowLock lock, Discipline discipline) {
        lock.owner = null;
        if (discipline == Discipline.FIFO && !lock.waiting.isEmpty()) {
            lock.owner = lock.waiting.remove(0);
            satisfy(lock.owner);
        } else {
            List.copyOf(lock.waiting).forEach(this::satisfy);
        }
    }

    private long windowNs(SlowVcpu me) {
        return me.window * host.host.ple().unitPicos() / 1000;
    }

    private void finish(SlowVcpu me) {
        if (me.finished) {
            return;
        }
        me.finished = true;
        releaseWaiters(me);
        long largest = 0;
        for (SlowVcpu other : host.vcpus) {
            largest = Math.max(largest, other.vm == me.vm ? other.work.totalWorkNs() : 0);
        }
        host.over |= me.work.totalWorkNs() > 0 && me.work.totalWorkNs() >= largest / 20;
    }

    // Waiting for work.

    private static long awaited(SlowVcpu waiter) {
        return waiter.work.ns(waiter.step);
    }

    private boolean reachedOrWait(SlowVcpu me) {
        SlowVcpu target = host.vcpus.get(me.work.ref(me.step));
        if (host.inGuest(target)) {
            book(host.pcpuOf(target));
        }
        long missing = awaited(me) - target.offset;
        if (target.finished || target.halting || missing <= 0 || missing > LONGEST_HOLD_NS) {
            return true;
        }
        waitingForWork.add(me);
        if (host.inGuest(target)) {
            setTimer(host.pcpuOf(target));
        }
        return false;
    }

    private void releaseWaiters(SlowVcpu target) {
        boolean all = target.finished || target.halting;
        while (true) {
            SlowVcpu released = null;
            for (SlowVcpu waiter : waitingForWork) {
                boolean waits = waiter.work.ref(waiter.step) == target.index;
                if (released == null && waits && (all || target.offset >= awaited(waiter))) {
                    released = waiter;
                }
            }
            if (released == null) {
                return;
            }
            waitingForWork.remove(released);
            satisfy(released);
        }
    }

    private void satisfy(SlowVcpu spinner) {
        spinner.satisfied = true;
        if (host.inGuest(spinner)) {
            book(host.pcpuOf(spinner));
            // Handlers that are through now come before what they interrupted.
            acknowledge(spinner);
            goOn(host.pcpuOf(spinner));
        }
    }

    // IPIs.

    private void send(SlowVcpu from, int id) {
        SlowIpi ipi = host.ipis.get(id);
        SlowVcpu to = host.vcpus.get(host.work.ipiReceiver(id));
        ipi.sent = true;
        to.inbox.add(ipi);
        to.pendingInterrupt = true;
        if (to == from) {
            deliver(to);
        } else if (host.inGuest(to)) {
            host.kick(host.pcpuOf(to));
        } else {
            host.interrupted(to);
        }
    }

    private void deliver(SlowVcpu me) {
        for (SlowIpi ipi : me.inbox) {
            if (!ipi.delivered) {
                ipi.delivered = true;
                ipi.ackAtGuestTime = me.guestTime + host.costs.ackNs();
            }
        }
    }

    boolean hasUndelivered(SlowVcpu me) {
        return me.inbox.stream().anyMatch(ipi -> !ipi.delivered);
    }

    private static long untilAck(SlowVcpu me) {
        boolean none = me.inbox.isEmpty() || !me.inbox.get(0).delivered;
        return none ? Long.MAX_VALUE : me.inbox.get(0).ackAtGuestTime - me.guestTime;
    }

    private void acknowledge(SlowVcpu me) {
        while (untilAck(me) <= 0) {
            SlowIpi ipi = me.inbox.remove(0);
            ipi.acked = true;
            SlowVcpu waiter = ipi.waiter;
            ipi.waiter = null;
            if (waiter != null && --waiter.unacked == 0) {
                satisfy(waiter);
            }
        }
    }

    private boolean ackedOrWait(SlowVcpu me) {
        me.unacked = 0;
        int first = me.work.ref(me.step);
        for (int id = first; id < first + me.work.ns(me.step); id++) {
            if (!host.ipis.get(id).acked) {
                host.ipis.get(id).waiter = me;
                me.unacked++;
            }
        }
        return me.unacked == 0;
    }

    // Halts.

    private boolean halt(Pcpu pcpu, SlowVcpu me) {
        if (me.halting && haltOver(me)) {
            me.halting = false;
            return true;
        }
        me.halting = true;
        releaseWaiters(me);
        if (!me.inbox.isEmpty() && haltOver(me)) {
            me.halting = false;
            return true;
        }
        idle(pcpu);
        return false;
    }

    boolean haltOver(SlowVcpu me) {
        return !me.outOfSteps() && host.ipis.get(me.work.ref(me.step)).sent;
    }

    private void idle(Pcpu pcpu) {
        SlowVcpu me = pcpu.current;
        if (me.inbox.isEmpty()) {
            host.halt(pcpu);
        } else {
            me.inHandler = true;
            setTimer(pcpu);
        }
    }

    /** To whatever is due first in guest mode. */
    private void setTimer(Pcpu pcpu) {
        SlowVcpu me = pcpu.current;
        long due = untilAck(me);
        if (!me.inHandler && me.computing) {
            due = Math.min(due, me.work.ns(me.step) - me.stepDone);
            for (SlowVcpu waiter : waitingForWork) {
                if (waiter.work.ref(waiter.step) == me.index) {
                    due = Math.min(due, awaited(waiter) - me.offset);
                }
            }
        } else if (!me.inHandler) {
            due = Math.min(due, windowNs(me) - me.loopAge);
        }
        if (due == Long.MAX_VALUE) {
            host.events.cancel(Kind.TIMER, pcpu.id);
        } else {
            host.events.set(Kind.TIMER, pcpu.id, host.now + due);
        }
    }
}
