package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.replay.whatif.WhatIf;
import plescope.replay.whatif.WhatIfException;

/** Options of the commands that replay. */
final class ReplayOptions {
    private static final String SETTING = "setting";

    private ReplayOptions() {}

    static Options addTo(Options options) {
        return WindowOption.addTo(EnsembleOptions.addTo(options.addOption(CommonOptions.value(
                SETTING,
                "WHAT-IF",
                "replay this instead of the default list: a setting, changes, or both, such as"
                        + " 'eevdf-6.12+p2024; pcpus=4; pin=cyclic'; may be repeated"))));
    }

    static ReplayPlan plan(CommandLine line) {
        return new ReplayPlan(
                true,
                EnsembleOptions.recorded(line),
                asked(line),
                EnsembleOptions.plan(line),
                EnsembleOptions.jobs(line),
                WindowOption.of(line));
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
