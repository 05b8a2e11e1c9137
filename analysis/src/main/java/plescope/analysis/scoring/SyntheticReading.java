package plescope.analysis.scoring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.calibration.HostCalibrator;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.scenario.Synthesis;
import plescope.replay.scenario.text.TruthRow;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSummary;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadExtractor;

/**
 * What reading a synthetic log made of it, beside the truth that the log does not show.
 *
 * @param truth rows whose times are those of the trace's clock
 * @param schedule the simulated one, whose times are from its own 0
 * @param firstNs the trace's clock at time 0 of what was found
 * @param host what the log says of its machine
 */
record SyntheticReading(
        Synthesis synthesis,
        Synthesis.Result outcome,
        List<TruthRow> truth,
        TrueSchedule schedule,
        long firstNs,
        Roster roster,
        FoundWaits found,
        Workload work,
        RecordedHost host) {
    /** Runs the case and reads its log. */
    static SyntheticReading of(SyntheticCase one) {
        Synthesis synthesis = one.synthesis();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        List<TruthRow> truth = new ArrayList<>();
        TrueSchedule schedule = new TrueSchedule(synthesis.scenario().roster());
        Synthesis.Result outcome = synthesis.write(
                one.dialect(synthesis),
                (text, length) -> log.write(text, 0, length),
                truth::add,
                Long.MAX_VALUE,
                schedule);
        try (TraceReader reader =
                TraceReader.open(new ByteArrayInputStream(log.toByteArray()), one.name(), ReadOptions.LENIENT)) {
            FoundWaits found = new FoundWaits();
            WorkloadExtractor extractor = new WorkloadExtractor();
            HostCalibrator calibrator = new HostCalibrator();
            SpinDetector detector = new SpinDetector(
                    SpinOptions.DEFAULT,
                    GuestSymbols.NONE,
                    ScheduleSink.both(found, ScheduleSink.both(extractor, calibrator)));
            TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, detector);
            ReadSummary read = reader.read(timeline::accept);
            TimelineSummary rebuilt = timeline.finish();
            SpinSummary spun = detector.finish(rebuilt.roster());
            Workload work = extractor.extract(rebuilt.roster(), read.spanNs());
            RecordedHost host = RecordedHost.of(read, spun, calibrator, rebuilt.roster());
            return new SyntheticReading(
                    synthesis, outcome, truth, schedule, read.firstTimestampNs(), rebuilt.roster(), found, work, host);
        } catch (IOException e) {
            throw new IllegalStateException("a log in memory cannot fail to be read", e);
        }
    }

    /** The scenario's vCPU that the log's is: their threads have the same ids in both. */
    Roster.Vcpu truly(int found) {
        int tid = roster.vcpus().get(found).tid();
        for (Roster.Vcpu vcpu : synthesis.scenario().roster().vcpus()) {
            if (vcpu.tid() == tid) {
                return vcpu;
            }
        }
        throw new IllegalStateException("thread " + tid + " is no vCPU of the scenario");
    }

    /** The log's vCPU that is the scenario's VM and vCPU number, -1 where the log never shows it. */
    int found(String vm, int number) {
        Roster whole = synthesis.scenario().roster();
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            Roster.Vcpu truly = truly(vcpu.index());
            if (truly.number() == number && whole.vms().get(truly.vm()).name().equals(vm)) {
                return vcpu.index();
            }
        }
        return -1;
    }
}
