package plescope.analysis.scoring;

import java.util.List;
import java.util.Map;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.Scenario;
import plescope.replay.scenario.Synthesis;
import plescope.replay.scenario.text.Dialect;
import plescope.replay.scenario.text.KernelEra;
import plescope.replay.scenario.text.Producer;

/**
 * One synthetic log to score inference on.
 *
 * @param name unique among the cases
 * @param scenario base name of a scenario of {@code samples/scenarios}
 * @param parameters of the scenario
 * @param setting what the host runs under, empty for the scenario's own
 * @param producer in whose words the log is written
 * @param kernel whose tracepoints it has, empty for those of the setting's scheduler
 * @param spanNs simulated time
 * @param use whether weights were fitted on it
 */
public record SyntheticCase(
        String name,
        String scenario,
        Map<String, String> parameters,
        String setting,
        Producer producer,
        String kernel,
        long spanNs,
        long seed,
        Use use) {
    private static final long FRESH_SEEDS = 1_000;

    public SyntheticCase {
        parameters = Map.copyOf(parameters);
    }

    /** What a case is for; figures of inference count on cases it was not fitted to. */
    public enum Use {
        /** Weights were fitted on it. */
        FIT,
        /** Not fitted to, but in sight when cut-offs were chosen. */
        TEST,
        /** Drawn up after all weights and cut-offs stood. */
        HOLDOUT
    }

    /** The same case with dice that no weight or cut-off was chosen with; {@code n} from 1. */
    SyntheticCase redrawn(int n) {
        return new SyntheticCase(
                name, scenario, parameters, setting, producer, kernel, spanNs, seed + FRESH_SEEDS * n, Use.HOLDOUT);
    }

    /** The run that leaves the log. */
    Synthesis synthesis() {
        return synthesis(setting);
    }

    /** The same guests, host and seed under another setting; empty for the scenario's own. */
    Synthesis synthesis(String other) {
        Scenario read = ScenarioFile.read(scenario, parameters);
        Setting under = other.isEmpty() ? read.setting() : Setting.parse(other);
        return new Synthesis(read, under, spanNs, seed);
    }

    /** In whose words its log is. */
    Dialect dialect(Synthesis synthesis) {
        Isa isa = synthesis.scenario().isa();
        KernelEra era = KernelEra.of(synthesis.setting().scheduler());
        for (KernelEra known : List.of(KernelEra.values())) {
            era = known.label().equals(kernel) ? known : era;
        }
        return new Dialect(producer, era, isa, true);
    }
}
