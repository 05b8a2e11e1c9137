package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.store.Run;
import plescope.analysis.store.TraceDatabase;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.model.HostModel;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.whatif.EnsemblePlan;
import plescope.replay.whatif.LengthCounts;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.whatif.WhatIf;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

final class ReplaysTest {
    private static final List<WhatIf> ASKED = Stream.of(
                    "cfs-6.1+p2019+debooster", "eevdf-6.12+p2024", "cfs-6.1+no-ple", "dedicated", "waitfor-oracle")
            .map(WhatIf::parse)
            .toList();

    /** Two VMs of two vCPUs on one pCPU; vCPU 1 of each spins until vCPU 0 has done its round, 200 rounds of 50 + 20 us. */
    private static Workload convoys() {
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        List<VcpuWork> work = new ArrayList<>();
        for (int v = 0; v < 4; v++) {
            vcpus.add(new Roster.Vcpu(v, v / 2, v % 2, 100 + v, "CPU"));
            VcpuWork.Builder steps = new VcpuWork.Builder();
            for (long round = 1; round <= 200; round++) {
                steps.compute(50_000);
                if (v % 2 == 1) {
                    steps.add(StepKind.SPIN_UNTIL_WORK, round * 70_000, v - 1);
                }
                steps.compute(20_000);
            }
            work.add(steps.build());
        }
        List<Roster.Vm> vms = List.of(
                new Roster.Vm(0, "a", 90, Roster.Grouping.TGID), new Roster.Vm(1, "b", 95, Roster.Grouping.TGID));
        return new Workload(new Roster(vms, vcpus, List.of(), 1), work, new int[0], 60_000_000);
    }

    private static List<String> answers(int threads) {
        Workload work = convoys();
        HostModel host =
                new HostModel(1, List.of(), 250, HostModel.HostCosts.DEFAULT, HostModel.PleHardware.VMX_DEFAULT);
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            RecordedSetting setting = new RecordedSetting("cfs-6.1+p2019", Origin.RECORDED, false, "");
            RecordedHost recorded = new RecordedHost(host, setting, null);
            Measures measured =
                    new Measures(List.of(Map.of(), Map.of()), Map.of(), List.of(LengthCounts.NONE, LengthCounts.NONE));
            Recording recording =
                    new Recording("convoys", work.roster(), member -> work, recorded, measured, SpinEvidence.PLE_EXITS);
            List<Run> runs = new Replays(recording, new EnsemblePlan(1, 2, 42), threads).store(ASKED, 1, database);
            assertThat(runs.stream().map(Run::role))
                    .containsExactly(
                            Run.Role.IDENTITY,
                            Run.Role.POLICY,
                            Run.Role.POLICY,
                            Run.Role.POLICY,
                            Run.Role.BOUND,
                            Run.Role.ORACLE);
            database.facts().roster(work.roster());
            database.commit();
            ReportRunner runner = new ReportRunner(database);
            ReportWriter writer = new ReportWriter(Terminal.UNLIMITED_WIDTH);
            List<String> answers = new ArrayList<>();
            for (String table : List.of(
                    "vcpu_interval",
                    "vm_exit",
                    "exit_reason",
                    "spin_episode",
                    "directed_yield",
                    "wait",
                    "run",
                    "prediction",
                    "run_metric")) {
                // Without ORDER BY: the stored order itself must not depend on the threads.
                answers.add(writer.write(runner.sql("FROM " + table), ReportFormat.CSV));
            }
            answers.add(writer.write(runner.run(ReportName.WHAT_IF, Map.of()), ReportFormat.CSV));
            return answers;
        }
    }

    @Test
    void oneThreadAndThreeStoreTheSameBytes() {
        List<String> alone = answers(1);
        assertThat(alone).allSatisfy(csv -> assertThat(csv.lines().count()).isGreaterThan(2));
        assertThat(answers(3)).isEqualTo(alone);
    }
}
