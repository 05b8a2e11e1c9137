package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.replay.whatif.WhatIf;

/** Options of the commands that replay. */
final class ReplayOptions {
    private static final String SETTING = "setting";

    private ReplayOptions() {}

    static Options addTo(Options options) {
        return EnsembleOptions.addTo(options.addOption(CommonOptions.value(
                SETTING,
                "WHATIF",
                "replay under this instead of the default list, such as eevdf-6.12+p2024; may be repeated")));
    }

    static ReplayPlan plan(CommandLine line) {
        return new ReplayPlan(
                true,
                EnsembleOptions.recorded(line),
                asked(line),
                EnsembleOptions.plan(line),
                EnsembleOptions.jobs(line));
    }

    private static List<WhatIf> asked(CommandLine line) {
        List<WhatIf> asked = new ArrayList<>();
        if (line.hasOption(SETTING)) {
            for (String text : line.getOptionValues(SETTING)) {
                asked.add(WhatIfs.parse(text));
            }
        }
        return asked;
    }
}
