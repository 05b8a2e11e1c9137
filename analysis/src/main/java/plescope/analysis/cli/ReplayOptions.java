package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.WhatIf;
import plescope.replay.whatif.WhatIfException;

/** Options of the commands that replay. */
final class ReplayOptions {
    private static final String SETTING = "setting";
    private static final String RECORDED = "recorded";
    private static final String SEED = "seed";
    private static final String JOBS = "jobs";

    private ReplayOptions() {}

    static Options addTo(Options options) {
        return options.addOption(CommonOptions.value(
                        SETTING,
                        "WHAT-IF",
                        "replay this instead of the default list: a setting, changes, or both, such as"
                                + " 'eevdf-6.12+p2024; pcpus=4; pin=cyclic'; may be repeated"))
                .addOption(CommonOptions.value(
                        RECORDED, "SETTING", "what the log was recorded under, where you know better than the log"))
                .addOption(CommonOptions.value(SEED, "N", "seed of the replays, default 1"))
                .addOption(CommonOptions.value(
                        "j",
                        JOBS,
                        "N",
                        "replays at a time, default one per processor; the answer does not depend on it"));
    }

    static ReplayPlan plan(CommandLine line) {
        Setting recorded = line.hasOption(RECORDED) ? setting(line.getOptionValue(RECORDED)) : null;
        return new ReplayPlan(
                true,
                recorded,
                asked(line),
                seed(line),
                CommonOptions.count(line, JOBS, Runtime.getRuntime().availableProcessors()));
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

    private static Setting setting(String text) {
        try {
            return Setting.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static long seed(CommandLine line) {
        String text = line.getOptionValue(SEED, "1");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--seed must be a whole number, was '" + text + "'");
        }
    }
}
