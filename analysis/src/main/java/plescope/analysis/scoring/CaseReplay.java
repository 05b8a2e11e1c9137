package plescope.analysis.scoring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import plescope.analysis.file.TemporaryFolder;
import plescope.analysis.recording.RecordingReader;
import plescope.parser.ReadOptions;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.guest.GuestOutcome;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.Synthesis;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.Recording;
import plescope.replay.workload.Workload;

/**
 * What a replay of a synthetic log under another setting predicts, against the same guests simulated under it. Predicted is useful
 * guest work per second as a multiple of the identity replay's; true is operations as a multiple of those in the logged run.
 *
 * @param setting the other one
 * @param vm VMs that count operations, one row each
 */
public record CaseReplay(SyntheticCase one, String setting, String vm, double predicted, double truly) {
    private static final long SEED = 1;

    /** Distance on a scale where twice and half are as far from right. */
    public double lnError() {
        return Math.abs(Math.log(predicted / truly));
    }

    /** Whether prediction and truth lie on the same side of no change. */
    public boolean sameSign() {
        return (predicted >= 1) == (truly >= 1);
    }

    /**
     * What a case is asked where nothing else is: PLE off under its own scheduler, and the other scheduler's era of directed yields.
     */
    public static List<String> questions(SyntheticCase one) {
        Setting logged = one.synthesis().setting();
        Setting other = Setting.parse(logged.scheduler().eevdf() ? "cfs-6.1" : "eevdf-6.12");
        List<Setting.Chosen> off = Setting.parse("no-ple").policies();
        return List.of(
                new Setting(logged.scheduler(), logged.layout(), off).toString(),
                new Setting(other.scheduler(), logged.layout(), other.policies()).toString());
    }

    /** Replays the case's log under each setting, and simulates its guests under it. */
    public static List<CaseReplay> of(SyntheticCase one, List<String> settings) {
        Synthesis logged = one.synthesis();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Synthesis.Result was = write(one, logged, log);
        Recording recording = read(log.toByteArray(), logged.setting());
        Workload work = recording.work().draw(0);
        SimulationSummary identity = run(work, recording, logged.setting());
        List<CaseReplay> rows = new ArrayList<>();
        for (String setting : settings) {
            Synthesis.Result is = write(one, one.synthesis(setting), new ByteArrayOutputStream());
            SimulationSummary other = run(work, recording, Setting.parse(setting));
            for (int vm = 0; vm < was.guests().size(); vm++) {
                GuestOutcome before = was.guests().get(vm);
                double truly = (double) is.guests().get(vm).operations() / before.operations();
                int found = found(recording.roster(), logged.scenario().roster(), vm);
                if (found >= 0 && before.operations() > 0) {
                    double predicted =
                            rate(other, recording.roster(), found) / rate(identity, recording.roster(), found);
                    rows.add(new CaseReplay(one, setting, before.vm(), predicted, truly));
                }
            }
        }
        return rows;
    }

    private static Synthesis.Result write(SyntheticCase one, Synthesis synthesis, ByteArrayOutputStream log) {
        return synthesis.write(
                one.dialect(synthesis), (text, length) -> log.write(text, 0, length), row -> {}, Long.MAX_VALUE);
    }

    private static Recording read(byte[] log, Setting setting) {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path file = Files.write(folder.file("trace.txt"), log);
            return new RecordingReader(ReadOptions.LENIENT, ThreadMap.EMPTY, GuestSymbols.NONE, setting).read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be kept aside", e);
        }
    }

    private static SimulationSummary run(Workload work, Recording recording, Setting setting) {
        return new Experiment(work, recording.host().model(), setting).run(SEED, new SelectiveSink() {});
    }

    /** The log's number of a scenario's VM: that of its first thread. */
    private static int found(Roster log, Roster scenario, int vm) {
        for (Roster.Vcpu truly : scenario.vcpus()) {
            for (Roster.Vcpu vcpu : log.vcpus()) {
                if (truly.vm() == vm && vcpu.tid() == truly.tid()) {
                    return vcpu.vm();
                }
            }
        }
        return -1;
    }

    private static double rate(SimulationSummary summary, Roster roster, int vm) {
        long work = 0;
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            work += vcpu.vm() == vm ? summary.vcpus().get(vcpu.index()).workNs() : 0;
        }
        return (double) work / summary.elapsedNs();
    }
}
