package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.RecordingWindows;
import plescope.replay.scenario.Scenario;
import plescope.replay.whatif.WhatIf;
import plescope.replay.whatif.WhatIfException;

/** Options of the commands that replay. */
final class ReplayOptions {
    private static final String SETTING = "setting";
    private static final String WINDOW = "window";

    private ReplayOptions() {}

    static Options addTo(Options options) {
        return EnsembleOptions.addTo(options.addOption(CommonOptions.value(
                        SETTING,
                        "WHAT-IF",
                        "replay this instead of the default list: a setting, changes, or both, such as"
                                + " 'eevdf-6.12+p2024; pcpus=4; pin=cyclic'; may be repeated"))
                .addOption(CommonOptions.value(
                        WINDOW,
                        "LENGTH",
                        "replay the recording in windows of about this length, such as 30s, one in memory at a time;"
                                + " by default all at once where Java's heap has " + RecordingWindows.BYTES_PER_ROW
                                + " bytes per row of it and as much again, else in windows that fit")));
    }

    static ReplayPlan plan(CommandLine line) {
        return new ReplayPlan(
                true,
                EnsembleOptions.recorded(line),
                asked(line),
                EnsembleOptions.plan(line),
                EnsembleOptions.jobs(line),
                windowNs(line));
    }

    private static long windowNs(CommandLine line) {
        if (!line.hasOption(WINDOW)) {
            return 0;
        }
        try {
            long windowNs = Scenario.duration(line.getOptionValue(WINDOW));
            if (windowNs >= RecordingWindows.SHORTEST_NS) {
                return windowNs;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--window: " + e.getMessage());
        }
        throw new UsageException("--window must be at least " + RecordingWindows.SHORTEST_NS / 1_000_000 + "ms");
    }

    private static List<WhatIf> asked(CommandLine line) {
        return line.hasOption(SETTING) ? whatIfs(line.getOptionValues(SETTING)) : List.of();
    }

    /** Reads what-ifs as users write them; a mistake is shown with a caret below it. */
    static List<WhatIf> whatIfs(String[] texts) {
        List<WhatIf> whatIfs = new ArrayList<>();
        for (String text : texts) {
            try {
                whatIfs.add(WhatIf.parse(text));
            } catch (WhatIfException e) {
                throw new UsageException(
                        e.getMessage() + "\n" + e.caret().indent(2).stripTrailing());
            }
        }
        return whatIfs;
    }
}
