package plescope.replay.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.engine.reference.SlowEvents.Kind;
import plescope.replay.engine.reference.SlowVcpu.SlowIpi;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.Roster;
import plescope.replay.workload.Workload;

/**
 * The host around the queues, every vCPU pinned to the pCPU it starts on: exits, context switches, {@code kvm_vcpu_on_spin} of 5.3 to
 * 6.18, ticks, IPIs, halts with polling.
 */
final class SlowHost {
    enum Phase {
        IDLE,
        GUEST,
        EXIT,
        ON_SPIN,
        SWITCH_IN,
        HALT_EXIT,
        HALT_POLL
    }

    /** One pCPU. */
    static final class Pcpu {
        final int id;
        final SlowQueue queue;
        final long tickPhase;
        SlowVcpu current;
        Phase phase = Phase.IDLE;
        long bookedUntil;

        Pcpu(int id, SlowQueue queue, long tickPhase) {
            this.id = id;
            this.queue = queue;
            this.tickPhase = tickPhase;
        }
    }

    /** A context switch; thread -1 is the idle task. */
    record Switch(long time, int pcpu, int prev, int next) {}

    final Workload work;
    final HostModel host;
    final HostCosts costs;
    final SlowEvents events = new SlowEvents();
    final List<Pcpu> pcpus = new ArrayList<>();
    final List<SlowVcpu> vcpus = new ArrayList<>();
    final List<SlowIpi> ipis = new ArrayList<>();
    final List<Switch> switches = new ArrayList<>();
    final SlowGuests guests = new SlowGuests(this);

    private final boolean eevdf;
    private final long tickPeriod;
    private final int[] lastBoosted;
    long now;
    boolean over;

    SlowHost(Workload work, HostModel host, boolean eevdf, boolean later, long seed) {
        this.work = work;
        this.host = host;
        this.costs = host.costs();
        this.eevdf = eevdf;
        this.tickPeriod = 1_000_000_000L / host.hz();
        this.lastBoosted = new int[work.roster().vms().size()];
        SplittableRandom random = new SplittableRandom(seed);
        for (int p = 0; p < host.pcpus(); p++) {
            SlowQueue queue = new SlowQueue(eevdf, later, host.pcpus(), tickPeriod);
            pcpus.add(new Pcpu(p, queue, random.nextLong(tickPeriod)));
        }
        for (Roster.Vcpu v : work.roster().vcpus()) {
            SlowVcpu vcpu =
                    new SlowVcpu(v.index(), v.vm(), v.number(), host.home().get(v.index()), work.work(v.index()));
            vcpu.window = host.ple().window();
            vcpus.add(vcpu);
        }
        for (int i = 0; i < work.ipiCount(); i++) {
            ipis.add(new SlowIpi());
        }
    }

    Pcpu pcpuOf(SlowVcpu vcpu) {
        return pcpus.get(vcpu.pcpu);
    }

    boolean inGuest(SlowVcpu vcpu) {
        return pcpuOf(vcpu).current == vcpu && pcpuOf(vcpu).phase == Phase.GUEST;
    }

    void run() {
        guests.boot();
        events.set(Kind.END, 0, work.spanNs());
        for (SlowVcpu vcpu : vcpus) {
            pcpuOf(vcpu).queue.fork(vcpu);
            if (pcpuOf(vcpu).current == null) {
                kick(pcpuOf(vcpu));
            }
        }
        while (!over) {
            SlowEvents.Due due = events.takeFirst();
            now = due.time();
            pcpus.forEach(p -> p.queue.setClock(now));
            switch (due.kind()) {
                case TIMER -> timer(pcpus.get(due.id()));
                case KICK -> kicked(pcpus.get(due.id()));
                case WAKE -> interrupted(vcpus.get(due.id()));
                case TICK -> tick(pcpus.get(due.id()));
                case END -> over = true;
            }
        }
        pcpus.forEach(guests::book);
    }

    private void timer(Pcpu pcpu) {
        switch (pcpu.phase) {
            case GUEST -> guests.advance(pcpu);
            case EXIT, SWITCH_IN -> enter(pcpu);
            case ON_SPIN -> onSpinOutcome(pcpu);
            case HALT_EXIT -> haltExitHandled(pcpu);
            case HALT_POLL -> block(pcpu);
            case IDLE -> throw new AssertionError("idle");
        }
    }

