package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.replay.policy.Setting;

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
                        "SETTING",
                        "replay under this instead of the default list, such as eevdf-6.12+p2024; may be repeated"))
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

    private static List<Setting> asked(CommandLine line) {
        List<Setting> settings = new ArrayList<>();
        if (line.hasOption(SETTING)) {
            for (String text : line.getOptionValues(SETTING)) {
                settings.add(setting(text));
            }
        }
        return settings;
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
