package plescope.replay.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.testing.RecordingTimelineSink;
import plescope.replay.testing.TraceRuns;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

/** Real kernels' picks. Floors are what was measured less 5 points; the other scheduler must do worse by a margin. */
class RecordedPicksTest {
    @ParameterizedTest
    @CsvSource({
        "61-ticket-ple-pinned-perf, cfs-6.1+p2019, 710",
        "61-linux-mix-ple-pooled-perf, cfs-6.1+p2019, 770",
        "61-ticket-nople-pinned-perf, cfs-6.1+no-ple, 920",
        "612-ticket-ple-pooled-perf, eevdf-6.12.y+p2021, 586",
        "612-ticket-ple-pinned-perf, eevdf-6.12.y+p2021, 592",
        "612-linux-mix-ple-pooled-perf, eevdf-6.12.y+p2021, 535",
        "612-ticket-nople-pooled-perf, eevdf-6.12.y+no-ple, 860",
    })
    void theSimulatedSchedulerPicksAsTheKernelDid(String run, String setting, long floorPermille) throws IOException {
        PickTally total = check(run, setting).total();
        assertThat(total.decisions()).isGreaterThan(500);
        assertThat(total.agreedPermille()).isGreaterThanOrEqualTo(floorPermille);
    }

    /** Settling after misses flatters no scheduler that is wrong: EEVDF scores less on a CFS kernel's picks by 20 points and more. */
    @ParameterizedTest
    @CsvSource({"61-ticket-ple-pinned-perf", "61-linux-mix-ple-pooled-perf"})
    void theWrongSchedulerIsFoundOut(String run) throws IOException {
        long right = check(run, "cfs-6.1+p2019").total().agreedPermille();
        long wrong = check(run, "eevdf-6.12+p2024").total().agreedPermille();
        assertThat(right - wrong).isGreaterThan(200);
    }

    /** Of the rules carried back to 6.12.y those of yields, and no single loop with the wrong index: 12 points and more each. */
    @ParameterizedTest
    @CsvSource({"612-ticket-ple-pooled-perf", "612-ticket-ple-pinned-perf"})
    void theLongTermSeriesYieldsByLaterRules(String run) throws IOException {
        long stable = check(run, "eevdf-6.12.y+p2021").total().agreedPermille();
        assertThat(stable - check(run, "eevdf-6.12+p2021").total().agreedPermille())
                .isGreaterThan(250);
        assertThat(stable - check(run, "eevdf-6.14+p2021").total().agreedPermille())
                .isGreaterThan(50);
        assertThat(stable - check(run, "eevdf-6.12.y+p2024").total().agreedPermille())
                .isGreaterThan(120);
    }

    private static PickAgreement check(String run, String setting) throws IOException {
        Path log = TraceRuns.log(TraceRuns.folder().resolve(run));
        TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, new RecordingTimelineSink());
        long spanNs;
        try (TraceReader reader = TraceReader.open(log, ReadOptions.LENIENT)) {
            spanNs = reader.read(timeline::accept).spanNs();
        }
        Roster roster = timeline.finish().roster();
        PickCheck check = new PickCheck(roster, Setting.parse(setting), spanNs);
        try (TraceReader reader = TraceReader.open(log, ReadOptions.LENIENT)) {
            reader.read(check::accept);
        }
        return check.agreement();
    }
}