    // Interrupts of the host.

    void kick(Pcpu pcpu) {
        if (!events.isSet(Kind.KICK, pcpu.id)) {
            events.set(Kind.KICK, pcpu.id, now + costs.reschedIpiNs());
        }
    }

    private void kickIfAsked(Pcpu pcpu) {
        if (pcpu.queue.needResched) {
            kick(pcpu);
        }
    }

    private void kicked(Pcpu pcpu) {
        if (pcpu.phase == Phase.IDLE && pcpu.queue.runnable() > 0) {
            schedule(pcpu);
        } else {
            forceOut(pcpu, costs.exitNs());
        }
    }

    private void tick(Pcpu pcpu) {
        if (pcpu.current == null) {
            return;
        }
        events.set(Kind.TICK, pcpu.id, now + tickPeriod);
        pcpu.queue.tick();
        pcpus.stream().filter(other -> other != pcpu).forEach(this::kickIfAsked);
        forceOut(pcpu, costs.tickNs());
    }

    private void forceOut(Pcpu pcpu, long cost) {
        if (pcpu.phase == Phase.GUEST) {
            exit(pcpu, Phase.EXIT, pcpu.queue.needResched ? Math.max(cost, costs.switchOutNs()) : cost);
        } else if (pcpu.phase == Phase.HALT_POLL && pcpu.queue.needResched) {
            block(pcpu);
        }
    }

    /** Leaves guest mode for a phase of that length. */
    void exit(Pcpu pcpu, Phase phase, long length) {
        guests.book(pcpu);
        pcpu.phase = phase;
        events.set(Kind.TIMER, pcpu.id, now + length);
    }

    // schedule().

    private void enter(Pcpu pcpu) {
        if (!pcpu.queue.needResched || !schedule(pcpu)) {
            guests.enter(pcpu);
        }
    }

    /** Whether the pCPU changed hands. */
    private boolean schedule(Pcpu pcpu) {
        SlowVcpu next = pcpu.queue.pick();
        pcpu.queue.needResched = false;
        if (next != null && next == pcpu.current) {
            return false;
        }
        SlowVcpu prev = pcpu.current;
        if (prev != null && prev.runnable()) {
            prev.preempted = true;
            prev.ready = true;
        }
        pcpu.queue.switchTo(next);
        switches.add(new Switch(now, pcpu.id, prev == null ? -1 : prev.index, next == null ? -1 : next.index));
        pcpu.current = next;
        if (next == null) {
            pcpu.phase = Phase.IDLE;
            events.cancel(Kind.TIMER, pcpu.id);
            return true;
        }
        startTick(pcpu);
        next.preempted = false;
        next.ready = false;
        next.window = host.ple().window();
        leaveSpinLoop(next);
        if (next.woken) {
            next.woken = false;
            endHalt(next);
        }
        pcpu.phase = Phase.SWITCH_IN;
        events.set(Kind.TIMER, pcpu.id, now + costs.switchInNs());
        return true;
    }

    private void startTick(Pcpu pcpu) {
        if (!events.isSet(Kind.TICK, pcpu.id)) {
            long at = pcpu.tickPhase;
            while (at <= now) {
                at += tickPeriod;
            }
            events.set(Kind.TICK, pcpu.id, at);
        }
    }

    // PAUSE exits.

    void pauseExit(Pcpu pcpu) {
        SlowVcpu me = pcpu.current;
        exit(pcpu, Phase.ON_SPIN, costs.switchOutNs());
        me.pauseExits++;
        me.window = Math.min(me.window * 2, host.ple().max());
    }

    private void onSpinOutcome(Pcpu pcpu) {
        SlowVcpu me = pcpu.current;
        SlowVcpu target = onSpin(me, pcpu);
        if (target != null) {
            if (target.pcpu != pcpu.id) {
                kickIfAsked(pcpuOf(target));
            }
            if (schedule(pcpu)) {
                return;
            }
        }
        leaveSpinLoop(me);
        pcpu.phase = Phase.EXIT;
        events.set(Kind.TIMER, pcpu.id, now + Math.max(0, costs.pauseExitNs() - costs.switchOutNs()));
    }

