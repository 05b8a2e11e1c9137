package plescope.analysis.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.calibration.YieldTally;
import plescope.replay.model.Origin;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.LengthCounts;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.Recording;
import plescope.replay.workload.text.Provenance;
import plescope.replay.workload.text.WorkloadFile;
import plescope.replay.workload.text.WorkloadFile.MeasuredValue;

/** Turns recordings into workload files and back. */
public final class RecordingText {
    private static final int HOST = -1;

    private RecordingText() {}

    /** One member of the recording's ensemble, as a file. */
    public static WorkloadFile file(SourcedRecording from, int member) {
        Recording recording = from.recording();
        RecordedSetting setting = recording.host().setting();
        Provenance provenance = new Provenance(
                recording.name(),
                from.producer(),
                from.kernel(),
                member,
                setting.setting(),
                setting.origin(),
                setting.assumed(),
                setting.reason(),
                recording.spin().name(),
                recording.spinReason());
        Measures measures = recording.measured();
        return new WorkloadFile(
                provenance,
                recording.host().model(),
                recording.work().draw(member),
                measures == null ? List.of() : values(measures),
                measures == null
                        ? List.of()
                        : measures.burstLengths().stream()
                                .map(LengthCounts::values)
                                .toList());
    }

    private static List<MeasuredValue> values(Measures measures) {
        List<MeasuredValue> values = new ArrayList<>();
        for (int vm = HOST; vm < measures.vms().size(); vm++) {
            Map<Measure, Double> of =
                    vm == HOST ? measures.host() : measures.vms().get(vm);
            for (Measure measure : Measure.values()) {
                if (of.containsKey(measure)) {
                    values.add(new MeasuredValue(vm, measure.label(), of.get(measure)));
                }
            }
        }
        return values;
    }

    /**
     * The recording that a file holds. Every member is the one that was extracted: what the log left open is decided in the file.
     *
     * @param recorded what it was recorded under, null to take what the file says
     * @throws IOException for a setting that makes no sense
     */
    static SourcedRecording sourced(String name, WorkloadFile file, Setting recorded) throws IOException {
        Provenance from = file.provenance();
        RecordedHost found = new RecordedHost(
                file.host(),
                new RecordedSetting(
                        setting(name, from.setting()), from.settingOrigin(), from.settingAssumed(), from.reason()),
                new YieldTally());
        Recording.SpinEvidence spin = evidence(from.spin());
        Recording recording = new Recording(
                name,
                file.work().roster(),
                member -> file.work(),
                recorded == null ? found : found.under(named(recorded)),
                measures(file),
                spin,
                from.spinReason().isEmpty() ? spin.usually() : from.spinReason());
        return new SourcedRecording(recording, from.producer(), from.kernel(), 0, null);
    }

    private static RecordedSetting named(Setting recorded) {
        return new RecordedSetting(recorded.toString(), Origin.RECORDED, false, "named by --recorded");
    }

    private static String setting(String name, String text) throws IOException {
        try {
            return Setting.parse(text).toString();
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": setting " + text + ": " + e.getMessage(), e);
        }
    }

    private static Recording.SpinEvidence evidence(String text) {
        for (Recording.SpinEvidence evidence : Recording.SpinEvidence.values()) {
            if (evidence.name().equals(text)) {
                return evidence;
            }
        }
        return Recording.SpinEvidence.NONE;
    }

    /** Null where the file says nothing; measures that this plescope does not know are left out. */
    private static Measures measures(WorkloadFile file) {
        if (file.measured().isEmpty()) {
            return null;
        }
        int count = file.work().roster().vms().size();
        Map<Measure, Double> host = new EnumMap<>(Measure.class);
        List<Map<Measure, Double>> vms = new ArrayList<>();
        for (int vm = 0; vm < count; vm++) {
            vms.add(new EnumMap<>(Measure.class));
        }
        for (MeasuredValue value : file.measured()) {
            Measure measure = Measure.find(value.name());
            if (measure != null) {
                (value.vm() < 0 ? host : vms.get(value.vm())).put(measure, value.value());
            }
        }
        List<LengthCounts> bursts = new ArrayList<>();
        for (int vm = 0; vm < count; vm++) {
            bursts.add(vm < file.bursts().size() ? LengthCounts.of(file.bursts().get(vm)) : LengthCounts.NONE);
        }
        return new Measures(vms, host, bursts);
    }
}
