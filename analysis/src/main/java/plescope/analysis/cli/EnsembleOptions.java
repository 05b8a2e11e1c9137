package plescope.analysis.cli;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.EnsemblePlan;

/** Options of commands that replay in many trials. */
final class EnsembleOptions {
    private static final String RECORDED = "recorded";
    private static final String MEMBERS = "members";
    private static final String SEEDS = "seeds";
    private static final String SEED = "seed";
    private static final String JOBS = "jobs";

    private EnsembleOptions() {}

    static Options addTo(Options options) {
        return options.addOption(CommonOptions.value(
                        RECORDED, "SETTING", "what the log was recorded under, where you know better than the log"))
                .addOption(CommonOptions.value(
                        MEMBERS,
                        "N",
                        "readings of what the log leaves open, default " + EnsemblePlan.DEFAULT.members()))
                .addOption(CommonOptions.value(
                        SEEDS, "N", "replays of each reading, default " + EnsemblePlan.DEFAULT.seeds()))
                .addOption(CommonOptions.value(SEED, "N", "first seed, default " + EnsemblePlan.DEFAULT.firstSeed()))
                .addOption(CommonOptions.value(
                        "j",
                        JOBS,
                        "N",
                        "replays at a time, default one per processor; the answer does not depend on it"));
    }

    static EnsemblePlan plan(CommandLine line) {
        return new EnsemblePlan(
                CommonOptions.count(line, MEMBERS, EnsemblePlan.DEFAULT.members()),
                CommonOptions.count(line, SEEDS, EnsemblePlan.DEFAULT.seeds()),
                seed(line));
    }

    /** Runs of a synthetic case: its own, and one with other dice unless the user says otherwise. */
    static int runs(CommandLine line) {
        return CommonOptions.count(line, SEEDS, 2);
    }

    static int jobs(CommandLine line) {
        return CommonOptions.count(line, JOBS, Runtime.getRuntime().availableProcessors());
    }

    /** Null where the log itself is to tell. */
    static Setting recorded(CommandLine line) {
        return line.hasOption(RECORDED) ? setting(line.getOptionValue(RECORDED)) : null;
    }

    static Setting setting(String text) {
        try {
            return Setting.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static long seed(CommandLine line) {
        String text = line.getOptionValue(SEED, Long.toString(EnsemblePlan.DEFAULT.firstSeed()));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--seed must be a whole number, was '" + text + "'");
        }
    }
}
