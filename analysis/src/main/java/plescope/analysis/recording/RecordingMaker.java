package plescope.analysis.recording;

import plescope.replay.calibration.Identity;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Meter;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.workload.WorkloadExtractor;

/** Makes a recording of a schedule, wherever that is read from. Memory grows with the schedule, up to a stated bound. */
public final class RecordingMaker {
    private static final long FINGERPRINT_SEED = 1;

    private final BoundedSink bound = BoundedSink.forThisMemory();
    private final WorkloadExtractor extractor = new WorkloadExtractor();
    private final Meter meter = new Meter();
    private final Setting recorded;

    /** A maker; {@code recorded} is what the user says it was recorded under, null to take what it tells itself. */
    public RecordingMaker(Setting recorded) {
        this.recorded = recorded;
    }

    /** Hears the schedule; throws {@link RecordingTooLongException} where it does not fit into memory. */
    public ScheduleSink listener() {
        return bound.before(ScheduleSink.both(meter, extractor));
    }

    /** The recording of everything heard; {@code found} is the host as calibrated. */
    public Recording make(String name, Roster roster, long spanNs, RecordedHost found) {
        Identity identity = Identity.of(extractor, roster, spanNs, found, recorded, FINGERPRINT_SEED);
        return new Recording(
                name,
                roster,
                member -> extractor.extract(roster, spanNs, identity.locks(), member),
                identity.host(),
                meter.measures(roster, spanNs),
                bound.pauseExits() > 0 ? SpinEvidence.PLE_EXITS : SpinEvidence.NONE);
    }

    /** The host under the setting that the user names. */
    static RecordedHost under(RecordedHost found, Setting recorded) {
        return found.under(new RecordedSetting(recorded.toString(), Origin.RECORDED, false, "named by --recorded"));
    }
}
