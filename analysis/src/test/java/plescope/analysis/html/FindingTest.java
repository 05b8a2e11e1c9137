package plescope.analysis.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.VisibleText;

/** The sentences over the pictures, from tables whose numbers are plain. */
final class FindingTest {
    @Test
    void timeSumsStatesHoweverTheyAreKnown() {
        // guest 3 + 2, steal 60 + 10
        PageTable totals = table(
                "state,origin,ns,percent",
                row("GUEST", "RECORDED", 30L, 3.0),
                row("GUEST", "INFERRED", 20L, 2.0),
                row("SPINNING", "INFERRED", 250L, 25.0),
                row("PREEMPTED", "RECORDED", 600L, 60.0),
                row("WAITING", "RECORDED", 100L, 10.0));
        assertThat(TimeSection.finding(totals))
                .isEqualTo(
                        "vCPUs spent 25 % of their time spinning in PAUSE loops, 5 % on guest work, and 70 % ready to run without a pCPU.");
    }

    @Test
    void timeOfLogsThatShowNoSpinningSaysSo() {
        PageTable hidden = table(
                "state,origin,ns,percent",
                row("GUEST", "RECORDED", 30L, 30.0),
                row("PREEMPTED", "RECORDED", 70L, 70.0));
        assertThat(TimeSection.finding(hidden))
                .isEqualTo(
                        "No spinning is visible; vCPUs spent 30 % of their time in guest mode, where it would hide, and 70 % ready to run"
                                + " without a pCPU.");
        PageTable unknown = table(
                "state,origin,ns,percent",
                row("SPINNING", "INFERRED", 10L, 10.0),
                row("UNKNOWN", "RECORDED", 90L, 90.0));
        assertThat(TimeSection.finding(unknown)).endsWith("0 % ready to run without a pCPU; 90 % is unknown.");
    }

    @Test
    void lengthsOfOneEpisodeAreNoAverage() {
        String columns = "episodes,spin_ns,mean_exits,constant_mean,doubling_mean,most_exits,most_line,single_percent";
        assertThat(LengthSection.finding(table(columns, row(1L, 9L, 11.0, 11.0, 5.0, 11L, 1L, 0.0))
                        .rows()
                        .get(0)))
                .isEqualTo(
                        "The only spin episode takes 11 PLE exits (line 1), where a constant window would take 11 and a doubling one 5.");
        assertThat(LengthSection.finding(table(columns, row(4L, 9L, 2.5, 3.0, 1.5, 6L, null, 25.0))
                        .rows()
                        .get(0)))
                .isEqualTo(
                        "25 % of 4 spin episodes end with their first PLE exit, the longest takes 6; on average 2.5, where a constant"
                                + " window would take 3 and a doubling one 1.5.");
    }

    @Test
    void occurrenceNamesTheBusiestPart() {
        PageTable states = table(
                "bin,start_ns,end_ns,state,ns",
                row(0L, 0L, 1_000_000L, "GUEST", 5L),
                row(1L, 1_000_000L, 2_000_000L, "GUEST", 5L));
        PageTable exits = table("bin,ple_exits,first_line", row(0L, 10L, 7L), row(1L, 30L, 99L));
        // 40 exits in 2 ms
        assertThat(OccurrenceSection.finding(states, exits))
                .isEqualTo("40 PLE exits in 2 ms, 20 per ms; the busiest 1 ms, from 1 ms on, hold 30 (line 99).");
        assertThat(OccurrenceSection.finding(states, table("bin,ple_exits,first_line")))
                .isEqualTo("No PLE exits in 2 ms.");
    }

    @Test
    void burstsSayHowManyThereAreAndWhereTheWorstBegins() {
        String columns = "vm_number,vm,name,start_ns,end_ns,exits,vcpus,vcpu_numbers,spin_ns,first_line";
        PageTable worst =
                table(columns, row(0L, "vm0", "burst 3", 5_000_000L, 5_679_000L, 10L, 2L, "0 3", 400_000L, 77L));
        PageTable totals = table("vm,bursts", row("vm0", 5L), row("vm1", 4L));
        assertThat(BurstSection.finding(worst, totals, true))
                .isEqualTo("The worst of 9 bursts: 10 PLE exits of 2 vCPUs of vm0 in 679 µs, from 5 ms on (line 77).");
        PageTable spin =
                table(columns, row(0L, "vm0", "episode 3", 5_000_000L, 9_200_000L, 0L, 1L, "3", 4_200_000L, null));
        assertThat(BurstSection.finding(spin, totals, false))
                .isEqualTo("No PLE bursts; the longest spin is vm0/vcpu3's, 4.2 ms from 5 ms on.");
        assertThat(BurstSection.finding(table(columns), totals, false))
                .startsWith("No spinning was found; without PLE exits only --symbols");
    }

