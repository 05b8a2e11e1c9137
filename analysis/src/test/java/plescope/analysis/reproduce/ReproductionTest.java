package plescope.analysis.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class ReproductionTest {
    private static Figure figure(String id, double published, String expect, String order) {
        Figure.Run before = new Figure.Run("s", "", "a" + id);
        Figure.Run after = new Figure.Run("s", "", "b" + id);
        Metric metric = Metric.THROUGHPUT;
        return new Figure(
                id,
                "src",
                "",
                metric,
                "",
                before,
                after,
                published,
                Double.NaN,
                Expectation.parse(expect),
                order,
                "",
                "");
    }

    private static VmTotals operations(long count) {
        return new VmTotals(1, count, 0, 0, 0, 0, 0, 0);
    }

    private static List<Reproduction> judge(List<Figure> figures, ToLongFunction<String> after) {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Trials trials = new Trials(
                    (run, seed) -> Map.of(
                            "vm",
                            operations(
                                    run.setting().startsWith("a")
                                            ? 1000 * seed
                                            : seed
                                                    * after.applyAsLong(
                                                            run.setting().substring(1)))),
                    List.of(1L, 2L, 3L),
                    pool);
            figures.forEach(trials::start);
            return Reproduction.of(figures, trials);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void seedsArePairedSoThatTheirSpreadCancels() {
        // Each seed gains exactly 10 %, though seeds differ by a factor of three.
        Reproduction gain =
                judge(List.of(figure("T1", 5, "up", "")), id -> 1100).get(0);
        assertThat(gain.ours().middle()).isCloseTo(10, within(1e-9));
        assertThat(gain.ours().low()).isCloseTo(10, within(1e-6));
        assertThat(gain.verdict()).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void wrongSignsAreCalledWrong() {
        assertThat(judge(List.of(figure("T1", 5, "up", "")), id -> 900).get(0).verdict())
                .isEqualTo(Verdict.WRONG);
        assertThat(judge(List.of(figure("T1", 5, "neutral 2", "")), id -> 900)
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.WRONG);
        assertThat(judge(List.of(figure("T1", 5, "neutral 2", "")), id -> 1010)
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.RIGHT);
    }

    @Test
    void aChangeThatIsSurelyLittleIsNoEffect() {
        assertThat(judge(List.of(figure("T1", 5, "up", "")), id -> 1005).get(0).verdict())
                .isEqualTo(Verdict.NO_EFFECT);
    }

    @Test
    void orderCountsThePairsThatRankAsPublished() {
        List<Figure> figures =
                List.of(figure("T1", 1, "up", "g"), figure("T2", 2, "up", "g"), figure("T3", 3, "up", "g"));
        // Ours: 1010, 1030, 1020. T1 < T2 and T1 < T3 as published; T2 < T3 is not.
        List<Reproduction> ranked = judge(figures, id -> id.equals("T1") ? 1010 : id.equals("T2") ? 1030 : 1020);
        assertThat(ranked).extracting(Reproduction::order).containsExactly("2 of 2", "1 of 2", "1 of 2");
    }

    /** Mean 2 and standard deviation 1 of 1, 2, 3: 2 +- 4.303 / sqrt(3) = 2 +- 2.484. */
    @Test
    void intervalsAreStudents() {
        Interval interval = Interval.ofLevels(new double[] {1, 2, 3});
        assertThat(interval.low()).isCloseTo(-0.4843, within(1e-4));
        assertThat(interval.high()).isCloseTo(4.4843, within(1e-4));
        assertThat(Verdict.of(Expectation.parse("up"), interval)).isEqualTo(Verdict.NOISE);
    }

    @Test
    void everyFigureOfTheTableIsReadable() {
        assertThat(FigureTable.read()).hasSizeGreaterThan(40).allSatisfy(figure -> {
            assertThat(figure.id()).matches("T1?\\d(-[a-z0-9.-]+)?");
            assertThat(figure.source()).isNotEmpty();
            assertThat(figure.setup()).isNotEmpty();
        });
    }
}
