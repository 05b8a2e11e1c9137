package plescope.replay.guest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Wait;

/**
 * A host with a pCPU for every vCPU, which takes vCPUs off only when the test says so. No PAUSE exits, no switch costs: what guests do
 * on it can be computed by hand. Slow and obvious.
 */
final class IdealHost implements VirtualCpus {
    private static final long YIELD_NS = 1_000;

    private enum Doing {
        NOTHING,
        COMPUTE,
        SPIN,
        HALT,
        HOST,
        SHUTDOWN
    }

    record Yield(int vcpu, int target, long atNs) {}

    private record Interrupt(int vector, long tag) {}

    private record Away(long from, long to) {}

    private record Due(long at, long sequence, Runnable run) {}

    private static final class Cpu {
        Doing doing = Doing.NOTHING;
        long left;
        boolean useful;
        boolean released;
        final ArrayDeque<Interrupt> pending = new ArrayDeque<>();
        Interrupt handling;
        long handlerLeft;
        final List<Away> aways = new ArrayList<>();
        long armed = Long.MAX_VALUE;
        Interrupt alarm;
        long steal;
        long usefulNs;
        long overheadNs;
        long spinNs;
        long haltNs;
        int ipis;
    }

    private final GuestSoftware software;
    private final Cpu[] cpus;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::sequence));
    private long sequence;
    private long now;
    IntPredicate preferred = vcpu -> true;
    final List<Yield> yields = new ArrayList<>();
    long events;

    IdealHost(GuestSoftware software) {
        this.software = software;
        cpus = new Cpu[software.roster().vcpus().size()];
        for (int i = 0; i < cpus.length; i++) {
            cpus[i] = new Cpu();
        }
    }

    /** Takes the vCPU off its pCPU for that time. */
    IdealHost away(int vcpu, long from, long to) {
        cpus[vcpu].aways.add(new Away(from, to));
        return this;
    }

    void run(long endNs) {
        software.boot(this);
        while (!software.done()) {
            if (act()) {
                events++;
                continue;
            }
            long next = next();
            if (next > endNs) {
                pass(endNs - now);
                return;
            }
            pass(next - now);
            wakeUp();
        }
    }

    private boolean runs(Cpu cpu) {
        return cpu.aways.stream().noneMatch(a -> a.from <= now && now < a.to);
    }

    /** Does one thing that takes no time. */
    private boolean act() {
        for (int v = 0; v < cpus.length; v++) {
            Cpu cpu = cpus[v];
            if (runs(cpu) && act(v, cpu)) {
                return true;
            }
        }
        return false;
    }

    private boolean act(int v, Cpu cpu) {
        if (cpu.handling != null) {
            if (cpu.handlerLeft > 0) {
                return false;
            }
            Interrupt handled = cpu.handling;
            cpu.handling = null;
            software.handled(v, handled.vector, handled.tag);
            return true;
        }
        if (cpu.doing == Doing.SHUTDOWN || (cpu.doing == Doing.HOST && cpu.left > 0)) {
            return false;
        }
        if (!cpu.pending.isEmpty()) {
            cpu.handling = cpu.pending.poll();
            cpu.handlerLeft = software.handlerNs(v, cpu.handling.vector, cpu.handling.tag);
            cpu.doing = cpu.doing == Doing.HALT ? Doing.NOTHING : cpu.doing;
            return true;
        }
        boolean over =
                switch (cpu.doing) {
                    case NOTHING -> true;
                    case COMPUTE, HOST -> cpu.left == 0;
                    case SPIN -> cpu.left == 0 || cpu.released;
                    case HALT, SHUTDOWN -> false;
                };
        if (over) {
            cpu.doing = Doing.NOTHING;
            software.proceed(v);
            if (cpu.doing == Doing.NOTHING) {
                throw new AssertionError("vCPU " + v + " was told nothing");
            }
        }
        return over;
    }

    private long next() {
        long next = due.isEmpty() ? Long.MAX_VALUE : due.peek().at;
        for (Cpu cpu : cpus) {
            next = Math.min(next, cpu.armed);
            for (Away away : cpu.aways) {
                next = Math.min(next, away.from > now ? away.from : away.to > now ? away.to : Long.MAX_VALUE);
            }
            if (runs(cpu)) {
                boolean busy = cpu.doing == Doing.COMPUTE || cpu.doing == Doing.SPIN || cpu.doing == Doing.HOST;
                long left = cpu.handling != null ? cpu.handlerLeft : busy ? cpu.left : Long.MAX_VALUE;
                next = Math.min(next, left > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + left);
            }
        }
        return next;
    }

    private void pass(long ns) {
        for (Cpu cpu : cpus) {
            if (cpu.doing == Doing.HALT) {
                cpu.haltNs += ns;
            } else if (!runs(cpu)) {
                cpu.steal += ns;
            } else if (cpu.handling != null) {
                cpu.handlerLeft -= ns;
            } else {
                spend(cpu, ns);
            }
        }
        now += ns;
    }

    private static void spend(Cpu cpu, long ns) {
        switch (cpu.doing) {
            case COMPUTE -> {
                cpu.left -= ns;
                cpu.usefulNs += cpu.useful ? ns : 0;
                cpu.overheadNs += cpu.useful ? 0 : ns;
            }
            case SPIN -> {
                cpu.left -= ns;
                cpu.spinNs += ns;
            }
            case HOST -> cpu.left -= ns;
            case NOTHING, HALT, SHUTDOWN -> {
                // No time of the guest's own.
            }
        }
    }

    private void wakeUp() {
        for (Cpu cpu : cpus) {
            if (cpu.armed <= now) {
                cpu.armed = Long.MAX_VALUE;
                cpu.pending.add(cpu.alarm);
            }
        }
        while (!due.isEmpty() && due.peek().at <= now) {
            due.poll().run.run();
        }
    }

    long usefulNs(int vcpu) {
        return cpus[vcpu].usefulNs;
    }

    long overheadNs(int vcpu) {
        return cpus[vcpu].overheadNs;
    }

    long spinNs(int vcpu) {
        return cpus[vcpu].spinNs;
    }

    long haltNs(int vcpu) {
        return cpus[vcpu].haltNs;
    }

    /** Interrupts sent to it by other vCPUs. */
    int ipis(int vcpu) {
        return cpus[vcpu].ipis;
    }

    @Override
    public long now() {
        return now;
    }

    private Cpu tell(int vcpu, Doing doing, long left) {
        Cpu cpu = cpus[vcpu];
        if (cpu.doing != Doing.NOTHING) {
            throw new AssertionError("vCPU " + vcpu + " was told " + doing + " while it does " + cpu.doing);
        }
        cpu.doing = doing;
        cpu.left = left;
        cpu.released = false;
        return cpu;
    }

    @Override
    public void compute(int vcpu, long ns, Privilege privilege, boolean useful) {
        tell(vcpu, Doing.COMPUTE, ns).useful = useful;
    }

    @Override
    public void spin(int vcpu, long limitNs, Privilege privilege, Wait.Cause cause) {
        tell(vcpu, Doing.SPIN, limitNs);
    }

    @Override
    public void halt(int vcpu) {
        tell(vcpu, Doing.HALT, 0);
    }

    @Override
    public void exit(int vcpu, Family family, long hostNs) {
        tell(vcpu, Doing.HOST, hostNs);
    }

    @Override
    public void yieldTo(int vcpu, int target, Family family) {
        yields.add(new Yield(vcpu, target, now));
        tell(vcpu, Doing.HOST, YIELD_NS);
    }

    @Override
    public void shutdown(int vcpu) {
        tell(vcpu, Doing.SHUTDOWN, 0);
    }

    @Override
    public void release(int spinner, int culprit) {
        if (cpus[spinner].doing != Doing.SPIN) {
            throw new AssertionError("vCPU " + spinner + " does not spin");
        }
        cpus[spinner].released = true;
    }

    @Override
    public long takeOff(int vcpu) {
        Cpu cpu = cpus[vcpu];
        cpu.doing = Doing.NOTHING;
        return cpu.left;
    }

    @Override
    public long leftNs(int vcpu) {
        return cpus[vcpu].left;
    }

    @Override
    public void setLeftNs(int vcpu, long ns) {
        cpus[vcpu].left = ns;
    }

    @Override
    public void sendIpi(int sender, int receiver, int vector, long tag, int receivers) {
        cpus[receiver].ipis++;
        interrupt(receiver, vector, tag);
    }

    @Override
    public void interrupt(int vcpu, int vector, long tag) {
        cpus[vcpu].pending.add(new Interrupt(vector, tag));
    }

    @Override
    public void armTimer(int vcpu, long atNs, int vector, long tag) {
        cpus[vcpu].armed = Math.max(atNs, now);
        cpus[vcpu].alarm = new Interrupt(vector, tag);
    }

    @Override
    public void disarmTimer(int vcpu) {
        cpus[vcpu].armed = Long.MAX_VALUE;
    }

    @Override
    public void callAt(long atNs, Runnable device) {
        due.add(new Due(atNs, sequence++, device));
    }

    @Override
    public boolean preempted(int vcpu) {
        Cpu cpu = cpus[vcpu];
        return cpu.doing != Doing.HALT && !runs(cpu);
    }

    @Override
    public long stealNs(int vcpu) {
        return cpus[vcpu].steal;
    }

    @Override
    public boolean preferred(int vcpu) {
        return preferred.test(vcpu);
    }
}
