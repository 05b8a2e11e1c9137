package plescope.replay.scenario;

import java.nio.charset.StandardCharsets;

/** Fuzz target: any text as a scenario, which is read or refused with its reason. */
public final class ScenarioFuzz {
    private ScenarioFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) {
        try {
            Scenario.parse("fuzz.scenario", new String(text, StandardCharsets.UTF_8));
        } catch (ScenarioException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
