package plescope.replay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.guest.Instruction;
import plescope.replay.guest.LockSpec;
import plescope.replay.guest.Privilege;
import plescope.replay.guest.Span;
import plescope.replay.guest.TaskSpec;
import plescope.replay.guest.VmSpec;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.model.Topology;

/** What the words of the language mean. */
class ScenarioTest {
    /** A host of 16 pCPUs, two VMs pinned 1:1, each on its half, and one neighbour on all. */
    private static final String TEXT = """
            scenario "Two halves"; # comments run to the end of the line
            about "One half each," "and a neighbour.";
            source "nowhere";
            calibrated $think = 300us because "baseline of 18 400 ops/s";
            param $halves = 2 about "VMs with a half of their own";
            param pause = 300us;
            param kind = "ticket";
            host {
                pcpus 16; threads-per-core 2; pcpus-per-cache 8; hz 1000; apicv on;
                ple svm { window 6000; cycle 1.5ns; }
                halt-poll 0us;
                costs { exit 1us; cache-refill 10us; }
            }
            setting "cfs-5.6+p2019";
            pool right = 8-15;
            vm "db" x $halves {
                vcpus 8;
                pool ($copy * 8)-($copy * 8 + 7);
                pin 1:1;
                cgroup { shares 512; quota 50ms; }
                guest { hz 100; pv-tlb-flush on; cores 2; }
                lock zone $kind;
                lock inode mutex;
                channel mail holds 4;
                barrier phase of 3 spins;
                task "worker" x 2 on 0-3,7 {
                    repeat {
                        compute exp($think);
                        lock inode { lock zone { compute user 5us; } sleep 1ms; }
                        send mail; receive mail;
                        choose { 3: { shootdown; } 1: { call; io 5us then uniform(10us, 20us); } }
                        meet phase;
                        repeat 10 { count; }
                    }
                }
                task "late" { meet phase; }
            }
            vm "neighbour" { vcpus 1; pool right; task "spin" { repeat { compute user (2 * $think / 6 + 1us); } } }
            run 2s; warm-up 250ms; seeds 1-3,7;
            """;

    private final Scenario scenario = Scenario.parse("two-halves.scenario", TEXT);

    @Test
    void headIsRead() {
        assertThat(scenario.title()).isEqualTo("Two halves");
        assertThat(scenario.about()).isEqualTo("One half each, and a neighbour.");
        assertThat(scenario.source()).isEqualTo("nowhere");
        assertThat(scenario.calibrated())
                .containsExactly(new Calibration("think", "300us", "baseline of 18 400 ops/s"));
        assertThat(scenario.parameters())
                .containsExactly(
                        new ScenarioParameter("halves", "2", "VMs with a half of their own"),
                        new ScenarioParameter("pause", "300us", ""),
                        new ScenarioParameter("kind", "ticket", ""));
        assertThat(scenario.setting()).hasToString("cfs-5.6+p2019");
        assertThat(scenario.spanNs()).isEqualTo(2_000_000_000);
        assertThat(scenario.warmUpNs()).isEqualTo(250_000_000);
        assertThat(scenario.seeds()).containsExactly(1L, 2L, 3L, 7L);
    }

    @Test
    void hostIsReadAndTheRestHasItsDefault() {
        assertThat(scenario.arch()).isEqualTo(Arch.X86);
        assertThat(scenario.isa()).isEqualTo(Isa.SVM);
        // A node that is not named is the whole host.
        assertThat(scenario.host().topology()).isEqualTo(new Topology(16, 2, 8, 16));
        assertThat(scenario.host().hz()).isEqualTo(1000);
        // 1.5 ns are 1500 ps; grow, shrink and max are SVM's.
        assertThat(scenario.host().ple()).isEqualTo(new PleHardware(6000, 2, 0, 0xffff, 1_500));
        assertThat(scenario.host().kvm().apicv()).isTrue();
        assertThat(scenario.host().kvm().haltPollNs()).isZero();
        assertThat(scenario.host().costs().exitNs()).isEqualTo(1_000);
        assertThat(scenario.host().costs().cacheRefillNs()).isEqualTo(10_000);
        assertThat(scenario.host().costs().switchInNs()).isEqualTo(2_000);
    }

    @Test
    void copiesStandWhereTheirNumberPutsThem() {
        assertThat(scenario.vms()).extracting(VmSpec::name).containsExactly("db0", "db1", "neighbour");
        // vCPU 3 of db1 is the eleventh... 8 + 3 = 11th index, pinned to the fourth pCPU of 8-15.
        assertThat(scenario.host().allowedPcpus(3)).isEqualTo(CpuSet.of(3));
        assertThat(scenario.host().allowedPcpus(11)).isEqualTo(CpuSet.of(11));
        assertThat(scenario.host().allowedPcpus(16)).isEqualTo(CpuSet.range(8, 15));
        assertThat(scenario.host().cgroup(0)).isEqualTo(new Cgroup(512, 50_000_000, 100_000_000));
        assertThat(scenario.host().cgroup(2)).isEqualTo(Cgroup.DEFAULT);
    }

