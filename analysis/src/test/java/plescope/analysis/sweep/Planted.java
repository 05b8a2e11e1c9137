package plescope.analysis.sweep;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import plescope.analysis.recording.RecordingSource;
import plescope.analysis.sweep.MeasuredReplay.Measured;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.calibration.YieldTally;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.whatif.WhatIf;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

/** A recording of one idle VM whose replays come to what the test says, plus noise that depends on the draw alone or also on the what-if. */
final class Planted {
    static final String IDENTITY = "cfs-6.1+p2019";
    static final Roster ROSTER = new Roster(
            List.of(new Roster.Vm(0, "vm0", 1, Roster.Grouping.TGID)),
            List.of(new Roster.Vcpu(0, 0, 0, 10, "CPU 0/KVM")),
            List.of(),
            1);

    final AtomicInteger replays = new AtomicInteger();

    private Planted() {}

    static Planted create() {
        return new Planted();
    }

    static RecordingSource source(double measuredThroughput) {
        return RecordingSource.of(recording(measuredThroughput));
    }

    static Recording recording(double measuredThroughput) {
        Workload work = new Workload(
                ROSTER, List.of(new VcpuWork.Builder().compute(1_000).build()), new int[0], 1_000_000);
        HostModel host = new HostModel(1, List.of(), 250, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
        RecordedHost recorded = new RecordedHost(
                host, new RecordedSetting(IDENTITY, Origin.RECORDED, false, "planted"), new YieldTally());
        return new Recording(
                "planted", ROSTER, member -> work, recorded, measures(measuredThroughput, 1), SpinEvidence.PLE_EXITS);
    }

    static Measures measures(double throughput, double fairness) {
        Map<Measure, Double> both = Map.of(Measure.THROUGHPUT, throughput, Measure.FAIRNESS, fairness);
        return new Measures(List.of(both), both, List.of());
    }

    /** A replay that took a millisecond. */
    static Measured replayed(double throughput, double fairness) {
        return new Measured(measures(throughput, fairness), 1_000_000);
    }

    /** Throughput by setting; fairness 1. */
    MeasuredReplay throughput(ToDoubleFunction<Setting> of) {
        return (experiment, seed) -> {
            replays.incrementAndGet();
            return replayed(of.applyAsDouble(experiment.setting()), 1);
        };
    }

    /** Noise of up to +-{@code size} that is another for every what-if and seed: nothing cancels in pairs. */
    static double luck(Setting setting, long seed, double size) {
        long mixed = (setting.toString().hashCode() * 31L + seed) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        mixed *= 0xD6E8FEB86659FD93L;
        return 1 + size * ((mixed >>> 11) * 0x1.0p-52 - 1);
    }

    /** Debooster's granularity in milliseconds, 0 where it is left to the kernel or Debooster is not there. */
    static double granMs(Setting setting) {
        return setting.policies().stream()
                        .filter(chosen -> chosen.name().equals("debooster"))
                        .mapToLong(chosen -> chosen.given().getOrDefault("gran", 0L))
                        .sum()
                / 1e6;
    }

    static WhatIf whatIf(String text) {
        Setting setting = Setting.parse(text.startsWith("+") ? IDENTITY + text : text);
        return new WhatIf(setting.toString(), List.of(to -> new Experiment(to.work(), to.host(), setting)));
    }
}
