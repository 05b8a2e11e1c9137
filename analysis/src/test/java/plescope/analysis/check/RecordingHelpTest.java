package plescope.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordingHelpTest {
    @Test
    void aReportGetsTheTracepointsItNeedsAndNoOther() {
        List<String> lines = RecordingHelp.commands(List.of("exits"));
        assertThat(lines)
                .contains(
                        "perf record -a -m 16M -o perf.data -e kvm:kvm_exit -e kvm:kvm_entry -- sleep 2; perf script --ns"
                                + " --show-lost-events --header -F +pid -i perf.data",
                        "trace-cmd record -b 65536 -C mono -e kvm:kvm_exit -e kvm:kvm_entry sleep 2; trace-cmd report -N -t -i trace.dat",
                        "echo > set_event; for event in kvm:kvm_exit kvm:kvm_entry; do echo $event >> set_event; done")
                // 25 k exits and 25 k entries; 100, 15 and 130 bytes each
                .contains(
                        "# size: up to 50 k events a second on each busy CPU: 5.0 MB in perf.data, 0.8 MB in trace.dat, 6.5 MB as text");
    }

    @Test
    void severalReportsGetAllTheyNeedOnce() {
        String perf = RecordingHelp.commands(List.of("exits", "yields")).get(1);
        assertThat(perf).containsOnlyOnce("kvm:kvm_exit").contains("kvm:kvm_entry", "sched:sched_switch");
    }

    @Test
    void whatNeedsEverythingGetsEverything() {
        for (List<String> reports : List.of(List.<String>of(), List.of("summary"))) {
            String perf = RecordingHelp.commands(reports).get(1);
            assertThat(Arrays.stream(Tracepoint.values()).map(Tracepoint::qualified))
                    .allMatch(perf::contains);
        }
    }

    @Test
    void everyQuestionHasSomethingItNeeds() {
        assertThat(RecordingHelp.questions().rows()).hasSize(Answer.ALL.size()).noneMatch(row -> row.get(2)
                .equals(""));
    }
}
