package plescope.analysis.recording;

import plescope.replay.calibration.Identity;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinSampler;
import plescope.replay.whatif.Meter;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.workload.SampledWork;
import plescope.replay.workload.WorkloadExtractor;

/** Makes a recording of a schedule, wherever that is read from. */
public final class RecordingMaker {
    private static final long FINGERPRINT_SEED = 1;

    private final BoundedSink bound = BoundedSink.forThisMemory();
    private final WorkloadExtractor extractor = new WorkloadExtractor();
    private final Meter meter = new Meter();
    private final SpinSampler sampler = new SpinSampler();
    private final Setting recorded;
    private final GuestSymbols code;

    /**
     * A maker.
     *
     * @param recorded what the user says it was recorded under, null to take what it tells itself
     * @param code what is known of the guests' code
     */
    public RecordingMaker(Setting recorded, GuestSymbols code) {
        this.recorded = recorded;
        this.code = code;
    }

    /** Hears the schedule. */
    public ScheduleSink listener() {
        return bound.before(ScheduleSink.both(sampler, ScheduleSink.both(meter, extractor)));
    }

    /** The recording of everything heard; {@code found} is the host as calibrated. */
    public Recording make(String name, Roster roster, long spanNs, RecordedHost found) {
        Identity identity = Identity.of(extractor, roster, spanNs, found, recorded, FINGERPRINT_SEED);
        if (bound.pauseExits() == 0) {
            return sampled(name, roster, spanNs, identity.host());
        }
        return new Recording(
                name,
                roster,
                member -> extractor.extract(roster, spanNs, identity.locks(), member),
                identity.host(),
                meter.measures(roster, spanNs),
                SpinEvidence.PLE_EXITS);
    }

    /** Without PLE exits, host interrupts and IPIs tell what they can of spinning. */
    private Recording sampled(String name, Roster roster, long spanNs, RecordedHost host) {
        SampledWork work = new SampledWork(roster, sampler.samples(), code, extractor.extract(roster, spanNs));
        return new Recording(
                name,
                roster,
                work::draw,
                code.pleUnitPicos() > 0 ? host.withPleUnit(code.pleUnitPicos()) : host,
                meter.measures(roster, spanNs),
                work.known() ? SpinEvidence.SAMPLED : SpinEvidence.NONE,
                work.reason());
    }

    /** The host under the setting that the user names. */
    static RecordedHost under(RecordedHost found, Setting recorded) {
        return found.under(new RecordedSetting(recorded.toString(), Origin.RECORDED, false, "named by --recorded"));
    }
}
