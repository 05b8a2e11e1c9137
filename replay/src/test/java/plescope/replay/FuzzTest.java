package plescope.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plescope.fuzz.BriefRun;
import plescope.replay.policy.SettingFuzz;
import plescope.replay.scenario.ScenarioFuzz;
import plescope.replay.spin.GuestSymbolsFuzz;
import plescope.replay.whatif.WhatIfFuzz;
import plescope.replay.workload.text.WorkloadFuzz;

/** The fuzz targets over their kept inputs, and a little beyond; a hang ends with the timeout. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class FuzzTest {
    private static final int RUNS = 2000;

    private static void run(Class<?> type, BriefRun.Target target) throws IOException {
        Path module = Path.of(System.getProperty("plescope.root"), "replay");
        BriefRun.of(module, type.getName(), target, RUNS);
    }

    @Test
    void scenariosAreReadOrRefused() throws IOException {
        run(ScenarioFuzz.class, ScenarioFuzz::fuzzerTestOneInput);
    }

    @Test
    void whatIfsAreReadAsTheyPrint() throws IOException {
        run(WhatIfFuzz.class, WhatIfFuzz::fuzzerTestOneInput);
    }

    @Test
    void settingsAreReadAsTheyPrint() throws IOException {
        run(SettingFuzz.class, SettingFuzz::fuzzerTestOneInput);
    }

    @Test
    void symbolFilesAreReadOrRefused() throws IOException {
        run(GuestSymbolsFuzz.class, GuestSymbolsFuzz::fuzzerTestOneInput);
    }

    @Test
    void workloadFilesAreReadAsTheyAreWritten() throws IOException {
        run(WorkloadFuzz.class, WorkloadFuzz::fuzzerTestOneInput);
    }
}
