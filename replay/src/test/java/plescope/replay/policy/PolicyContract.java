package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.CheckedSink;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.engine.Workloads;
import plescope.replay.model.HostModel;
import plescope.replay.workload.Workload;

/** What holds under every policy, on overcommitted and on roomy hosts. A subclass names the setting. */
abstract class PolicyContract {
    private static final long MS = 1_000_000;
    private static final long SPAN = 400 * MS;

    /** The longest a runnable vCPU may wait for a pCPU: eight vCPUs on two pCPUs take turns of at most 12 ms under CFS. */
    static final long STARVATION_BOUND = 150 * MS;

    /** Policy under test as written in a setting, without a scheduler. */
    abstract String policy();

    /** A kernel with EEVDF that the policy was made for. */
    String eevdf() {
        return "eevdf-6.12";
    }

    /** The policy under both kinds of scheduler where it runs on both, and with a group per VM. */
    List<String> settings() {
        List<String> settings =
                new ArrayList<>(List.of(eevdf() + "+" + policy() + "+cgroup-vm", eevdf() + "+" + policy()));
        if (Setting.parse(eevdf() + "+" + policy()).policies().stream()
                .noneMatch(chosen -> chosen.spec().eevdfOnly())) {
            settings.add("cfs-6.1+" + policy());
        }
        return settings;
    }

    /**
     * Whether under that setting no vCPU waits longer than the bound and equal VMs get like shares; a policy that says no gives
     * the reason.
     */
    boolean fair(Setting setting) {
        return true;
    }

    /** Whether equal VMs get like shares in the run the contract looks at; a policy that says no gives the reason. */
    boolean sharesEvenly(Setting setting) {
        return fair(setting);
    }

    /** pCPUs of the host that never idle while busy vCPUs outnumber them. */
    int busyPcpus() {
        return 2;
    }

    static Map<String, Workload> workloads() {
        Map<String, Workload> workloads = new LinkedHashMap<>();
        workloads.put("computing", Workloads.computing(2, 4, SPAN, SPAN));
        workloads.put("convoy", Workloads.convoy(2, 4, 5_000, 8_000, 40_000, SPAN));
        workloads.put("broadcast", Workloads.broadcast(2, 4, 5_000, 40_000, SPAN));
        workloads.put("halting pairs", Workloads.haltingPairs(2, 2, 5_000, 40_000, SPAN));
        workloads.put("random", Workloads.random(7, 2, 4, 200, SPAN));
        return workloads;
    }

    static CheckedSink run(String setting, Workload work, HostModel host) {
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary = HostSimulator.run(work, host, Setting.parse(setting), 3, sink);
        sink.check(work, summary);
        return sink;
    }

    @Test
    void workIsConservedAndNoRunnableVcpuStarves() {
        for (String setting : settings()) {
            workloads().forEach((name, work) -> {
                // The sink checks conservation, and that no vCPU is on two pCPUs nor two on one.
                CheckedSink sink = run(setting, work, Workloads.host(2));
                assertThat(sink.longestSteal())
                        .as(setting + ", " + name)
                        .isLessThan(fair(Setting.parse(setting)) ? STARVATION_BOUND : SPAN + 1);
            });
        }
    }

    @Test
    void noPcpuIdlesWhileBusyVcpusOutnumberPcpus() {
        // Eight vCPUs that never halt: no pCPU is idle after the first wake-up.
        Workload work = Workloads.computing(2, 4, SPAN, SPAN);
        for (String setting : settings()) {
            CheckedSink sink = run(setting, work, Workloads.host(2));
            assertThat(sink.onCpuNs()).as(setting).isGreaterThan(busyPcpus() * (SPAN - MS));
        }
    }

    /** Two equal VMs on a lock-bound load: neither gets more than two thirds of the guest time. */
    @Test
    void equalVmsShareTheHost() {
        Workload work = Workloads.convoy(2, 4, 100_000, 10_000, 10_000, SPAN);
        for (String setting : settings()) {
            SimulationSummary summary =
                    HostSimulator.run(work, Workloads.host(2), Setting.parse(setting), 3, new CheckedSink());
            long first = 0;
            long all = 0;
            for (int v = 0; v < 8; v++) {
                long guestNs = summary.vcpus().get(v).guestNs();
                all += guestNs;
                first += v < 4 ? guestNs : 0;
            }
            boolean evenly = sharesEvenly(Setting.parse(setting));
            assertThat(3 * first).as(setting).isBetween(evenly ? all : 0, evenly ? 2 * all : 3 * all);
        }
    }

    @Test
    void sameSeedGivesTheSameRows() {
        for (String setting : settings()) {
            workloads().forEach((name, work) -> assertThat(run(setting, work, Workloads.host(2)).rows)
                    .as(setting + ", " + name)
                    .isEqualTo(run(setting, work, Workloads.host(2)).rows));
        }
    }
}