    @Test
    void rosterNamesThreadsAsQemuDoes() {
        Roster roster = scenario.roster();
        assertThat(roster.vcpus()).hasSize(17);
        assertThat(roster.label(11)).isEqualTo("db1/vcpu3");
        assertThat(roster.vcpus().get(11).comm()).isEqualTo("CPU 3/KVM");
        assertThat(roster.vcpus().stream().map(Roster.Vcpu::tid).distinct()).hasSize(17);
        assertThat(roster.vms().get(1).tgid()).isLessThan(roster.vcpus().get(8).tid());
    }

    @Test
    void guestIsRead() {
        VmSpec db = scenario.vms().get(0);
        assertThat(db.features().hz()).isEqualTo(100);
        assertThat(db.features().pvTlbFlush()).isTrue();
        assertThat(db.features().pvSpinlock()).isFalse();
        assertThat(db.features().virtualCores()).isEqualTo(2);
        assertThat(db.locks())
                .containsExactly(
                        new LockSpec("zone", LockSpec.Kind.TICKET), new LockSpec("inode", LockSpec.Kind.MUTEX));
        assertThat(db.channels()).containsExactly(new VmSpec.Channel("mail", 4));
        assertThat(db.barriers()).containsExactly(new VmSpec.Barrier("phase", 3, true));
    }

    @Test
    void programIsReadOneToOne() {
        TaskSpec worker = scenario.vms().get(0).tasks().get(0);
        assertThat(worker.count()).isEqualTo(2);
        assertThat(worker.affinity()).isEqualTo(CpuSet.parse("0-3,7"));
        var inner = new Instruction.Locked(0, List.of(new Instruction.Compute(new Span.Fixed(5_000), Privilege.USER)));
        assertThat(worker.program())
                .containsExactly(new Instruction.Repeat(
                        0,
                        List.of(
                                new Instruction.Compute(new Span.Exponential(300_000), Privilege.KERNEL),
                                new Instruction.Locked(
                                        1, List.of(inner, new Instruction.Sleep(new Span.Fixed(1_000_000)))),
                                new Instruction.Send(0),
                                new Instruction.Receive(0),
                                new Instruction.Choose(List.of(
                                        new Instruction.Branch(3, List.of(new Instruction.Shootdown())),
                                        new Instruction.Branch(
                                                1,
                                                List.of(
                                                        new Instruction.Call(),
                                                        new Instruction.Io(5_000, new Span.Uniform(10_000, 20_000)))))),
                                new Instruction.Meet(0),
                                new Instruction.Repeat(10, List.of(new Instruction.Count())))));
        // 2 * 300 us / 6 + 1 us
        assertThat(scenario.vms().get(2).tasks().get(0).program().get(0))
                .isEqualTo(new Instruction.Repeat(
                        0, List.of(new Instruction.Compute(new Span.Fixed(101_000), Privilege.USER))));
    }

    @Test
    void parametersTakeOtherValues() {
        Scenario other =
                Scenario.parse("t", TEXT, Map.of("halves", "1", "think", "0.9ms", "pause", "0.9ms", "kind", "queued"));
        assertThat(other.vms()).extracting(VmSpec::name).containsExactly("db0", "neighbour");
        assertThat(other.vms().get(0).locks().get(0).kind()).isEqualTo(LockSpec.Kind.QUEUED);
        // 2 * 900 us / 6 + 1 us
        assertThat(other.vms().get(1).tasks().get(0).program().get(0))
                .isEqualTo(new Instruction.Repeat(
                        0, List.of(new Instruction.Compute(new Span.Fixed(301_000), Privilege.USER))));
        assertThat(other.parameters().get(1).value()).isEqualTo("900us");
    }

    @Test
    void equalTextsAreEqualScenarios() {
        assertThat(Scenario.parse("a", TEXT)).isEqualTo(Scenario.parse("b", TEXT));
    }

    @Test
    void s390HasDiagnoseCallsInsteadOfPauseLoopExits() {
        Scenario z = Scenario.parse(
                "z", "scenario \"z\"; host { pcpus 2; arch s390; } vm \"a\" { vcpus 2; task \"t\" { count; } }");
        assertThat(z.arch()).isEqualTo(Arch.S390);
        assertThat(z.host().ple().window()).isZero();
        assertThat(z.host().hz()).isEqualTo(100);
        assertThat(z.vms().get(0).features().diag()).isTrue();
    }
}
