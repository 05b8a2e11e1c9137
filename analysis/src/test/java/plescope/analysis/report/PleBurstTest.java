package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.TraceDatabase;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Origin;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Tristate;

/** The table macro against a plain loop over the same PLE exits. */
final class PleBurstTest {
    private static final long SEED = Long.getLong("seed", 20_261_120);

    private record Exit(int vcpu, long ns, long line) {}

    @Test
    void macroFindsTheBurstsOfAPlainLoop() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Exit> exits = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 3_000; i++) {
            now += random.nextInt(120_000);
            exits.add(new Exit(random.nextInt(3), now, i + 1));
        }
        for (long gapUs : new long[] {0, 10, 50, 100, 1_000}) {
            for (int atLeast : new int[] {1, 2, 3, 10}) {
                List<String> expected = new ArrayList<>();
                expected.addAll(bursts("a", exits, List.of(0, 1), gapUs * 1_000, atLeast));
                expected.addAll(bursts("b", exits, List.of(2), gapUs * 1_000, atLeast));
                assertThat(macro(exits, "ple_burst(0, " + gapUs + ", " + atLeast + ")"))
                        .as("seed %d, gap %d us, at least %d", SEED, gapUs, atLeast)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void argumentsMayBeNamedPlacedOrLeftOut() {
        List<Exit> exits = List.of(
                new Exit(0, 1_000, 1), new Exit(1, 51_000, 2), new Exit(0, 151_000, 3), new Exit(0, 252_000, 4));
        // Gaps 50, 100 and 101 us.
        assertThat(macro(exits, "ple_burst()")).containsExactly("a 1000 151000 3 2 1");
        assertThat(macro(exits, "ple_burst(run := 0, max_gap_us := 101, min_exits := 3)"))
                .containsExactly("a 1000 252000 4 2 1");
        assertThat(macro(exits, "ple_burst(min_exits := 2, max_gap_us := 50)")).containsExactly("a 1000 51000 2 2 1");
        assertThat(macro(exits, "ple_burst(0, 50, 2)")).containsExactly("a 1000 51000 2 2 1");
        assertThat(macro(exits, "ple_burst(1)")).isEmpty();
    }

    private static List<String> bursts(String vm, List<Exit> exits, List<Integer> vcpus, long gapNs, int atLeast) {
        List<String> found = new ArrayList<>();
        List<Exit> open = new ArrayList<>();
        for (Exit exit : exits) {
            if (!vcpus.contains(exit.vcpu())) {
                continue;
            }
            if (!open.isEmpty() && exit.ns() - open.get(open.size() - 1).ns() > gapNs) {
                close(vm, open, atLeast, found);
            }
            open.add(exit);
        }
        close(vm, open, atLeast, found);
        return found;
    }

    private static void close(String vm, List<Exit> open, int atLeast, List<String> found) {
        if (open.size() >= atLeast) {
            long vcpus = open.stream().map(Exit::vcpu).distinct().count();
            Exit first = open.get(0);
            Exit last = open.get(open.size() - 1);
            found.add(vm + " " + first.ns() + " " + last.ns() + " " + open.size() + " " + vcpus + " " + first.line());
        }
        open.clear();
    }

    private static List<String> macro(List<Exit> exits, String call) {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            try (ScheduleLoader loader = database.loader(0)) {
                for (int i = 0; i < exits.size(); i++) {
                    Exit exit = exits.get(i);
                    loader.episode(new SpinEpisode(
                            i,
                            exit.vcpu(),
                            exit.ns(),
                            exit.ns(),
                            1,
                            7,
                            64,
                            SpinEpisode.End.PROGRESS,
                            Origin.INFERRED,
                            1,
                            1));
                    loader.directedYield(new DirectedYield(
                            i,
                            exit.vcpu(),
                            0,
                            exit.ns(),
                            DirectedYield.Outcome.NO_SWITCH,
                            -1,
                            -1,
                            0,
                            Tristate.NO,
                            Tristate.NO,
                            exit.line()));
                }
            }
            ReportRunner runner = new ReportRunner(database);
            runner.sql(ReportFixture.MACHINES);
            List<String> rows = new ArrayList<>();
            for (List<Object> row : runner.sql(
                            "SELECT concat_ws(' ', vm, start_ns, end_ns, exits, vcpus, first_line) FROM " + call
                                    + " ORDER BY vm, burst")
                    .rows()) {
                rows.add((String) row.get(0));
            }
            return rows;
        }
    }
}
