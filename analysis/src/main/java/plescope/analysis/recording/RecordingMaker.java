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
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.Meter;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.whatif.SampledMeasures;
import plescope.replay.workload.SampledWork;
import plescope.replay.workload.WorkloadExtractor;

/** Makes a recording of a schedule, wherever that is read from. */
public final class RecordingMaker {
    private static final long FINGERPRINT_SEED = 1;

    private WorkloadExtractor extractor = new WorkloadExtractor();
    private Meter meter = new Meter();
    private SpinSampler sampler = new SpinSampler();
    private final GuestSymbols symbols;
    private final Setting recorded;
    private final long mostRows;
    private long fittedNs;

    /**
     * A maker.
     *
     * @param symbols what is known of the guests' code, by which samples are told where there are no PLE exits
     * @param recorded what the user says it was recorded under, null to take what it tells itself
     */
    public RecordingMaker(GuestSymbols symbols, Setting recorded) {
        this(symbols, recorded, BoundedSink.rowsThatFit());
    }

    /** The same for so many rows at most. */
    public RecordingMaker(GuestSymbols symbols, Setting recorded, long mostRows) {
        this.symbols = symbols;
        this.recorded = recorded;
        this.mostRows = mostRows;
    }

    /** Hears the schedule. @throws RecordingTooLongException with the first row that does not fit */
    public ScheduleSink listener() {
        return bounded((rows, timeNs) -> {
            throw new RecordingTooLongException(rows, timeNs);
        });
    }

    /** Hears the schedule as long as it fits; then forgets all of it. */
    public ScheduleSink listenerWhileItFits() {
        return bounded((rows, timeNs) -> {
            fittedNs = timeNs;
            extractor = null;
            meter = null;
            sampler = null;
        });
    }

    private ScheduleSink bounded(BoundedSink.Full full) {
        return new BoundedSink(mostRows, ScheduleSink.both(sampler, ScheduleSink.both(meter, extractor)), full);
    }

    /** Whether everything heard fitted. */
    public boolean fits() {
        return extractor != null;
    }

    /** How much of the schedule fitted where not all did. */
    public long fittedNs() {
        return fittedNs;
    }

    /** The recording of everything heard; {@code found} is the host as calibrated. */
    public Recording make(String name, Roster roster, long spanNs, RecordedHost found) {
        return make(name, roster, spanNs, found, sampler.sawPauseExits());
    }

    /**
     * The same of a part of a longer recording.
     *
     * @param pauseExits whether the whole has PLE exits: a part without any is one in which nobody spun for long
     */
    Recording make(String name, Roster roster, long spanNs, RecordedHost found, boolean pauseExits) {
        Identity identity = Identity.of(extractor, roster, spanNs, found, recorded, FINGERPRINT_SEED);
        Measures measured = meter.measures(roster, spanNs, extractor.workTime(roster));
        if (!pauseExits) {
            SampledWork work = new SampledWork(roster, sampler.samples(), symbols, extractor.extract(roster, spanNs));
            return sampled(name, work, identity.host(), roster, measured);
        }
        return new Recording(
                name,
                roster,
                member -> extractor.extract(roster, spanNs, identity.locks(), member),
                identity.host(),
                measured,
                SpinEvidence.PLE_EXITS);
    }

    private Recording sampled(String name, SampledWork work, RecordedHost host, Roster roster, Measures measured) {
        return new Recording(
                name,
                roster,
                work::draw,
                symbols.pleUnitPicos() > 0 ? host.withPleUnit(symbols.pleUnitPicos()) : host,
                SampledMeasures.of(measured, work.workShare()),
                work.known() ? SpinEvidence.SAMPLED : SpinEvidence.NONE,
                work.reason());
    }

    /** The host under the setting that the user names. */
    static RecordedHost under(RecordedHost found, Setting recorded) {
        return found.under(new RecordedSetting(recorded.toString(), Origin.RECORDED, false, "named by --recorded"));
    }
}
