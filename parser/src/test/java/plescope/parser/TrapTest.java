package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.EventKind;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;
import plescope.parser.text.LineSource;

/** What breaks a naive reader and no other test covers; the README's table says where each trap is tested. */
final class TrapTest {
    @Test
    void theReadmeNamesATestThatExistsForEachOfTheTraps() throws IOException {
        Path readme = Path.of(System.getProperty("plescope.root"), "parser", "README.md");
        Pattern row = Pattern.compile("\\| (\\d+) \\|[^|]+\\|([^|]+)\\|");
        Pattern test = Pattern.compile("`(\\w+)\\.(\\w+)`");
        Map<Integer, Long> testsOfTrap = new TreeMap<>();
        for (String line : Files.readAllLines(readme)) {
            Matcher trap = row.matcher(line);
            if (trap.matches()) {
                testsOfTrap.put(
                        Integer.parseInt(trap.group(1)),
                        test.matcher(trap.group(2))
                                .results()
                                .peek(TrapTest::assertExists)
                                .count());
            }
        }
        assertThat(testsOfTrap.keySet())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList());
        assertThat(testsOfTrap.values()).allMatch(count -> count > 0);
    }

    private static void assertExists(java.util.regex.MatchResult test) {
        try {
            Class<?> tests = Class.forName("plescope.parser." + test.group(1));
            assertThat(Arrays.stream(tests.getDeclaredMethods()).map(java.lang.reflect.Method::getName))
                    .contains(test.group(2));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no such test: " + test.group(), e);
        }
    }

    @Test
    void theIdleTaskIsTidZeroUnderAllItsNamesAndNeverAThread() {
        String event =
                "sched_switch: prev_comm=swapper/3 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=a next_pid=8"
                        + " next_prio=120\n";
        for (String prefix : new String[] {
            "         swapper     0 [003]     3.299988: sched:",
            "          <idle>-0       [003] d..2.     3.299988: ",
            "          <idle>-0     [003]     3.299988: ",
        }) {
            Logs log = Logs.read(prefix + event);
            assertThat(log.events()).containsExactly(new SchedSwitch(0, 3, 0, 1, 0, 120, TaskState.RUNNABLE, 8, 120));
            assertThat(log.named())
                    .extracting(name -> ((ThreadNamed) name).namedTid())
                    .containsExactly(8);
        }
    }

    @Test
    void pluginTextLosesThePlusAndMixesLettersButNotStates() throws IOException {
        List<SchedSwitch> kernel = switches("producers/perf61-states-kernel-text.txt");
        List<SchedSwitch> plugin = switches("producers/perf61-states-plugin-text.txt");
        assertThat(plugin).hasSameSizeAs(kernel);
        for (int i = 0; i < kernel.size(); i++) {
            TaskState state = kernel.get(i).prevState();
            TaskState shown = state == TaskState.PREEMPTED ? TaskState.RUNNABLE : state;
            assertThat(plugin.get(i).prevState()).isEqualTo(shown);
        }
        assertThat(kernel)
                .extracting(SchedSwitch::prevState)
                .contains(TaskState.PREEMPTED, TaskState.IDLE, TaskState.DEAD);
    }

    private static List<SchedSwitch> switches(String file) throws IOException {
        byte[] log = Files.readAllBytes(TraceFolder.root().resolve(file));
        return Logs.read(log, ReadOptions.LENIENT).events().stream()
                .map(SchedSwitch.class::cast)
                .toList();
    }

    @Test
    void linesThatAreNoRecordsAreSkippedSilently() {
        String noise = """
# tracer: nop
cpus=2
version = 6
CPU 3 is empty
##### CPU 1 buffer started ####
 => do_idle
            java-25483   [000] d..3.  1077.321796: <stack trace>
            java-25483   [000] d..3.  1077.321796: <user stack trace>
 1)               |  schedule() {
 1)   0.433 us    |      rcu_note_context_switch();
 1) + 12.345 us   |  }
 ------------------------------------------
CPU:1 [SUBBUFFER START]
libtraceevent: No such file or directory
  [kvm:kvm_inj_exception] bad op token }
  Error: expected type 5 but read 0
Average wakeup latency: 2.088 usecs
Maximum Latency: 2.263 usecs at timestamp: 1026.987018
    # indented heads
```
<html>
$ trace-cmd report
""";
        Logs log = Logs.read(noise + Logs.PERF + "kvm_entry: vcpu 2\n");
        assertThat(log.events()).containsExactly(new KvmEntry(0, 1, 174, 23, 2, 0));
        assertThat(log.summary.diagnostics().counts()).isEmpty();
    }

    @Test
    void theNulOfPluginTextsIsNotTheEndOfTheLog() {
        Logs log =
                Logs.read(Logs.PERF + "kvmmmu:kvm_mmu_get_page: new sp gfn 3a22e 4 q0 direct wux !pae root 1 sync\0\n"
                        + Logs.PERF + "kvm_entry: vcpu 2\n");
        assertThat(log.summary.events()).isEqualTo(Map.of("kvm_mmu_get_page", 1L, "kvm_entry", 1L));
    }

    @Test
    void probesUnderTheNameOfAnEventPassByName() {
        for (String name : new String[] {"sched_switch", "sched_waking", "kvm_exit", "kvm_entry"}) {
            assertThat(Logs.one(name + ": (__probestub_" + name + "+0x4/0x10) preempt=0"))
                    .isEqualTo(new OtherEvent(0, 1, 174, 1, name));
        }
    }

    @Test
    void nestedExitsRepeatExitsAndPassByName() {
        String exit = "vcpu 0 reason npf rip 0x400433 info1 0x1 info2 0x0 intr_info 0x0 error_code 0x0\n";
        Logs log = Logs.read(Logs.PERF + "kvm:kvm_exit: " + exit + Logs.PERF + "kvm:kvm_nested_vmexit: " + exit
                + Logs.PERF + "kvm:kvm_nested_vmexit:    CAN'T FIND FIELD \"rip\"<CANT FIND FIELD exit_code>" + exit);
        assertThat(log.summary.events()).isEqualTo(Map.of("kvm_exit", 1L, "kvm_nested_vmexit", 2L));
        assertThat(log.summary.diagnostics().counts()).isEmpty();
    }

    @Test
    void commsOfAnyBytesNeedNoValidUtf8() {
        byte[] line = (" ".repeat(10) + "caf\u00e9\u00ff 174 [001]     3.299988: kvm_entry: vcpu 2\n")
                .replace("174", "  174")
                .getBytes(StandardCharsets.ISO_8859_1);
        List<TraceEvent> named = Logs.read(line, ReadOptions.LENIENT).named();
        assertThat(((ThreadNamed) named.get(0)).comm()).isEqualTo("caf\ufffd\ufffd");
    }

    @Test
    void thePagesOfSystraceHoldTheLogInAScript() {
        String newer = """
<!DOCTYPE html>
<html><head><script>%s</script></head><body>
<!-- BEGIN TRACE -->
  <script class="trace-data" type="application/text">
# tracer: nop
       CPU 2/KVM-2679  ( 2670) [006] d..2   276.731819: kvm_entry: vcpu 2
  </script>
<!-- END TRACE -->
</html>
""".formatted("x".repeat(2 * LineSource.MAX_LINE));
        String older = """
<!DOCTYPE html>
  <script>
  var linuxPerfData = "\\
# tracer: nop\\n\\
       CPU 2/KVM-2679  ( 2670) [006] d..2   276.731819: kvm_entry: vcpu 2\\n\\
  </script>
""";
        for (String page : new String[] {newer, older}) {
            Logs log = Logs.read(page.getBytes(StandardCharsets.UTF_8), ReadOptions.LENIENT);
            assertThat(log.summary.events()).isEqualTo(Map.of("kvm_entry", 1L));
            assertThat(((ThreadNamed) log.named().get(0)).tgid()).isEqualTo(2670);
        }
    }

    @Test
    void severalProducersMayFollowOneAnother() {
        Logs log = Logs.read("""
       CPU 2/KVM  2679 [006]   276.731819: kvm:kvm_entry: vcpu 2
# tracer: nop
       CPU 2/KVM-2679    [006] d..2.   276.731820: kvm_entry: vcpu 2
cpus=8
       CPU 2/KVM-2679  [006]   276.731821: kvm_entry:            vcpu 2
""");
        assertThat(log.events())
                .extracting(TraceEvent::kind)
                .containsExactly(
                        EventKind.KVM_ENTRY,
                        EventKind.EVENTS_LOST,
                        EventKind.KVM_ENTRY,
                        EventKind.EVENTS_LOST,
                        EventKind.KVM_ENTRY);
        assertThat(log.summary.diagnostics().count(DiagnosticCode.SEVERAL_PRODUCERS))
                .isEqualTo(1);
        assertThat(log.summary.diagnostics().count(DiagnosticCode.CLOCK_BACKWARDS))
                .isZero();
    }
}
