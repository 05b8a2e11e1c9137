package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
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
    private static final long STARVATION_BOUND = 150 * MS;

    /** Setting under test; the contract runs it as it is. */
    abstract String setting();

    private static Map<String, Workload> workloads() {
        Map<String, Workload> workloads = new LinkedHashMap<>();
        workloads.put("computing", Workloads.computing(2, 4, SPAN, SPAN));
        workloads.put("convoy", Workloads.convoy(2, 4, 5_000, 8_000, 40_000, SPAN));
        workloads.put("broadcast", Workloads.broadcast(2, 4, 5_000, 40_000, SPAN));
        workloads.put("halting pairs", Workloads.haltingPairs(2, 2, 5_000, 40_000, SPAN));
        workloads.put("random", Workloads.random(7, 2, 4, 200, SPAN));
        return workloads;
    }

    private CheckedSink run(Workload work, HostModel host) {
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary = HostSimulator.run(work, host, Setting.parse(setting()), 3, sink);
        sink.check(work, summary);
        return sink;
    }

    @Test
    void workIsConservedAndNoVcpuIsOnTwoPcpus() {
        workloads()
                .forEach((name, work) ->
                        assertThat(run(work, Workloads.host(2)).rows).as(name).isNotEmpty());
    }

    @Test
    void noRunnableVcpuStarves() {
        workloads()
                .forEach((name, work) -> assertThat(run(work, Workloads.host(2)).longestSteal())
                        .as(name)
                        .isLessThan(STARVATION_BOUND));
    }

    @Test
    void noPcpuIdlesWhileBusyVcpusOutnumberPcpus() {
        // Eight vCPUs that never halt: the two pCPUs are never idle after the first wake-up.
        Workload work = Workloads.computing(2, 4, SPAN, SPAN);
        CheckedSink sink = run(work, Workloads.host(2));
        long pcpus = Setting.parse(setting())
                .createPolicy()
                .host(Workloads.host(2), 8)
                .pcpus();
        assertThat(sink.onCpuNs()).isGreaterThan(pcpus * (SPAN - MS));
    }

    @Test
    void sameSeedGivesTheSameRows() {
        workloads().forEach((name, work) -> assertThat(run(work, Workloads.host(2)).rows)
                .as(name)
                .isEqualTo(run(work, Workloads.host(2)).rows));
    }
}
