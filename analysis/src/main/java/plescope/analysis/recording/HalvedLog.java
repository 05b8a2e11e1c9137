package plescope.analysis.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import plescope.parser.TraceReader;
import plescope.replay.calibration.HostCalibrator;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.Setting;
import plescope.replay.spin.SpinSummary;
import plescope.replay.whatif.Recording;
import plescope.replay.workload.ScheduleCut;

/**
 * Splits a log in time: what host work costs, how long a turn of a PAUSE loop takes and where vCPUs may run is measured in the first
 * half, the work and what it came to is the second half's.
 *
 * @param recorded what the log was recorded under, null to take what the log itself tells
 */
public record HalvedLog(LogReader logs, Setting recorded) {
    /** Reads a log three times: only then its middle is known, and what the first half alone tells of its spinning. */
    public Recording read(Path file) throws IOException {
        long spanNs;
        try (TraceReader reader = TraceReader.open(file, logs.options())) {
            spanNs = reader.read(event -> {}).spanNs();
        }
        SpinSummary firstHalf;
        try (TraceReader reader = TraceReader.open(file, logs.options())) {
            firstHalf =
                    logs.readUntil(reader, spanNs / 2, new SelectiveSink() {}).spin();
        }
        HostCalibrator calibrator = new HostCalibrator();
        RecordingMaker maker = new RecordingMaker(logs.symbols(), recorded);
        ScheduleSink halves = ScheduleSink.both(
                new ScheduleCut(0, spanNs / 2, calibrator), new ScheduleCut(spanNs / 2, spanNs, maker.listener()));
        try (TraceReader reader = TraceReader.open(file, logs.options())) {
            LogReading log = logs.read(reader, halves);
            RecordedHost found = RecordedHost.of(
                    log.summary(), firstHalf, calibrator, log.timeline().roster());
            RecordedHost host =
                    recorded == null ? logs.settle(log.on(found), List.of(file)).host() : found;
            return maker.make(file.toString(), log.timeline().roster(), spanNs - spanNs / 2, host);
        }
    }
}
