package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

/**
 * Two VMs of four vCPUs on two pCPUs. The first queues for one FIFO lock, so that one preempted holder stops all; the second
 * flushes its siblings' TLBs by IPI and waits for their answers, and idles now and then until a timer rings.
 *
 * <p>Equal seeds give equal work. Every wait's cause and culprit are known: inference is held against them.
 *
 * @param seed of all durations
 * @param spanNs simulated time
 */
public record ConvoyScenario(long seed, long spanNs) {
    private static final int VCPUS = 4;
    private static final int[] FIRST_TID = {1871, 2254};

    private static final long LOCK_HELD_NS = 40_000;
    private static final long BETWEEN_LOCKS_NS = 300_000;
    private static final long BETWEEN_FLUSHES_NS = 900_000;

    /** Guest time between two ICR writes of one flush. */
    private static final long BETWEEN_SENDS_NS = 300;

    private static final long SEND_EXIT_NS = 2_000;
    private static final int FLUSHES_PER_IDLE = 5;
    private static final long TIMER_PERIOD_NS = 24_000_000;

    /** Kernel 6.12 with its own directed yields, as the text's dialect says. */
    public static Setting setting() {
        return Setting.parse("eevdf-6.12+p2024");
    }

    /** SVM's pause filter on a CPU whose PAUSE loop takes 20 ns a turn: 60 us per base window. */
    public static HostModel host() {
        return new HostModel(2, List.of(), 250, HostCosts.DEFAULT, PleHardware.SVM_DEFAULT);
    }

    /** Runs the scenario; same arguments, same schedule. */
    public SimulationSummary run(ScheduleSink out) {
        return HostSimulator.run(workload(), host(), setting(), seed, out);
    }

    /** What the guests have to do: more than the span has time for. */
    public Workload workload() {
        SplittableRandom random = new SplittableRandom(seed);
        List<VcpuWork> work = new ArrayList<>(lockers(random.split()));
        List<Integer> receivers = new ArrayList<>();
        for (int number = 0; number < VCPUS; number++) {
            work.add(flusher(number, random.split(), receivers));
        }
        return new Workload(
                roster(), work, receivers.stream().mapToInt(Integer::intValue).toArray(), spanNs);
    }

    private static Roster roster() {
        List<Roster.Vm> vms = new ArrayList<>();
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        for (int vm = 0; vm < FIRST_TID.length; vm++) {
            vms.add(new Roster.Vm(vm, "vm" + vm, -1, Roster.Grouping.INFERRED));
            for (int number = 0; number < VCPUS; number++) {
                vcpus.add(new Roster.Vcpu(
                        vm * VCPUS + number, vm, number, FIRST_TID[vm] + number, "CPU " + number + "/KVM"));
            }
        }
        return new Roster(vms, vcpus, List.of(), host().pcpus());
    }

    /** The lock goes round in the order of the vCPUs' numbers; whoever comes early spins until its predecessor is through. */
    private List<VcpuWork> lockers(SplittableRandom random) {
        VcpuWork.Builder[] steps = new VcpuWork.Builder[VCPUS];
        long[] done = new long[VCPUS];
        for (int v = 0; v < VCPUS; v++) {
            steps[v] = new VcpuWork.Builder();
        }
        boolean first = true;
        while (done[0] <= spanNs || done[VCPUS - 1] <= spanNs) {
            for (int v = 0; v < VCPUS; v++) {
                int predecessor = (v + VCPUS - 1) % VCPUS;
                long think = about(BETWEEN_LOCKS_NS, random);
                long held = about(LOCK_HELD_NS, random);
                steps[v].compute(think);
                if (!first) {
                    steps[v].add(StepKind.SPIN_UNTIL_WORK, done[predecessor], predecessor);
                }
                first = false;
                steps[v].compute(held);
                done[v] += think + held;
            }
        }
        List<VcpuWork> work = new ArrayList<>();
        for (VcpuWork.Builder each : steps) {
            work.add(each.build());
        }
        return work;
    }

    private VcpuWork flusher(int number, SplittableRandom random, List<Integer> receivers) {
        VcpuWork.Builder steps = new VcpuWork.Builder();
        long done = 0;
        long timer = number * TIMER_PERIOD_NS / VCPUS;
        for (int flushes = 1; done <= spanNs; flushes++) {
            long think = about(BETWEEN_FLUSHES_NS, random);
            steps.compute(think);
            int firstIpi = receivers.size();
            for (int other = 0; other < VCPUS; other++) {
                if (other != number) {
                    steps.add(StepKind.HOST, SEND_EXIT_NS, Family.MSR.ordinal())
                            .add(StepKind.SEND_IPI, 0, receivers.size())
                            .compute(BETWEEN_SENDS_NS);
                    receivers.add(VCPUS + other);
                }
            }
            steps.add(StepKind.SPIN_UNTIL_ACKED, receivers.size() - firstIpi, firstIpi);
            done += think + (VCPUS - 1) * BETWEEN_SENDS_NS;
            if (flushes % FLUSHES_PER_IDLE == 0) {
                timer += TIMER_PERIOD_NS;
                steps.add(StepKind.HALT_UNTIL_TIME, timer, -1);
            }
        }
        return steps.build();
    }

    /** Between half and one and a half times the mean. */
    private static long about(long meanNs, SplittableRandom random) {
        return meanNs / 2 + random.nextLong(meanNs + 1);
    }
}
