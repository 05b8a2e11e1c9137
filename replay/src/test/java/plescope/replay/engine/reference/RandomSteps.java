package plescope.replay.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.engine.Workloads;
import plescope.replay.model.Roster;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;
import plescope.replay.workload.WorkloadLock.Discipline;

/** Steps drawn one at a time over all vCPUs; each waits only for what was drawn before, so no waits close a ring. */
final class RandomSteps {
    private final SplittableRandom random;
    private final int vcpusPerVm;
    private final List<VcpuWork.Builder> work = new ArrayList<>();
    private final long[] offset;
    private final List<Integer> receivers = new ArrayList<>();
    private final List<List<Integer>> unhalted = new ArrayList<>();

    private RandomSteps(SplittableRandom random, int vms, int vcpusPerVm) {
        this.random = random;
        this.vcpusPerVm = vcpusPerVm;
        this.offset = new long[vms * vcpusPerVm];
        for (int v = 0; v < offset.length; v++) {
            work.add(new VcpuWork.Builder());
            unhalted.add(new ArrayList<>());
        }
    }

    static Workload draw(SplittableRandom random, int vms, int vcpusPerVm) {
        RandomSteps steps = new RandomSteps(random, vms, vcpusPerVm);
        for (int i = 0; i < 40 * steps.offset.length; i++) {
            steps.add(random.nextInt(steps.offset.length));
        }
        Roster roster = Workloads.roster(vms, vcpusPerVm);
        List<VcpuWork> built = steps.work.stream().map(VcpuWork.Builder::build).toList();
        int[] to = steps.receivers.stream().mapToInt(Integer::intValue).toArray();
        List<WorkloadLock> locks = new ArrayList<>();
        for (int vm = 0; vm < vms; vm++) {
            locks.add(new WorkloadLock(vm, "fair", Discipline.FIFO));
            locks.add(new WorkloadLock(vm, "unfair", Discipline.BARGING));
        }
        return new Workload(roster, built, locks, to, SmallHost.SPAN_NS);
    }

    private void add(int vcpu) {
        int sibling = vcpu / vcpusPerVm * vcpusPerVm + random.nextInt(vcpusPerVm);
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> compute(vcpu, 1 + random.nextLong(random.nextInt(5) == 0 ? 3_000_000 : 200_000));
            case 3, 4, 5 -> {
                if (sibling != vcpu && offset[sibling] > 0) {
                    long awaited = 1 + random.nextLong(offset[sibling]);
                    work.get(vcpu).add(StepKind.SPIN_UNTIL_WORK, awaited, sibling);
                }
            }
            case 6 -> shootDown(vcpu);
            case 7, 8, 9 -> criticalSection(vcpu);
            default -> {
                if (!unhalted.get(vcpu).isEmpty()) {
                    int ipi = unhalted.get(vcpu).remove(0);
                    work.get(vcpu).add(StepKind.HALT_UNTIL_IPI, 0, ipi);
                }
            }
        }
    }

    private void compute(int vcpu, long ns) {
        work.get(vcpu).compute(ns);
        offset[vcpu] += ns;
    }

    /** Nobody waits for anything while holding a lock, and works between two takings: both simulators then agree who comes first. */
    private void criticalSection(int vcpu) {
        int lock = vcpu / vcpusPerVm * 2 + random.nextInt(2);
        work.get(vcpu).add(StepKind.ACQUIRE, random.nextInt(3), lock);
        compute(vcpu, 1 + random.nextLong(random.nextInt(4) == 0 ? 1_000_000 : 20_000));
        work.get(vcpu).add(StepKind.RELEASE, 0, lock);
        compute(vcpu, 1 + random.nextLong(20_000));
    }

    private void shootDown(int vcpu) {
        int first = receivers.size();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int receiver = vcpu / vcpusPerVm * vcpusPerVm + random.nextInt(vcpusPerVm);
            work.get(vcpu).add(StepKind.SEND_IPI, 0, receivers.size());
            unhalted.get(receiver).add(receivers.size());
            receivers.add(receiver);
        }
        if (random.nextBoolean()) {
            work.get(vcpu).add(StepKind.SPIN_UNTIL_ACKED, count, first);
        }
    }
}
