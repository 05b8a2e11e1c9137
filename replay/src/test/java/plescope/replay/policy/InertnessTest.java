package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plescope.replay.engine.CheckedSink;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.Workloads;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.Topology;
import plescope.replay.policy.PolicySpec.Role;
import plescope.replay.workload.Workload;

/** Where each vCPU has a pCPU to itself there is nobody to yield to: policies change no row of the schedule. */
class InertnessTest {
    private static final long SPAN = 100_000_000;
    private static final String SCHEDULER = "eevdf-7.1";

    /** Policies that act on such a host, too, and why. */
    private static final Map<String, String> ACTIVE = Map.of(
            "p2009", "a spinner sleeps whether or not anybody wants its pCPU",
            "plain-yield", "the exit schedules, though it finds the same thread",
            "no-ple", "there are no exits at all",
            "micro-slice", "a reserved pCPU is taken from the machine",
            "adaptive-ple-window", "the window itself changes, and with it the exits");

    private static final Map<String, List<Object>> BASELINES = new HashMap<>();

    static Stream<String> inertPolicies() {
        return PolicyCatalog.list().stream()
                .filter(spec -> spec.role() != Role.BOUND && !ACTIVE.containsKey(spec.name()))
                .map(PolicySpec::name);
    }

    private static Map<String, Workload> workloads() {
        return Map.of(
                "convoy", Workloads.convoy(2, 3, 5_000, 8_000, 40_000, SPAN),
                "broadcast", Workloads.broadcast(2, 3, 5_000, 40_000, SPAN),
                "halting pairs", Workloads.haltingPairs(2, 2, 5_000, 40_000, SPAN));
    }

    private static List<Object> rows(String setting, Workload work) {
        List<CpuSet> pins = new ArrayList<>();
        for (int v = 0; v < work.vcpuCount(); v++) {
            pins.add(CpuSet.of(v));
        }
        HostModel host = Workloads.host(work.vcpuCount()).on(Topology.flat(work.vcpuCount()), pins);
        CheckedSink sink = new CheckedSink();
        HostSimulator.run(work, host, Setting.parse(setting), 5, sink);
        return sink.rows;
    }

    private static List<Object> baseline(String name, Workload work) {
        return BASELINES.computeIfAbsent(name, any -> rows(SCHEDULER, work));
    }

    @ParameterizedTest
    @MethodSource("inertPolicies")
    void everyYieldPolicyIsInertOnAMatchedHost(String policy) {
        workloads().forEach((name, work) -> assertThat(
                        rows(SCHEDULER + "+" + policy, work).equals(baseline(name, work)))
                .as(name)
                .isTrue());
    }

    /** The same rows mean something: there are PAUSE exits, and a policy that acts shows. */
    @Test
    void theMatchedHostSpins() {
        Workload convoy = workloads().get("convoy");
        assertThat(rows(SCHEDULER + "+no-ple", convoy)).isNotEqualTo(baseline("convoy", convoy));
    }
}
