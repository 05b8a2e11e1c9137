package plescope.replay.testing;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.Eoi;
import plescope.parser.event.ExitReason;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;

/**
 * The events of a host of any size, for measuring what they cost and what they leave behind: every VM has as many vCPUs, twice as many
 * as there are pCPUs, which run a few guest runs per slice. A third of the runs end in a PAUSE exit, some in an IPI to a sibling.
 *
 * <p>Knows nothing of scheduling or locks: what {@code HostSimulator} would make of 10^5 vCPUs would take too long.
 */
public final class BusyHost {
    private static final int FIRST_TID = 10_000;
    private static final int RUNS_PER_SLICE = 4;
    private static final int VECTOR = 0xfb;
    private static final long RUN_NS = 20_000;
    private static final long LOCK_RIP = 0xffffffff81000100L;

    private final int vms;
    private final int vcpusPerVm;
    private final int[] runsOn;
    private final SplittableRandom random;
    private final Consumer<? super TraceEvent> out;
    private long line;
    private long nowNs;
    private int next;

    /** @param out receives the events */
    public BusyHost(int vms, int vcpusPerVm, long seed, Consumer<? super TraceEvent> out) {
        this.vms = vms;
        this.vcpusPerVm = vcpusPerVm;
        this.runsOn = new int[Math.max(1, vms * vcpusPerVm / 2)];
        this.random = new SplittableRandom(seed);
        this.out = out;
    }

    /** Says which thread belongs to which process; without it, VMs have to be guessed. */
    public BusyHost named() {
        for (int v = 0; v < vms * vcpusPerVm; v++) {
            int vm = v / vcpusPerVm;
            out.accept(new ThreadNamed(nowNs, 0, tid(v), ++line, tid(v), tid(vm * vcpusPerVm) - 1, comm(v)));
        }
        return this;
    }

    /** At least so many events more. */
    public void run(long events) {
        long until = line + events;
        while (line < until) {
            for (int pcpu = 0; pcpu < runsOn.length && line < until; pcpu++) {
                slice(pcpu);
            }
        }
    }

    /** A vCPU of this dense index, in order of creation. */
    public static String comm(int vcpu) {
        return "CPU " + vcpu + "/KVM";
    }

    private int tid(int vcpu) {
        return FIRST_TID + vcpu + vcpu / vcpusPerVm * 3;
    }

    private void slice(int pcpu) {
        int prev = runsOn[pcpu] - 1;
        int vcpu = next;
        next = (next + 1) % (vms * vcpusPerVm);
        runsOn[pcpu] = vcpu + 1;
        int prevTid = prev < 0 ? 0 : tid(prev);
        tick(1_000);
        emit(new SchedSwitch(nowNs, pcpu, prevTid, ++line, prevTid, 120, TaskState.PREEMPTED, tid(vcpu), 120));
        for (int run = 0; run < RUNS_PER_SLICE; run++) {
            run(pcpu, vcpu);
        }
    }

    private void run(int pcpu, int vcpu) {
        int tid = tid(vcpu);
        int number = vcpu % vcpusPerVm;
        if (random.nextInt(8) == 0) {
            emit(new InjectedVirq(nowNs, pcpu, tid, ++line, VECTOR, false, false));
        }
        emit(new KvmEntry(nowNs, pcpu, tid, ++line, number, LOCK_RIP));
        tick(RUN_NS);
        int kind = random.nextInt(12);
        if (kind < 4) {
            exit(pcpu, vcpu, TraceBuilder.PAUSE, LOCK_RIP);
        } else if (kind < 5) {
            exit(pcpu, vcpu, TraceBuilder.MSR, LOCK_RIP + 0x1000);
            int to = random.nextInt(vcpusPerVm);
            emit(new ApicIpi(nowNs, pcpu, tid, ++line, to, VECTOR, DeliveryMode.FIXED, false, ApicIpi.Shorthand.NONE));
        } else if (kind < 6) {
            exit(pcpu, vcpu, TraceBuilder.MSR, LOCK_RIP + 0x2000);
            emit(new Eoi(nowNs, pcpu, tid, ++line, number, VECTOR));
        } else {
            exit(pcpu, vcpu, TraceBuilder.INTERRUPT, random.nextInt(4) == 0 ? LOCK_RIP + 8 : LOCK_RIP + 0x3000);
        }
        tick(500);
    }

    private void exit(int pcpu, int vcpu, ExitReason reason, long rip) {
        emit(new KvmExit(nowNs, pcpu, tid(vcpu), ++line, vcpu % vcpusPerVm, reason, rip));
    }

    private void tick(long meanNs) {
        // All pCPUs at once: each advances the clock by its share.
        nowNs += 1 + random.nextLong(2 * meanNs) / runsOn.length;
    }

    private void emit(TraceEvent event) {
        out.accept(event);
    }
}