    /** on_spin returns, and only now remembers whom it boosted: yield_to has called schedule() in between. */
    private void leaveSpinLoop(SlowVcpu me) {
        if (me.boosted >= 0) {
            lastBoosted[me.vm] = me.boosted;
            me.boosted = -1;
        }
        me.inSpinLoop = false;
        me.dyEligible = false;
    }

    /** 6.12 stores how far it has looked, not whom it found. */
    private SlowVcpu onSpin(SlowVcpu me, Pcpu pcpu) {
        List<SlowVcpu> vm = vcpus.stream().filter(v -> v.vm == me.vm).toList();
        int start = lastBoosted[me.vm] + 1;
        int tries = 3;
        me.inSpinLoop = true;
        for (int i = 0; i < vm.size() && tries > 0; i++) {
            SlowVcpu candidate = vm.get((start + i) % vm.size());
            if (candidate == me || !acceptable(candidate)) {
                continue;
            }
            SlowQueue remote = pcpuOf(candidate).queue;
            if (pcpu.queue.runnable() == 1 && remote.runnable() == 1) {
                tries--;
            } else if (remote.curr != candidate && candidate.runnable()) {
                remote.hint(candidate);
                pcpu.queue.yieldCurrent();
                remote.needResched |= remote != pcpu.queue;
                me.boosted = eevdf ? i : candidate.number;
                return candidate;
            }
        }
        return null;
    }

    private static boolean acceptable(SlowVcpu candidate) {
        if (!candidate.ready || (candidate.blocking && !candidate.pendingInterrupt)) {
            return false;
        }
        boolean eligible = !candidate.inSpinLoop || candidate.dyEligible;
        if (candidate.inSpinLoop) {
            candidate.dyEligible = !candidate.dyEligible;
        }
        return eligible;
    }

    // Halts.

    void halt(Pcpu pcpu) {
        pcpu.current.haltStart = now;
        exit(pcpu, Phase.HALT_EXIT, costs.exitNs());
    }

    private void haltExitHandled(Pcpu pcpu) {
        SlowVcpu me = pcpu.current;
        if (guests.haltOver(me) || guests.hasUndelivered(me)) {
            enter(pcpu);
            return;
        }
        me.blocking = true;
        if (me.haltPoll > 0 && pcpu.queue.runnable() == 1 && !pcpu.queue.needResched) {
            pcpu.phase = Phase.HALT_POLL;
            events.set(Kind.TIMER, pcpu.id, now + me.haltPoll);
        } else {
            block(pcpu);
        }
    }

    private void block(Pcpu pcpu) {
        pcpu.current.blocked = true;
        pcpu.queue.block();
        schedule(pcpu);
    }

    /** An interrupt for a vCPU outside guest mode. */
    void interrupted(SlowVcpu vcpu) {
        Pcpu pcpu = pcpuOf(vcpu);
        if (vcpu.blocked) {
            vcpu.blocked = false;
            vcpu.woken = true;
            vcpu.ready = true;
            pcpu.queue.wake(vcpu);
            pcpu.queue.preemptedBy(vcpu);
            kickIfAsked(pcpu);
        } else if (pcpu.current == vcpu && pcpu.phase == Phase.HALT_POLL) {
            endHalt(vcpu);
            enter(pcpu);
        }
    }

    private void endHalt(SlowVcpu vcpu) {
        long max = 200_000;
        long halted = now - vcpu.haltStart;
        vcpu.blocking = false;
        if (halted <= vcpu.haltPoll) {
            return;
        }
        if (vcpu.haltPoll > 0 && halted > max) {
            long shrunk = eevdf ? vcpu.haltPoll / 2 : 0;
            vcpu.haltPoll = shrunk < 10_000 ? 0 : shrunk;
        } else if (vcpu.haltPoll < max && halted < max) {
            vcpu.haltPoll = Math.min(max, Math.max(2 * vcpu.haltPoll, 10_000));
        }
    }
}