    @Test
    void yieldsAreJudgedOnlyWhereTheyCanBe() {
        String columns = "vm,ple_exits,switched,sibling,judged,right_target";
        // siblings 30 + 10 of 200; right 5 of 20
        assertThat(YieldSection.finding(
                        table(columns, row("vm0", 100L, 60L, 30L, 20L, 5L), row("vm1", 100L, 50L, 10L, 0L, 0L))))
                .isEqualTo(
                        "After 20 % of 200 PLE exits a sibling had the pCPU next; of 20 answers that can be judged 25 % ran the vCPU waited for.");
        assertThat(YieldSection.finding(table(columns, row("vm0", 100L, null, null, 0L, 0L))))
                .isEqualTo(
                        "Who ran after 100 PLE exits is not recorded; whether the right sibling was run cannot be judged.");
    }

    @Test
    void whatIfsNameTheBestPolicyThatIsDistinguishable() {
        String columns = "run,setting,role,vm,measure,ratio,low,high,error_percent,verdict";
        PageTable rows = table(
                columns,
                row(1L, "id", "IDENTITY", "vm0", "throughput", 1.0, 1.0, 1.0, -9.0, "reference"),
                row(2L, "a", "POLICY", "vm0", "throughput", 1.3, 1.1, 1.5, -9.0, "not distinguishable"),
                row(3L, "b", "POLICY", "vm0", "throughput", 1.2, 1.15, 1.25, -9.0, "faster"),
                row(3L, "b", "POLICY", "vm1", "throughput", 0.8, 0.7, 0.9, 2.0, "slower"),
                row(4L, "o", "ORACLE", "vm0", "throughput", 3.0, 2.9, 3.1, -9.0, "faster"));
        assertThat(WhatIfSection.finding(rows))
                .isEqualTo(
                        "b would give vm0 1.2 times the guest work per second (spread 1.15 to 1.25), vm1 0.8 times (slower); the oracle gives vm0 3 times."
                                + " The replay of the recorded setting misses throughput by up to 9 %.");
        PageTable none =
                table(columns, row(1L, "id", "IDENTITY", "vm0", "throughput", 1.0, 1.0, 1.0, 4.0, "reference"));
        assertThat(WhatIfSection.finding(none)).startsWith("No policy replayed makes a VM distinguishably faster.");
    }

    @Test
    void numbersKeepThreeDigits() {
        assertThat(Wording.duration(999)).isEqualTo("999 ns");
        assertThat(Wording.duration(1_094_000)).isEqualTo("1.09 ms");
        assertThat(Wording.duration(999_999))
                .as("rounded up into the next unit")
                .isEqualTo("1 ms");
        assertThat(Wording.duration(2_006_382_000)).isEqualTo("2.01 s");
        assertThat(Wording.grouped(1234567)).isEqualTo("1\u202f234\u202f567");
        assertThat(Wording.count(1, "burst")).isEqualTo("1 burst");
    }

    @Test
    void invisibleSignsAreMarked() {
        assertThat(VisibleText.of("a\u202eb\u001b[31m\u2028c\ud800d")).isEqualTo("a\ufffdb\ufffd[31m\ufffdc\ufffdd");
        assertThat(VisibleText.of("SELECT 1\nFROM \ud83d\udc68\u200d\ud83d\udcbb"))
                .isEqualTo("SELECT 1\nFROM \ud83d\udc68\u200d\ud83d\udcbb");
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private static PageTable table(String columns, Object[]... rows) {
        List<ReportTable.Column> heads = Arrays.stream(columns.split(",", -1))
                .map(name -> new ReportTable.Column(name, ""))
                .toList();
        return new PageTable(
                "t",
                "",
                "",
                List.of(),
                Map.of(),
                new ReportTable(heads, Arrays.stream(rows).map(Arrays::asList).toList()));
    }
}
