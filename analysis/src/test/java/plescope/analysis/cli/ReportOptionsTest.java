package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.analysis.cli.CommandLineRun.plescope;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of reports as the command line chooses, sorts and counts them. */
final class ReportOptionsTest {
    /** vCPU 0 of process 137 has a pause of 30 us, from 100 us on, and an msr of 5 us; vCPU 1 of process 237 an msr of 50 us. */
    private static final String TRACE =
            """
            CPU 0/KVM   137/141   [000]   100.000010: kvm:kvm_entry: vcpu 0, rip 0x80
            CPU 0/KVM   137/141   [000]   100.000110: kvm:kvm_exit: vcpu 0 reason pause rip 0x80 info 0 0
            CPU 0/KVM   137/141   [000]   100.000140: kvm:kvm_entry: vcpu 0, rip 0x80
            CPU 0/KVM   137/141   [000]   100.000190: kvm:kvm_exit: vcpu 0 reason msr rip 0x90 info 0 0
            CPU 0/KVM   137/141   [000]   100.000195: kvm:kvm_entry: vcpu 0, rip 0x92
            CPU 1/KVM   237/241   [001]   100.000200: kvm:kvm_entry: vcpu 1, rip 0x80
            CPU 1/KVM   237/241   [001]   100.000250: kvm:kvm_exit: vcpu 1 reason msr rip 0x80 info 0 0
            CPU 1/KVM   237/241   [001]   100.000300: kvm:kvm_entry: vcpu 1, rip 0x80
            """.lines().map(line -> "       " + line + "\n").collect(Collectors.joining());

    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void read() {
        file = folder.resolve("t.duckdb").toString();
        assertThat(plescope(TRACE, "read", "-", "-o", file).code()).isZero();
    }

    private CommandLineRun exits(String... options) {
        String[] all = Stream.concat(
                        Stream.of("report", "exits", "-i", file, "--format", "csv"), Arrays.stream(options))
                .toArray(String[]::new);
        return plescope("", all);
    }

    private static String samples(CommandLineRun run) {
        assertThat(run.err()).isEmpty();
        return run.out()
                .lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',', line.indexOf(',') + 1)))
                .collect(Collectors.joining(" "));
    }

    @Test
    void rowsAreChosenByAllThatPerfChoosesBy() {
        assertThat(samples(exits())).isEqualTo("msr,2 pause,1");
        assertThat(samples(exits("--vm", "vm0"))).isEqualTo("msr,1 pause,1");
        assertThat(samples(exits("--vcpu", "1"))).isEqualTo("msr,1");
        assertThat(samples(exits("--vcpu", "vm0/vcpu0,vm1/vcpu1"))).isEqualTo("msr,2 pause,1");
        assertThat(samples(exits("-p", "237"))).isEqualTo("msr,1");
        assertThat(samples(exits("-p", "141"))).isEqualTo("msr,1 pause,1");
        assertThat(samples(exits("-C", "0-1"))).isEqualTo("msr,2 pause,1");
        assertThat(samples(exits("-C", "1"))).isEqualTo("msr,1");
        // from the first event, by the log's own clock, and the third third of 290 us
        assertThat(samples(exits("--time", "0us,150us"))).isEqualTo("pause,1");
        assertThat(samples(exits("--time", "100.000180,100.000200"))).isEqualTo("msr,1");
        assertThat(samples(exits("--time", "33%/3"))).isEqualTo("msr,1");
    }

    @Test
    void rowsAreSortedAndCounted() {
        assertThat(samples(exits("-k", "max time"))).isEqualTo("msr,2 pause,1");
        assertThat(samples(exits("--sort", "Samples:asc"))).isEqualTo("pause,1 msr,2");
        assertThat(samples(exits("--limit", "1"))).isEqualTo("msr,2");
        CommandLineRun page = plescope("", "report", "exits", "-i", file, "--limit", "1");
        assertThat(page.out()).endsWith("and 1 more\n");
    }

    @Test
    void whatTheFileDoesNotHoldIsNamedWithWhatItHolds() {
        assertThat(exits("--vm", "vm7")).satisfies(run -> {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("unknown VM 'vm7'; did you mean 'vm0'?");
        });
        assertThat(exits("--vcpu", "vm0/vcpu1").err()).contains("unknown vCPU 'vm0/vcpu1'; did you mean 'vm0/vcpu0'?");
        assertThat(exits("-C", "7").err()).contains("unknown host CPU '7'");
        assertThat(exits("-p", "1").err()).contains("unknown thread or process of a vCPU '1'");
        assertThat(exits("-k", "sampels").err()).contains("unknown column of exits 'sampels'; did you mean 'Samples'?");
        assertThat(exits("--run", "3").err()).contains("unknown run '3'; this file has: 0 recorded");
        assertThat(exits("--run", "recoded").err()).contains("did you mean 'recorded'?");
        assertThat(exits("--run", "recorded").code()).isZero();
        assertThat(exits("--time", "5s,6s").err()).contains("nothing of the recording lies in the window");
        assertThat(exits("--time", "soon").err()).contains("--time takes times such as");
        assertThat(exits("-C", "3-1").err()).contains("the range 3-1 is empty");
    }

    /** The printed query gives, in any client, what the report gives. */
    @Test
    void theQueryThatIsShownGivesTheSameRows() {
        String shown = exits("--vm", "vm0", "-k", "Samples:asc", "--show-sql").out();
        assertThat(shown).contains("chosen AS", "'vm0'", "ORDER BY \"Samples\" ASC");
        CommandLineRun run = plescope("", "sql", file, shown, "--format", "csv");
        assertThat(run.out())
                .isEqualTo(exits("--vm", "vm0", "-k", "Samples:asc").out());
    }
}
