package plescope.analysis.cli;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.RecordingWindows;
import plescope.analysis.recording.Windowing;
import plescope.replay.scenario.Scenario;

/** {@code --window}, of the commands that replay in windows what is too long for the memory there is. */
final class WindowOption {
    private static final String WINDOW = "window";

    private WindowOption() {}

    static Options addTo(Options options) {
        return options.addOption(CommonOptions.value(
                WINDOW,
                "LENGTH",
                "replay the recording in windows of about this length, such as 30s, one in memory at a time;"
                        + " by default all at once where Java's heap has " + RecordingWindows.BYTES_PER_ROW
                        + " bytes per row of it and as much again, else in windows that fit"));
    }

    static Windowing of(CommandLine line) {
        if (!line.hasOption(WINDOW)) {
            return Windowing.of(0);
        }
        try {
            long windowNs = Scenario.duration(line.getOptionValue(WINDOW));
            if (windowNs >= RecordingWindows.SHORTEST_NS) {
                return Windowing.of(windowNs);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--window: " + e.getMessage());
        }
        throw new UsageException("--window must be at least " + RecordingWindows.SHORTEST_NS / 1_000_000 + "ms");
    }
}
