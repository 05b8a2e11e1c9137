package plescope.replay.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.engine.SimulationSummary.VcpuOutcome;
import plescope.replay.engine.Workloads;
import plescope.replay.engine.reference.SlowHost.Switch;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.Topology;
import plescope.replay.policy.Setting;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

/** Engine and reference must agree to the nanosecond on who ran when, and on what every guest got done. */
class ReferenceTest {
    private static final int CASES = 200;
    private static final long SPAN_NS = 60_000_000;

    /** A small host and what its guests do, drawn from a seed. */
    private record Case(Workload work, HostModel host, long seed) {
        static Case draw(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int pcpus = 1 + random.nextInt(4);
            int vms = 1 + random.nextInt(2);
            int vcpus = 2 + random.nextInt(4);
            Workload work = Steps.draw(random, vms, vcpus);
            List<CpuSet> allowed = new ArrayList<>();
            List<Integer> home = new ArrayList<>();
            for (int v = 0; v < vms * vcpus; v++) {
                int pcpu = random.nextInt(pcpus);
                home.add(pcpu);
                allowed.add(CpuSet.of(pcpu));
            }
            HostCosts costs = new HostCosts(
                    random.nextLong(2_000),
                    random.nextLong(30_000),
                    random.nextLong(4_000),
                    random.nextLong(4_000),
                    random.nextLong(3_000),
                    random.nextLong(3_000),
                    random.nextLong(4_000),
                    0,
                    0);
            PleHardware ple = new PleHardware(1_000 + random.nextInt(8_000), 2, 0, 1 << 20, 500 + random.nextInt(500));
            HostModel host = new HostModel(
                    Topology.flat(pcpus), allowed, home, 250, costs, ple, HostModel.Kvm.DEFAULT, List.of());
            return new Case(work, host, seed);
        }
    }

    /** Steps drawn one at a time over all vCPUs; each waits only for what was drawn before, so no waits close a ring. */
    private static final class Steps {
        private final SplittableRandom random;
        private final int vcpusPerVm;
        private final List<VcpuWork.Builder> work = new ArrayList<>();
        private final long[] offset;
        private final List<Integer> receivers = new ArrayList<>();
        private final List<List<Integer>> unhalted = new ArrayList<>();

        private Steps(SplittableRandom random, int vms, int vcpusPerVm) {
            this.random = random;
            this.vcpusPerVm = vcpusPerVm;
            this.offset = new long[vms * vcpusPerVm];
            for (int v = 0; v < offset.length; v++) {
                work.add(new VcpuWork.Builder());
                unhalted.add(new ArrayList<>());
            }
        }

        static Workload draw(SplittableRandom random, int vms, int vcpusPerVm) {
            Steps steps = new Steps(random, vms, vcpusPerVm);
            for (int i = 0; i < 40 * steps.offset.length; i++) {
                steps.add(random.nextInt(steps.offset.length));
            }
            Roster roster = Workloads.roster(vms, vcpusPerVm);
            List<VcpuWork> built =
                    steps.work.stream().map(VcpuWork.Builder::build).toList();
            int[] to = steps.receivers.stream().mapToInt(Integer::intValue).toArray();
            return new Workload(roster, built, to, SPAN_NS);
        }

        private void add(int vcpu) {
            int sibling = vcpu / vcpusPerVm * vcpusPerVm + random.nextInt(vcpusPerVm);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> compute(vcpu, 1 + random.nextLong(random.nextInt(5) == 0 ? 3_000_000 : 200_000));
                case 3, 4, 5 -> {
                    if (sibling != vcpu && offset[sibling] > 0) {
                        long awaited = 1 + random.nextLong(offset[sibling]);
                        work.get(vcpu).add(StepKind.SPIN_UNTIL_WORK, awaited, sibling);
                    }
                }
                case 6 -> shootDown(vcpu);
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

    /** Keeps context switches, in thread ids turned into vCPU indices. */
    private static final class Switches extends SelectiveSink {
        private final List<Switch> all = new ArrayList<>();

        @Override
        public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
            all.add(new Switch(timeNs, pcpu, index(prevTid), index(nextTid)));
        }

        private static int index(int tid) {
            return tid == 0 ? -1 : tid - 1000;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cfs-5.6+p2019", "eevdf-6.12+p2024"})
    void engineAndReferenceAgree(String setting) {
        long pauseExits = 0;
        long switches = 0;
        for (long seed = 1; seed <= CASES; seed++) {
            SlowHost slow = agree(Case.draw(seed), setting);
            switches += slow.switches.size();
            for (SlowVcpu vcpu : slow.vcpus) {
                pauseExits += vcpu.pauseExits;
            }
        }
        // Not all cases may be idle ones.
        assertThat(switches).isGreaterThan(20L * CASES);
        assertThat(pauseExits).isGreaterThan(20L * CASES);
    }

    private static SlowHost agree(Case drawn, String setting) {
        Switches fast = new Switches();
        SimulationSummary summary =
                HostSimulator.run(drawn.work(), drawn.host(), Setting.parse(setting), drawn.seed(), fast);
        SlowHost slow = new SlowHost(drawn.work(), drawn.host(), setting.startsWith("eevdf"), drawn.seed());
        slow.run();
        String where = setting + ", seed " + drawn.seed();
        for (int i = 0; i < Math.min(fast.all.size(), slow.switches.size()); i++) {
            assertThat(fast.all.get(i)).as("%s, switch %d", where, i).isEqualTo(slow.switches.get(i));
        }
        assertThat(fast.all).as(where).hasSameSizeAs(slow.switches);
        assertThat(summary.elapsedNs()).as(where).isEqualTo(slow.now);
        assertThat(summary.brokenEdges()).as(where).isZero();
        for (SlowVcpu vcpu : slow.vcpus) {
            VcpuOutcome expected =
                    new VcpuOutcome(vcpu.finished, vcpu.offset, vcpu.guestTime, vcpu.spinTime, vcpu.pauseExits);
            assertThat(summary.vcpus().get(vcpu.index)).as(where).isEqualTo(expected);
        }
        return slow;
    }

    /** The drawn cases do reach what they are for: overcommit, PAUSE exits, halts that block, all within one seed or another. */
    @Test
    void theReferenceRunsAloneToTheSpanOrTheFirstFinish() {
        Case drawn = Case.draw(3);
        SlowHost slow = new SlowHost(drawn.work(), drawn.host(), false, drawn.seed());
        slow.run();
        assertThat(slow.now).isPositive().isLessThanOrEqualTo(SPAN_NS);
    }
}
