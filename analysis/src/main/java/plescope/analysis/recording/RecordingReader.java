package plescope.analysis.recording;

import java.io.IOException;
import java.nio.file.Path;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.calibration.HostCalibrator;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.calibration.SchedulerFingerprint;
import plescope.replay.model.Origin;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSampler;
import plescope.replay.spin.SpinSummary;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.workload.SampledWork;
import plescope.replay.workload.Workload;
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
            SpinDetector spin =
                    new SpinDetector(SpinOptions.DEFAULT, symbols, ScheduleSink.both(extractor, calibrator));
            SpinSampler sampler = new SpinSampler(spin);
            TimelineBuilder timeline = new TimelineBuilder(threads, sampler);
            ReadSummary summary = reader.read(timeline::accept);
            TimelineSummary rebuilt = timeline.finish();
            SpinSummary spun = spin.finish(rebuilt.roster());
            Workload work = extractor.extract(rebuilt.roster(), summary.spanNs());
            RecordedHost found = RecordedHost.of(summary, spun, calibrator, rebuilt.roster());
            if (spun.pauseExits() > 0) {
                return new Recording(
                        trace.toString(),
                        rebuilt.roster(),
                        member -> work,
                        host(found, work),
                        null,
                        SpinEvidence.PLE_EXITS);
            }
            SampledWork sampled = new SampledWork(rebuilt.roster(), sampler.samples(), symbols, work);
            return new Recording(
                    trace.toString(),
                    rebuilt.roster(),
                    sampled::draw,
                    symbols.pleUnitPicos() > 0
                            ? host(found, work).withPleUnit(symbols.pleUnitPicos())
                            : host(found, work),
                    null,
                    sampled.known() ? SpinEvidence.SAMPLED : SpinEvidence.NONE,
                    sampled.reason());
        }
    }

    private RecordedHost host(RecordedHost found, Workload work) {
        return recorded == null
                ? SchedulerFingerprint.settle(found, work, FINGERPRINT_SEED)
                : found.under(new RecordedSetting(recorded.toString(), Origin.RECORDED, false, "named by --recorded"));
    }
}
