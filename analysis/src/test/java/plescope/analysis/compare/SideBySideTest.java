package plescope.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.analysis.report.ReportException;

class SideBySideTest {
    private static Side side(double mean, long seed, Map<String, String> facts) {
        return SyntheticSides.side(2, mean, new SplittableRandom(seed), facts);
    }

    private static Comparison compare(Side a, Side b) {
        return SideBySide.compare(List.of(a), List.of(b), Map.of(), Criteria.DEFAULT);
    }

    private static Difference of(Comparison comparison, String measure) {
        return comparison.differences().stream()
                .filter(d -> d.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twiceTheRateIsHigherAndTheIntervalHoldsIt() {
        Difference difference = of(compare(side(8, 1, Map.of()), side(16, 2, Map.of())), "exits:0");
        assertThat(difference.verdict()).isEqualTo(Verdict.HIGHER);
        assertThat(difference.low()).isLessThan(2);
        assertThat(difference.high()).isGreaterThan(2);
        assertThat(difference.effect()).isCloseTo(Math.log(difference.change()), within(0.01));
    }

    @Test
    void aSideHeldAgainstItselfDiffersInNothing() {
        Comparison comparison = compare(side(8, 1, Map.of()), side(8, 1, Map.of()));
        assertThat(comparison.changes()).isEmpty();
        assertThat(of(comparison, "exits:0").change()).isEqualTo(1);
    }

    @Test
    void theOtherWayRoundHigherIsLower() {
        assertThat(of(compare(side(16, 2, Map.of()), side(8, 1, Map.of())), "exits:1")
                        .verdict())
                .isEqualTo(Verdict.LOWER);
    }

    @Test
    void theSameSeedGivesTheSameAnswer() {
        assertThat(compare(side(8, 1, Map.of()), side(9, 2, Map.of())).differences())
                .isEqualTo(compare(side(8, 1, Map.of()), side(9, 2, Map.of())).differences());
    }

    @Test
    void aLossyTraceTellsNothing() {
        // 11 of 1011 events are 1.09 percent
        Difference difference = of(compare(side(8, 1, Map.of()), side(16, 2, Map.of("events lost", "11"))), "exits:0");
        assertThat(difference.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(difference.reason()).isEqualTo("B lost 1.1 % of its events");
    }

    @Test
    void aShortTraceTellsNothing() {
        Side whole = side(8, 1, Map.of());
        Side brief = new Side(whole.facts(), whole.vms(), new TimeGrid(0, 1_000_000, 70), whole.counts());
        assertThat(of(compare(whole, brief), "exits:0").reason())
                .isEqualTo("B is too short: 7 blocks of 10 ms, at least 8 are needed");
    }

    @Test
    void whatOneSideDidNotRecordIsNoDifference() {
        Comparison comparison =
                compare(side(8, 1, Map.of()), side(16, 2, Map.of("tracepoints", "kvm_entry sched_switch")));
        assertThat(of(comparison, "exits:0").reason()).isEqualTo("B has no kvm_exit");
    }

    @Test
    void withoutPleExitsWorkMayBeSpinning() {
        Side silent = side(8, 2, Map.of("PLE", "no exits", "spinning", "not seen"));
        Comparison comparison = compare(side(8, 1, Map.of()), silent);
        assertThat(of(comparison, CellCounts.THROUGHPUT).reason()).startsWith("B has no PLE exits");
        assertThat(of(comparison, "exits:0").verdict()).isNotEqualTo(Verdict.CANNOT_TELL);
    }

    @Test
    void vmsArePairedAsToldThenByNameThenByOrder() {
        assertThat(VmPairs.of(List.of("a", "b"), List.of("b", "c"), Map.of()))
                .containsExactly(new VmPairs.Pair(1, 0, "b"));
        assertThat(VmPairs.of(List.of("a", "b"), List.of("c", "d"), Map.of()))
                .containsExactly(new VmPairs.Pair(0, 0, "a=c"), new VmPairs.Pair(1, 1, "b=d"));
        assertThat(VmPairs.of(List.of("a", "b"), List.of("b", "c"), Map.of("a", "c")))
                .containsExactly(new VmPairs.Pair(0, 1, "a=c"), new VmPairs.Pair(1, 0, "b"));
        assertThatThrownBy(() -> VmPairs.of(List.of("a"), List.of("b"), Map.of("x", "b")))
                .isInstanceOf(ReportException.class)
                .hasMessage("there is no VM 'x'; known are: a");
    }

    @Test
    void conditionsCountFromTheFirstSideAndOnlyBeyondChance() {
        Comparison doubled = compare(side(8, 1, Map.of()), side(16, 2, Map.of()));
        Difference change = of(doubled, "exits:0");
        assertThat(ChangeCondition.parse("exits:0>+10%").about(doubled)).containsExactly(change);
        assertThat(ChangeCondition.parse("vm0.exits:0 > +10%").holds(change)).isTrue();
        assertThat(ChangeCondition.parse("exits:0>+300%").holds(change)).isFalse();
        assertThat(ChangeCondition.parse("exits:0>150%").holds(change)).isTrue();
        assertThat(ChangeCondition.parse("exits:0<-10%").holds(change)).isFalse();
        assertThat(ChangeCondition.parse("exits:0>1000").holds(change)).isTrue();
        assertThat(ChangeCondition.parse("any").holds(change)).isTrue();
        Difference none = of(compare(side(8, 1, Map.of()), side(8, 1, Map.of())), "exits:0");
        assertThat(ChangeCondition.parse("exits:0>=100%").holds(none)).isFalse();
        assertThat(ChangeCondition.parse("any").holds(none)).isFalse();
    }

    @Test
    void conditionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ChangeCondition.parse("ple_exits")).hasMessageContaining("[VM.]MEASURE>NUMBER[%]");
        assertThatThrownBy(() -> ChangeCondition.parse("spin>+3")).hasMessageContaining("in percent");
        Comparison comparison = compare(side(8, 1, Map.of()), side(8, 1, Map.of()));
        assertThatThrownBy(() -> ChangeCondition.parse("vm7.exits:0>+1%").about(comparison))
                .hasMessageContaining("there is no 'exits:0' of 'vm7'");
    }
}
