package plescope.analysis.recording;

import plescope.parser.ReadSummary;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.spin.SpinSummary;
import plescope.replay.timeline.TimelineSummary;

/**
 * What one reading of a log found beside the schedule.
 *
 * @param host the machine, as far as the log shows it
 * @param storing what the reader should know of how its schedule was stored, null for nothing
 */
public record LogReading(
        ReadSummary summary, TimelineSummary timeline, SpinSummary spin, RecordedHost host, String storing) {
    /** The same reading with a host whose setting is settled. */
    public LogReading on(RecordedHost settled) {
        return new LogReading(summary, timeline, spin, settled, storing);
    }

    /** The same reading, stored. */
    public LogReading stored(String finding) {
        return new LogReading(summary, timeline, spin, host, finding);
    }
}
