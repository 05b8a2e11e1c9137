package plescope.analysis.scoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import plescope.replay.scenario.Scenario;

/** The scenarios of {@code samples/scenarios}, which come along in the jar, and some of plain contention that are only for scoring. */
final class ScenarioFile {
    private static final String LIBRARY = "/plescope/analysis/reproduce/scenarios/";
    private static final String OWN = "scenarios/";

    private ScenarioFile() {}

    static Scenario read(String name, Map<String, String> parameters) {
        String file = name + ".scenario";
        boolean own = ScenarioFile.class.getResource(OWN + file) != null;
        try (InputStream in = ScenarioFile.class.getResourceAsStream((own ? OWN : LIBRARY) + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no scenario is called '" + name + "'");
            }
            return Scenario.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
