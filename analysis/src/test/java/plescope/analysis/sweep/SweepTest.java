package plescope.analysis.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.sweep.Estimate.Verdict;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.WhatIf;

class SweepTest {
    private static final List<Draw> DRAWS = Draw.all(0, 2, 1, 2);
    private static final List<WhatIf> GRID =
            Grid.parse(List.of("setting=+debooster{gran=1ms..8ms/8},no-ple,cfs-6.1+p2019")).whatIfs().stream()
                    .map(Planted::whatIf)
                    .toList();

    @TempDir
    private Path folder;

    private final Planted planted = Planted.create();

    /** A tenth of a percent more per millisecond, and luck. */
    private static double response(Setting setting, long seed) {
        return (1 + Planted.granMs(setting) / 1000) * Planted.luck(setting, seed, 0.0001);
    }

    private List<Sweep.Cell> sweep(ReplayJournal journal, int jobs) {
        MeasuredReplay replay = (experiment, seed) -> {
            planted.replays.incrementAndGet();
            return Planted.replayed(response(experiment.setting(), seed), 1);
        };
        ReplayRunner runner = new ReplayRunner(Planted.source(1), replay, journal, jobs, ReplayRunner.Progress.NONE);
        return new Sweep(runner, GRID, DRAWS).run();
    }

    private static String csv(List<Sweep.Cell> cells) {
        return new ReportWriter(10_000).write(SweepTable.all(cells), ReportFormat.CSV);
    }

    private ReplayJournal journal(Path file) throws IOException {
        return ReplayJournal.open(file, "plescope 1", "trace 1", Planted.ROSTER);
    }

    @Test
    void theIdentityComesFirstAndEqualTextsAreOneCell() {
        List<Sweep.Cell> cells = sweep(ReplayJournal.inMemory(Planted.ROSTER), 1);
        // eight granularities, no-ple under the default scheduler, and the identity, named once more in the grid
        assertThat(cells).hasSize(10);
        assertThat(cells.get(0).whatIf().text()).isEqualTo(Planted.IDENTITY);
        assertThat(cells.get(0).host().verdicts().get(Measure.THROUGHPUT)).isEqualTo(Verdict.REFERENCE);
        assertThat(planted.replays.get()).isEqualTo(10 * DRAWS.size());
    }

    @Test
    void neitherJobsNorWhatWasDoneBeforeChangeTheAnswer() throws IOException {
        String alone = csv(sweep(ReplayJournal.inMemory(Planted.ROSTER), 1));
        assertThat(csv(sweep(ReplayJournal.inMemory(Planted.ROSTER), 5))).isEqualTo(alone);
        Path file = folder.resolve("j.csv");
        try (ReplayJournal first = journal(file)) {
            ReplayRunner runner = new ReplayRunner(
                    Planted.source(1),
                    (experiment, seed) -> Planted.replayed(response(experiment.setting(), seed), 1),
                    first,
                    1,
                    ReplayRunner.Progress.NONE);
            runner.run(GRID.subList(3, 5), DRAWS);
        }
        planted.replays.set(0);
        try (ReplayJournal second = journal(file)) {
            assertThat(csv(sweep(second, 3))).isEqualTo(alone);
            assertThat(planted.replays.get()).isEqualTo(8 * DRAWS.size());
        }
    }

