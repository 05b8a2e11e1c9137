package plescope.replay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.text.Dialect;
import plescope.replay.scenario.text.KernelEra;
import plescope.replay.scenario.text.Producer;
import plescope.replay.scenario.text.TextSink;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.LockQueues;
import plescope.replay.spin.SampledSpin;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinPlace;
import plescope.replay.spin.SpinSampler;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.workload.SampledWork;
import plescope.replay.workload.WorkloadExtractor;
import plescope.replay.workload.WorkloadLock.Discipline;

/** Logs of scenarios without PLE, sampled: the truth is known and hidden. */
class SampledSpinTest {
    private static final Dialect DIALECT = new Dialect(Producer.PERF, KernelEra.V6_1, Isa.SVM, false);
    private static final long SPAN_NS = 1_000_000_000;

    /** All code that waits for locks in the made-up guests, whatever their kind. */
    private static final GuestSymbols CODE = GuestSymbols.NONE.withSpinCode(
            List.of(new SpinPlace.Range("*", 0xffff_ffff_8110_29a0L, 0xffff_ffff_8110_52ffL, SpinPlace.Kind.LOCK, 0)));

    /** What sampling found, beside what was. */
    private record Sampled(Scenario scenario, SimulationSummary truth, SampledWork work) {
        double trueShare(int vm) {
            long spun = 0;
            long ran = 0;
            for (Roster.Vcpu vcpu : scenario.roster().vcpus()) {
                spun += vcpu.vm() == vm ? truth.vcpus().get(vcpu.index()).spinNs() : 0;
                ran += vcpu.vm() == vm ? truth.vcpus().get(vcpu.index()).guestNs() : 0;
            }
            return (double) spun / ran;
        }

        void assertCovered(int vm) {
            SampledSpin found = work.spins().get(vm);
            assertThat(found.lock().low()).isLessThanOrEqualTo(trueShare(vm) + TIMER_HANDLERS);
            assertThat(found.lock().high()).isGreaterThanOrEqualTo(trueShare(vm) - TIMER_HANDLERS);
        }

        /** Work per second of VM 0 under {@code setting}, over that under no-ple. */
        double predicted(String setting) {
            return rate(setting) / rate("cfs-6.1+no-ple");
        }

        private double rate(String setting) {
            SimulationSummary replay =
                    HostSimulator.run(work.draw(0), scenario.host(), Setting.parse(setting), 3, new SelectiveSink() {});
            return (double) workOf(replay, scenario.roster(), 0) / replay.elapsedNs();
        }

        private static final double TIMER_HANDLERS = 0.005;
    }

    private static long workOf(SimulationSummary run, Roster roster, int vm) {
        return roster.vcpusOf(vm).stream()
                .mapToLong(vcpu -> run.vcpus().get(vcpu).workNs())
                .sum();
    }

    private static Scenario scenario(String lock, String pause, String section) {
        return Scenario.parse("sampled", """
                scenario "Two VMs at a lock each";
                about "Overcommitted, without pause-loop exits.";
                host { pcpus 2; ple svm; }
                setting "cfs-6.1+no-ple";
                vm "locker" x 2 {
                    vcpus 4;
                    lock turn %s;
                    task "worker" x 4 { repeat { compute %s; lock turn { compute %s; } count; } }
                }
                run 1s;
                """.formatted(lock, pause, section));
    }

    private static Sampled sample(Scenario scenario) throws IOException {
        List<String> lines = new ArrayList<>();
        SimulationSummary truth = new Synthesis(scenario, scenario.setting(), SPAN_NS, 7)
                .write(DIALECT, TextSink.lines(lines::add), row -> {}, Long.MAX_VALUE)
                .host();
        byte[] text = String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8);
        SpinSampler sampler = new SpinSampler();
        WorkloadExtractor extractor = new WorkloadExtractor();
        SpinDetector detector =
                new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, ScheduleSink.both(sampler, extractor));
        TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, detector);
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(text), "sampled", ReadOptions.LENIENT)) {
            ReadSummary read = reader.read(timeline::accept);
            Roster roster = timeline.finish().roster();
            detector.finish(roster);
            return new Sampled(
                    scenario,
                    truth,
                    new SampledWork(roster, sampler.samples(), CODE, extractor.extract(roster, read.spanNs())));
        }
    }

    /** The same scenario simulated with PLE, over it simulated without; before a convoy has formed nothing can be compared. */
    private static double truly(Scenario scenario) throws IOException {
        return laterWork(scenario, "cfs-6.1+p2019") / laterWork(scenario, "cfs-6.1+no-ple");
    }

    /** Equal seeds begin alike: what the longer run has more. */
    private static double laterWork(Scenario scenario, String setting) throws IOException {
        return wholeWork(scenario, setting, SPAN_NS) - wholeWork(scenario, setting, SPAN_NS / 8);
    }

    private static double wholeWork(Scenario scenario, String setting, long spanNs) throws IOException {
        SimulationSummary run = new Synthesis(scenario, Setting.parse(setting), spanNs, 7)
                .write(DIALECT, (text, length) -> {}, row -> {}, Long.MAX_VALUE)
                .host();
        return workOf(run, scenario.roster(), 0);
    }

    @Test
    void aTicketConvoyIsToldWithItsShareAndWhatPleMakesOfIt() throws IOException {
        Sampled sampled = sample(scenario("ticket", "exp(4us)", "1us"));
        sampled.assertCovered(0);
        sampled.assertCovered(1);
        assertThat(sampled.work().spins().get(0).queues().verdict()).isEqualTo(LockQueues.Verdict.FIFO);
        double truth = truly(sampled.scenario());
        assertThat(truth).isGreaterThan(5);
        assertThat(sampled.predicted("cfs-6.1+p2019")).isBetween(truth / 2, truth * 2);
    }

    @Test
    void aTestAndSetLockIsToldWithItsShareAndWhatPleMakesOfIt() throws IOException {
        Sampled sampled = sample(scenario("test-and-set", "exp(8us)", "2us"));
        sampled.assertCovered(0);
        sampled.assertCovered(1);
        assertThat(sampled.work().draw(0).locks().get(0).discipline()).isEqualTo(Discipline.BARGING);
        double truth = truly(sampled.scenario());
        assertThat(sampled.predicted("cfs-6.1+p2019")).isBetween(truth / 1.25, truth * 1.25);
    }

    @Test
    void aRareLockIsNotMadeAConvoy() throws IOException {
        Sampled sampled = sample(scenario("ticket", "exp(3ms)", "1us"));
        sampled.assertCovered(0);
        assertThat(sampled.predicted("cfs-6.1+p2019")).isBetween(0.9, 1.1);
    }
}
