package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plescope.replay.contract.PolicyContract.Clause;
import plescope.replay.engine.CheckedSink;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.HostModel;
import plescope.replay.workload.Workload;

/** Each policy's test keeps the contract that policies from jars are checked by, too. A subclass names the setting. */
abstract class PolicyContract {
    static final long STARVATION_BOUND = plescope.replay.contract.PolicyContract.STARVATION_BOUND;

    /** Policy under test as written in a setting, without a scheduler. */
    abstract String policy();

    /** A kernel with EEVDF that the policy was made for. */
    String eevdf() {
        return "eevdf-6.12";
    }

    /** The policy under both kinds of scheduler where it runs on both, and with a group per VM. */
    List<String> settings() {
        List<String> settings = new ArrayList<>();
        plescope.replay.contract.PolicyContract.settings(policy(), eevdf())
                .forEach(setting -> settings.add(setting.toString()));
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

    /** Whether every pCPU may run every vCPU; a policy that says no gives the reason. */
    boolean usesEveryPcpu() {
        return true;
    }

    static Map<String, Workload> workloads() {
        return plescope.replay.contract.PolicyContract.workloads();
    }

    static CheckedSink run(String setting, Workload work, HostModel host) {
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary = HostSimulator.run(work, host, Setting.parse(setting), 3, sink);
        sink.check(work, summary);
        return sink;
    }

    @Test
    void theContractHolds() {
        for (String text : settings()) {
            Setting setting = Setting.parse(text);
            EnumSet<Clause> clauses = EnumSet.allOf(Clause.class);
            if (!fair(setting)) {
                clauses.remove(Clause.STARVES_NOBODY);
            }
            if (!sharesEvenly(setting)) {
                clauses.remove(Clause.SHARES_EVENLY);
            }
            if (!usesEveryPcpu()) {
                clauses.remove(Clause.LEAVES_NO_PCPU_IDLE);
            }
            assertThat(plescope.replay.contract.PolicyContract.check(setting, clauses))
                    .isEmpty();
        }
    }
}
