package plescope.analysis.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.guest.LiveGuests;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.Scenario;

/** The scenarios of {@code samples/scenarios}, which come along in the jar, and how they are run for figures. */
final class ScenarioLibrary implements Trials.Simulator, ReproductionTable.Calibrations {
    @Override
    public Map<String, VmTotals> run(Figure.Run run, long seed) {
        Scenario scenario = scenario(run.scenario(), run.set());
        Roster roster = scenario.roster();
        RunCounter counter = new RunCounter(roster, scenario.warmUpNs());
        LiveGuests guests = new LiveGuests(roster, scenario.vms(), seed, counter);
        SimulationSummary summary = HostSimulator.run(
                guests, scenario.host(), Setting.parse(run.setting()), scenario.spanNs(), seed, counter);
        return counter.totals(summary.elapsedNs());
    }

    @Override
    public String of(String name) {
        StringBuilder text = new StringBuilder();
        scenario(name, "").calibrated().forEach(fitted -> text.append(text.length() == 0 ? "" : "; ")
                .append(fitted.name())
                .append(" = ")
                .append(fitted.value())
                .append(", ")
                .append(fitted.because()));
        return text.toString();
    }

    /** Reads one; parameters are written {@code name=value}, joined by spaces. */
    static Scenario scenario(String name, String set) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : set.split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        String file = name + ".scenario";
        try (InputStream in = ScenarioLibrary.class.getResourceAsStream("scenarios/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no scenario is called '" + name + "'");
            }
            return Scenario.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
