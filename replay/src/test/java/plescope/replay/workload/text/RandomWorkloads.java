package plescope.replay.workload.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.SchedulerTuning;
import plescope.replay.model.Topology;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;

/** Workloads of no meaning that use everything a workload file can say. */
final class RandomWorkloads {
    private static final String LETTERS = "abz 0/\\#\n\t\u007f\u2028é\"";

    private final SplittableRandom random;

    RandomWorkloads(long seed) {
        random = new SplittableRandom(seed);
    }

    WorkloadFile file() {
        int vms = 1 + random.nextInt(3);
        List<Roster.Vm> vmList = new ArrayList<>();
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        for (int vm = 0; vm < vms; vm++) {
            vmList.add(new Roster.Vm(vm, name(), random.nextInt(-1, 99), pick(Roster.Grouping.values())));
        }
        for (int v = 0; v < vms * 2; v++) {
            vcpus.add(new Roster.Vcpu(v, v % vms, v, 100 + v, name()));
        }
        List<Roster.HostThread> threads = new ArrayList<>();
        for (int t = random.nextInt(3); t > 0; t--) {
            threads.add(new Roster.HostThread(random.nextInt(1000), random.nextInt(-1, 1000), name()));
        }
        List<WorkloadLock> locks = new ArrayList<>();
        for (int vm = 0; vm < vms; vm++) {
            locks.add(new WorkloadLock(vm, name(), pick(WorkloadLock.Discipline.values())));
        }
        int[] receivers = new int[random.nextInt(1, 9)];
        for (int i = 0; i < receivers.length; i++) {
            receivers[i] = random.nextInt(vcpus.size());
        }
        List<VcpuWork> work = new ArrayList<>();
        for (Roster.Vcpu vcpu : vcpus) {
            work.add(steps(vcpu, vcpus.size(), receivers.length));
        }
        Roster roster = new Roster(vmList, vcpus, threads, random.nextInt(1, 9));
        return new WorkloadFile(
                provenance(),
                host(vcpus.size(), vms),
                new Workload(roster, work, locks, receivers, large()),
                measured(vms),
                bursts(vms));
    }

    private VcpuWork steps(Roster.Vcpu vcpu, int vcpus, int ipis) {
        VcpuWork.Builder steps = new VcpuWork.Builder();
        for (int i = random.nextInt(30); i > 0; i--) {
            StepKind kind = pick(StepKind.values());
            switch (kind) {
                case COMPUTE, SPIN_FOR -> steps.add(kind, large(), -1);
                case SPIN_UNTIL_WORK -> steps.add(kind, large(), random.nextInt(vcpus));
                case ACQUIRE -> steps.add(kind, random.nextInt(3), vcpu.vm());
                case RELEASE -> steps.add(kind, 0, vcpu.vm());
                case SPIN_UNTIL_ACKED -> {
                    int first = random.nextInt(ipis);
                    steps.add(kind, random.nextInt(1, ipis - first + 1), first);
                }
                case SEND_IPI, HALT_UNTIL_IPI -> steps.add(kind, 0, random.nextInt(ipis));
                case HOST -> steps.add(kind, large(), random.nextInt(Family.values().length));
                case HALT_FOR -> steps.add(kind, large(), -1);
                case HALT_UNTIL_TIME -> steps.add(kind, random.nextInt(4) == 0 ? Long.MAX_VALUE : large(), -1);
            }
        }
        return steps.build().inUser(random.nextInt(1001));
    }

    private Provenance provenance() {
        return new Provenance(
                name(),
                name(),
                name(),
                random.nextInt(9),
                "cfs-6.1+p2019",
                Origin.RECORDED,
                false,
                name(),
                "PLE_EXITS",
                name());
    }

    HostModel host(int vcpus, int vms) {
        List<CpuSet> allowed = new ArrayList<>();
        List<Integer> home = new ArrayList<>();
        for (int v = random.nextInt(vcpus + 1); v > 0; v--) {
            allowed.add(CpuSet.range(random.nextInt(4), random.nextInt(6)));
            home.add(random.nextInt(-1, 8));
        }
        List<HostModel.Cgroup> groups = new ArrayList<>();
        for (int vm = random.nextInt(vms + 1); vm > 0; vm--) {
            groups.add(new HostModel.Cgroup(random.nextInt(2, 9999), random.nextBoolean() ? -1 : 5_000_000, 7_000_000));
        }
        return new HostModel(
                new Topology(8, 2, 4, 8),
                allowed,
                home,
                random.nextInt(10, 10_000),
                new HostModel.HostCosts(
                        large(), large(), large(), large(), large(), large(), large(), large(), large()),
                new HostModel.PleHardware(
                        random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(), large()),
                new HostModel.Kvm(random.nextBoolean(), large(), random.nextInt(), large(), random.nextInt()),
                groups,
                tuning(),
                noise(),
                random.nextInt(-1, 100_000));
    }

    private List<HostModel.OsNoise> noise() {
        List<HostModel.OsNoise> noise = new ArrayList<>();
        for (int pcpu = random.nextInt(4); pcpu > 0; pcpu--) {
            boolean quiet = random.nextInt(3) == 0;
            noise.add(
                    quiet
                            ? HostModel.OsNoise.NONE
                            : new HostModel.OsNoise(random.nextLong(1, 1_000_000_000L), random.nextLong(1, 9_999)));
        }
        return noise;
    }

    private SchedulerTuning tuning() {
        SchedulerTuning tuning = SchedulerTuning.DEFAULT;
        for (int i = random.nextInt(4); i > 0; i--) {
            tuning = tuning.with("FEATURE_" + i, random.nextBoolean()).with("file" + i + "_ns", large());
        }
        return tuning;
    }

    private List<WorkloadFile.MeasuredValue> measured(int vms) {
        List<WorkloadFile.MeasuredValue> measured = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            double value = random.nextInt(5) == 0 ? Double.NaN : random.nextDouble() * 1e6;
            measured.add(new WorkloadFile.MeasuredValue(random.nextInt(-1, vms), "throughput", value));
        }
        return measured;
    }

    private List<int[]> bursts(int vms) {
        List<int[]> bursts = new ArrayList<>();
        for (int vm = 0; vm < vms; vm++) {
            bursts.add(random.ints(random.nextInt(20), 0, 9).sorted().toArray());
        }
        return random.nextBoolean() ? bursts : List.of();
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    private long large() {
        return random.nextLong() >>> random.nextInt(1, 64);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
