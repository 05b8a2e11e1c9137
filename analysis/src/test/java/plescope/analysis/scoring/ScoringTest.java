package plescope.analysis.scoring;

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
import plescope.analysis.report.ReportTable;
import plescope.parser.ReadOptions;
import plescope.replay.model.Wait.Cause;
import plescope.replay.scenario.Synthesis;
import plescope.replay.scenario.text.GuestFunction;
import plescope.replay.scenario.text.TextSink;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;

class ScoringTest {
    private static SyntheticCase named(String name) {
        return SyntheticCases.named(List.of(name)).get(0);
    }

    @Test
    void thereAreAtLeastTwentyVariedCasesAndMostWereNotFittedTo() {
        List<SyntheticCase> all = SyntheticCases.all();
        assertThat(all.stream().filter(one -> one.use() == SyntheticCase.Use.TEST))
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(all.stream().map(SyntheticCase::name)).doesNotHaveDuplicates();
        assertThat(all.stream().map(SyntheticCase::producer).distinct()).hasSize(3);
        assertThat(all).allSatisfy(one -> assertThat(one.synthesis().scenario().title())
                .isNotBlank());
        assertThatThrownBy(() -> SyntheticCases.named(List.of("nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nobody'");
    }

    /** Bounds lie below what was measured (in brackets): a fair lock, an era that nothing was fitted to. */
    @Test
    void culpritsThatTheHostKeptWaitingAreFound() {
        ScoreCard card = ScoreCard.of(named("queue-cfs"));
        // [0.97, 0.94]
        assertThat(card.culprits().precision()).isGreaterThan(0.9);
        assertThat(card.culprits().recall()).isGreaterThan(0.85);
        // [0.06]
        assertThat(card.claims().error()).isLessThan(0.12);
        // [0.96]
        assertThat(card.residual().withinBounds()).isGreaterThan(0.9);
        assertThat(card.found()).isBetween(card.waits() * 95 / 100, card.waits());
        ReportTable table = ScoreTables.culprits(List.of(card), List.of(card));
        assertThat(table.rows()).hasSize(2);
        assertThat(table.rows().get(0)).hasSameSizeAs(table.columns()).startsWith("queue-cfs", "TEST");
    }

    @Test
    void lastReceiversToAcknowledgeAreFound() {
        ScoreCard card = ScoreCard.of(named("broadcasts"));
        // [1.00, 1.00]
        assertThat(card.ipis().precision()).isGreaterThan(0.95);
        assertThat(card.ipis().recall()).isGreaterThan(0.95);
        assertThat(card.causes().precision()).isGreaterThan(0.95);
    }

    /** Predicted within a factor of two of the truth on a log that shows a convoy losing most of its throughput without PLE. */
    @Test
    void aReplayUnderAnotherSettingIsHeldAgainstTheGuestsThemselves() {
        List<CaseReplay> replays = CaseReplay.of(named("convoy"), List.of("eevdf-6.12+no-ple"));
        assertThat(replays).hasSize(2).allSatisfy(replay -> {
            // [0.47 and 0.12]
            assertThat(replay.lnError()).isLessThan(Math.log(2));
            assertThat(replay.truly()).isLessThan(0.6);
            assertThat(replay.sameSign()).isTrue();
        });
        assertThat(ReplayTables.rows(replays).rows()).hasSize(2);
    }

    /** Symbols name the function; without them causes come from timing. */
    @Test
    void causesWithoutSymbolsAreComparedWithThoseThatSymbolsName(@TempDir Path folder) throws IOException {
        SyntheticCase one = named("convoy");
        Synthesis synthesis = one.synthesis();
        StringBuilder text = new StringBuilder();
        synthesis.write(
                one.dialect(synthesis),
                TextSink.lines(line -> text.append(line).append('\n')),
                row -> {},
                Long.MAX_VALUE);
        Path log = Files.writeString(folder.resolve("log.txt"), text, StandardCharsets.UTF_8);
        GuestSymbols symbols = GuestSymbols.NONE.with(GuestSymbols.EVERY_VM, GuestFunction.systemMap().stream());
        SymbolsBlind blind = SymbolsBlind.of("convoy", log, ReadOptions.LENIENT, ThreadMap.EMPTY, symbols);
        assertThat(blind.count(Cause.LOCK, Cause.LOCK)).isGreaterThan(500);
        assertThat(blind.count(Cause.LOCK, Cause.IPI)).isZero();
        assertThat(blind.named()).isGreaterThan(700);
        assertThat(blind.precision()).isGreaterThan(0.95);
        ReportTable table = BlindTables.confusion(List.of(blind));
        assertThat(table.rows()).hasSize(6).allSatisfy(row -> assertThat(row).hasSameSizeAs(table.columns()));
    }

    /** Claims of 0.75 twice, once right, and of 0.95, right: |1.5 - 1| + |0.95 - 1| over three. */
    @Test
    void calibrationErrorIsTheMeanDistanceOfClaimAndTruth() {
        Reliability claims = new Reliability();
        claims.claimed(0.75, true);
        claims.claimed(0.75, false);
        claims.claimed(0.95, true);
        assertThat(claims.error()).isCloseTo(0.55 / 3, within(1e-9));
        assertThat(claims.held(7)).isEqualTo(0.5);
        assertThat(claims.claims(9)).isEqualTo(1);
        assertThat(new Reliability().error()).isNaN();
    }

    @Test
    void sharesOfNothingAreNotNumbers() {
        assertThat(new Score(0, 0, 0).precision()).isNaN();
        assertThat(new Score(4, 2, 1).precision()).isEqualTo(0.5);
        assertThat(new Score(4, 2, 1).plus(new Score(4, 2, 1)).recall()).isEqualTo(0.25);
    }
}