    /** Cut anywhere, as kill -9 may: what is whole is kept, the rest is replayed, and the answer is the same. */
    @Test
    void aJournalCutAnywhereGoesOn() throws IOException {
        Path whole = folder.resolve("whole.csv");
        String answer;
        try (ReplayJournal journal = journal(whole)) {
            answer = csv(sweep(journal, 1));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.csv");
        for (int length = 0; length < bytes.length; length += 97) {
            Files.write(cut, java.util.Arrays.copyOf(bytes, length));
            planted.replays.set(0);
            try (ReplayJournal journal = journal(cut)) {
                assertThat(csv(sweep(journal, 1))).as("cut at " + length).isEqualTo(answer);
            }
            // Replays are equally long here, so about the cut share of them is missing, and no more than one was torn.
            double missing = 40.0 * (bytes.length - length) / bytes.length;
            assertThat(planted.replays.get()).as("cut at " + length).isBetween((int) missing - 2, (int) missing + 3);
            try (ReplayJournal journal = journal(cut)) {
                assertThat(journal.size()).isEqualTo(40);
            }
        }
    }

    @Test
    void journalsNeverMix() throws IOException {
        Path file = folder.resolve("j.csv");
        journal(file).close();
        assertThatThrownBy(() -> ReplayJournal.open(file, "plescope 2", "trace 1", Planted.ROSTER))
                .isInstanceOf(JournalMismatchException.class)
                .hasMessageContaining("it says '# program: plescope 1', and now it is '# program: plescope 2'");
        assertThatThrownBy(() -> ReplayJournal.open(file, "plescope 1", "trace 2", Planted.ROSTER))
                .isInstanceOf(JournalMismatchException.class)
                .hasMessageContaining("trace 1");
        Path other = Files.writeString(folder.resolve("other.csv"), "my own file\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> journal(other)).hasMessageContaining("it is no journal of replays");
        assertThat(other).hasContent("my own file");
        try (ReplayJournal held = journal(file)) {
            assertThat(held.size()).isZero();
            assertThatThrownBy(() -> journal(file)).hasMessageContaining("being written by another sweep");
        }
    }

    @Test
    void aFaultInAReplayIsNotSwallowed() {
        ReplayRunner runner = new ReplayRunner(
                Planted.source(1),
                (experiment, seed) -> {
                    throw new IllegalStateException("broken policy");
                },
                ReplayJournal.inMemory(Planted.ROSTER),
                2,
                ReplayRunner.Progress.NONE);
        assertThatThrownBy(() -> new Sweep(runner, GRID, DRAWS).run()).hasMessage("broken policy");
    }

    /** Ratios 1.1, 1.2, 1.3: standard deviation 0.1, so 4.303 * 0.1 / sqrt(3) = 0.2484. */
    @Test
    void theSpreadIsStudentsIntervalOverPairsThatDiffer() {
        assertThat(Estimate.halfWidth(new double[] {1.1, 1.2, 1.3})).isCloseTo(0.2484, within(1e-4));
        assertThat(Estimate.halfWidth(new double[] {1.1, 1.1, 1.2, 1.2, 1.3, 1.3}))
                .isCloseTo(0.2484, within(1e-4));
        assertThat(Estimate.halfWidth(new double[] {1.1, 1.1})).isZero();
        assertThat(Estimate.halfWidth(new double[] {1.1})).isNaN();
    }

    /** Four pairs from 1.01 to 1.03: ratio 1.02, deviation 0.00981, so the spread is 3.182 * 0.00981 / sqrt(4) = 0.0156. */
    @Test
    void aDifferenceCountsAboveErrorAndSpreadOnly() {
        double[] reference = {1, 1, 1, 1};
        double[] faster = {1.01, 1.0133, 1.0267, 1.03};
        assertThat(Estimate.of(Measure.THROUGHPUT, faster, reference, 1 / 1.016, reference)
                        .verdict())
                .as("hypot(0.0156, 0.016) = 0.0223")
                .isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        assertThat(Estimate.of(Measure.THROUGHPUT, faster, reference, 1 / 1.009, reference)
                        .verdict())
                .as("hypot(0.0156, 0.009) = 0.0180")
                .isEqualTo(Verdict.BETTER);
        assertThat(Estimate.of(Measure.SPIN, faster, reference, 1 / 1.009, reference)
                        .verdict())
                .isEqualTo(Verdict.WORSE);
        assertThat(Estimate.of(Measure.THROUGHPUT, new double[] {0.99, 1.2, 1.2, 1.2}, reference, 1, reference)
                        .verdict())
                .as("pairs disagree")
                .isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        assertThat(Estimate.of(Measure.THROUGHPUT, new double[] {1.5}, new double[] {1}, 1, new double[] {1})
                        .verdict())
                .as("one pair has no spread")
                .isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        assertThat(Estimate.of(Measure.THROUGHPUT, new double[] {Double.NaN, 1, 1, 1}, reference, 1, reference)
                        .verdict())
                .isEqualTo(Verdict.NOT_SHOWN);
        assertThat(Estimate.of(Measure.SPIN, new double[] {0, 0}, new double[] {0, 0}, 0, new double[] {0, 0})
                        .verdict())
                .isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    }

    @Test
    void theFrontHoldsWhatNothingBeatsInAll() {
        Measures fast = Planted.measures(3, 0.5);
        Measures fair = Planted.measures(1, 1);
        Measures between = Planted.measures(2, 0.7);
        Measures beaten = Planted.measures(2, 0.6);
        assertThat(ParetoFront.of(List.of(fast, fair, between, beaten, between)))
                .containsExactly(true, true, true, false, true);
    }

    @Test
    void drawsVaryBothFromTheBeginning() {
        List<Draw> draws = Draw.all(0, 2, 1, 3);
        assertThat(draws).hasSize(6).doesNotHaveDuplicates();
        assertThat(draws.get(1)).isEqualTo(new Draw(1, 2));
        assertThat(Draw.all(2, 2, 4, 3)).doesNotContainAnyElementsOf(draws);
        assertThat(Draw.all(0, 3, 1, 3)).hasSize(9).doesNotHaveDuplicates();
        assertThat(Draw.all(0, 4, 1, 2)).hasSize(8).doesNotHaveDuplicates();
        assertThat(Draw.all(0, 1, 1, 1)).containsExactly(new Draw(0, 1));
    }
}
