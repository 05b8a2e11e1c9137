package plescope.analysis.recording;

import java.io.IOException;
import java.nio.file.Path;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.calibration.HostCalibrator;
import plescope.replay.calibration.Identity;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSummary;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;
import plescope.replay.whatif.Meter;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.workload.WorkloadExtractor;

/**
 * Reads what replays start from.
 *
 * @param options how strictly to read a log
 * @param threads who is who, where the user knows better than the log
 * @param symbols guest functions
 * @param recorded what the log was recorded under, null to take what the log itself tells
 */
public record RecordingReader(ReadOptions options, ThreadMap threads, GuestSymbols symbols, Setting recorded) {
    private static final long FINGERPRINT_SEED = 1;

    /** Reads a log file. */
    public Recording read(Path trace) throws IOException {
        try (TraceReader reader = TraceReader.open(trace, options)) {
            WorkloadExtractor extractor = new WorkloadExtractor();
            HostCalibrator calibrator = new HostCalibrator();
            Meter meter = new Meter();
            SpinDetector spin = new SpinDetector(
                    SpinOptions.DEFAULT, symbols, ScheduleSink.both(meter, ScheduleSink.both(extractor, calibrator)));
            TimelineBuilder timeline = new TimelineBuilder(threads, spin);
            ReadSummary summary = reader.read(timeline::accept);
            TimelineSummary rebuilt = timeline.finish();
            SpinSummary spun = spin.finish(rebuilt.roster());
            RecordedHost found = RecordedHost.of(summary, spun, calibrator, rebuilt.roster());
            Identity identity =
                    Identity.of(extractor, rebuilt.roster(), summary.spanNs(), found, recorded, FINGERPRINT_SEED);
            return new Recording(
                    trace.toString(),
                    rebuilt.roster(),
                    member -> extractor.extract(rebuilt.roster(), summary.spanNs(), identity.locks(), member),
                    identity.host(),
                    meter.measures(rebuilt.roster(), summary.spanNs()),
                    spun.pauseExits() > 0 ? SpinEvidence.PLE_EXITS : SpinEvidence.NONE);
        }
    }
}
