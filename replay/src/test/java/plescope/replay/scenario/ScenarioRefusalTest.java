package plescope.replay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios that make no sense: where they are refused, and what is said. */
class ScenarioRefusalTest {
    private static final String HEAD = "scenario \"s\"; host { pcpus 4; }\n";

    /** Statements; the number of the column in line 2 they are refused at; what is said; the hint. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        vn "a" { vcpus 1; }                             | 1  | 'vn' does not fit here                       | did you mean 'vm'?
        vm "a" { vcpu 1; }                              | 10 | 'vcpu' does not fit here                     | did you mean 'vcpus'?
        vm "a" x2 { vcpus 1; }                          | 8  | 'x2' does not fit here                       | write 'x 2' with a blank between
        vm "a { vcpus 1; }                              | 4  | this text has no closing quote in its line   | close it with "; several texts in a row count as one
        vm "a" { vcpus 1; lock run ticket; }            | 24 | 'run' does not fit here                      | 'run' is a word of the language; put it in quotes to use it as a name
        vm "a" { vcpus 1;                               | -1 | the file ends in the middle of something     | -
        vm "a" { vcpus 0; }                             | 16 | vcpus must lie in 1..1024, was 0             | -
        vm "a" { vcpus 1; vcpus 2; }                    | 19 | 'vcpus' stands twice in this block           | -
        vm "a" { vcpus 1ms; }                           | 16 | expected a number, found 1ms                 | -
        vm "a" { vcpus 1; } vm "a" { vcpus 1; }         | 24 | VM 'a' is declared twice                     | the first stands in line 2
        vm "a" { vcpus 1; pool 4-5; }                   | 24 | pCPU must lie in 0..3, was 4                 | -
        vm "a" { vcpus 1; pool 2-1; }                   | 24 | 2-1 runs backwards and has no member         | -
        vm "a" { vcpus 1; pool lefd; }                  | 24 | there is no pool 'lefd' above this line      | did you mean 'left'?
        vm "a" { vcpus 5; pin 1:1; }                    | 19 | 5 vCPUs cannot be pinned 1:1 to the 4 pCPUs 0-3 | -
        vm "a" { vcpus 2; pin 2 to 1; }                 | 23 | vCPU must lie in 0..1, was 2                 | -
        vm "a" { vcpus 1; cgroup { quota 10us; } }      | 34 | quota must lie in 1ms..1000s, was 10us       | -
        vm "a" { vcpus 1; guest { diag on; } }          | 27 | guests on x86 have no diag                   | -
        vm "a" { vcpus 1; guest { cores 2; } }          | 1  | a core of 2 vCPUs in a VM of 1               | -
        setting "eevdf-6.12+p2025";                     | 9  | -                                            | -
        pool left = 0;                                  | 6  | pool 'left' is declared twice                | -
        run $span;                                      | 5  | there is no parameter 'span' above this line | did you mean 'spam'?
        run (1s + 1);                                   | 9  | cannot add or subtract 1s and 1              | -
        run (1s * 1s);                                  | 9  | cannot multiply 1s by 1s                     | -
        run (3 / 1s);                                   | 8  | cannot divide 3 by 1s                        | -
        param vcpus = 1;                                | 7  | 'vcpus' does not fit here                    | 'vcpus' is a word of the language; write $vcpus
        run (1s / 0);                                   | 9  | division by zero                             | -
        run 99999999999s;                               | 5  | this is more than fits, or finer than a picosecond | durations may be up to 100 days long
        run 1s; run 2s;                                 | 9  | 'run' stands twice in this block             | -
        run 10ms; warm-up 10ms;                         | 11 | the warm-up is part of the run and must be shorter | -
        """)
    void statementsAreRefusedWithPlaceAndHint(String statement, int column, String message, String hint) {
        refuses(statement, column, message, hint);
    }

    /** Statements; the number of the column in line 2 they are refused at; what is said; the hint. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        vm "a" { vcpus 1; task "t" { comptue 1us; } }   | 30 | 'comptue' does not fit here                  | did you mean 'compute'?
        vm "a" { task "t" { count; } }                  | 1  | the VM needs a number of vcpus               | add 'vcpus 4;'
        vm "a" { vcpus 2; task "t" on 2 { count; } }    | 31 | vCPU must lie in 0..1, was 2                 | -
        vm "a" { vcpus 1; task "t" { compute 5; } }     | 38 | expected a duration such as 300us, found 5   | add a unit: ns, us, ms or s
        vm "a" { vcpus 1; task "t" { compute 5ps; } }   | 38 | a duration must be whole nanoseconds, was 5ps | -
        vm "a" { vcpus 1; task "t" { lock z { } } }     | 35 | there is no lock 'z' here                    | none is declared
        vm "a" { vcpus 1; channel mail holds 1; task "t" { send mial; } } | 57 | there is no channel 'mial' here | did you mean 'mail'?
        vm "a" { vcpus 1; channel m holds 1; task "t" { send m; } } | 27 | channel 'm' has 1 senders and 0 receivers | -
        vm "a" { vcpus 1; task "t" { call; } }          | 30 | a VM of one vCPU has no other vCPU to call   | -
        vm "a" { vcpus 1; lock z tikcet; }              | 26 | 'tikcet' does not fit here                   | did you mean 'ticket'?
        vm "a" { vcpus 2; barrier b of 3 spins; task "t" x 2 { meet b; } } | 27 | barrier 'b' is of 3, but 2 tasks meet there | -
        vm "a" { vcpus 2; task "t" { repeat { count; } } } | 30 | this repeats for ever without taking time | add a compute, a sleep or io to it; waiting for other tasks takes no time of its own
        vm "a" { vcpus 1; task "t" { repeat { shootdown; } } } | 30 | this repeats for ever without taking time | add a compute, a sleep or io to it; waiting for other tasks takes no time of its own
        vm "a" { vcpus 2; task "t" { repeat { compute 1us; } count; } } | 54 | nothing ever comes here: what stands before repeats for ever | give the repeat a number of times
        vm "a" { vcpus 2; lock z ticket; task "t" { lock z { lock z { } } } } | 59 | the task holds lock 'z' already and would wait for itself | -
        vm "a" { vcpus 2; lock z ticket; task "t" { lock z { sleep 1ms; } } } | 54 | a task cannot sleep while it holds the spinlock 'z' | make the lock a mutex, or sleep outside it
        vm "a" { vcpus 2; lock z mutex; task "t" { lock z { repeat { compute 1us; } } } } | 49 | lock 'z' is never let go: its block never ends | -
        vm "a" { vcpus 2; task "t" { choose { 0: { } } } } | 39 | weight must lie in 1..1000000, was 0        | -
        vm "a" { vcpus 2; task "t" { compute uniform(2us, 1us); } } | 51 | the longer duration must lie in 2us..3600s, was 1us | -
        """)
    void programsAreRefusedWithPlaceAndHint(String statement, int column, String message, String hint) {
        refuses(statement, column, message, hint);
    }

    private static void refuses(String statement, int column, String message, String hint) {
        String rest = statement.startsWith("vm") ? "" : " vm \"v\" { vcpus 1; }";
        ScenarioException refusal = refusal(
                HEAD.stripTrailing() + " param spam = 1s; pool left = 0-1;\n" + statement.replace('!', '|') + rest);
        if (column > 0) {
            assertThat(refusal.line()).isEqualTo(2);
            assertThat(refusal.column()).isEqualTo(column);
        }
        assertThat(refusal.getMessage()).isEqualTo(message.equals("-") ? refusal.getMessage() : message);
        if (!hint.equals("-")) {
            assertThat(refusal.hint()).isEqualTo(hint);
        }
    }

    private static ScenarioException refusal(String text) {
        return refusal(text, Map.of());
    }

    private static ScenarioException refusal(String text, Map<String, String> parameters) {
        ScenarioException refusal =
                catchThrowableOfType(ScenarioException.class, () -> Scenario.parse("f.scenario", text, parameters));
        assertThat(refusal).as("not refused: %s", text).isNotNull();
        return refusal;
    }

    @Test
    void refusalLooksLikeThoseOfLogs() {
        assertThat(refusal(HEAD + "\tvm \"a\" { vcpus 0; }").rendered()).isEqualTo("""
                        f.scenario:2:17: error: vcpus must lie in 1..1024, was 0
                           2 | \tvm "a" { vcpus 0; }
                             | \t               ^
                        """);
        assertThat(refusal("scenario \"s\";").rendered())
                .isEqualTo("f.scenario: error: the scenario has no host\n  hint: add 'host { pcpus 8; }'\n");
    }

    @Test
    void ringOfLocksIsNamed() {
        String ring = """
                vm "a" { vcpus 2; lock a ticket; lock b ticket; lock c ticket;
                  task "one" { lock a { lock b { compute 1us; } } }
                  task "two" { lock b { lock c { compute 1us; } } }
                  task "three" { lock c { lock a { compute 1us; } } }
                }
                """;
        ScenarioException refusal = refusal(HEAD + ring);
        assertThat(refusal).hasMessage("tasks can wait for each other for ever: a > b > c > a");
        assertThat(refusal.line()).isEqualTo(3);
        assertThat(refusal.hint()).isEqualTo("the other order is in line 4, 5; take locks in one order everywhere");
    }

    @Test
    void oneTaskAloneMayNestInAnyOrder() {
        String both = "vm \"a\" { vcpus 2; lock a ticket; lock b ticket;"
                + " task \"t\" { lock a { lock b { } } lock b { lock a { } } } }";
        assertThat(Scenario.parse("f", HEAD + both).vms()).hasSize(1);
        assertThat(refusal(HEAD + both.replace("\"t\"", "\"t\" x 2"))).hasMessageContaining("a > b > a");
    }

    @Test
    void impossibleTopologyIsRefused() {
        ScenarioException refusal = refusal("scenario \"s\";\nhost { pcpus 6; pcpus-per-cache 4; }");
        assertThat(refusal.line()).isEqualTo(2);
        assertThat(refusal)
                .hasMessage("there can be no such machine: pCPUs per node must be a multiple of the 4 pCPUs per cache"
                        + " and at most 6, was 6");
        assertThat(refusal("scenario \"s\"; host { pcpus 2; arch s390; ple vmx; }"))
                .hasMessage("s390 has no pause-loop exits");
    }

    @Test
    void parametersFromOutsideAreChecked() {
        String text = HEAD + "param vms = 2;\nvm \"a\" x $vms { vcpus 1; }";
        assertThat(refusal(text, Map.of("vmz", "3")).hint()).isEqualTo("did you mean 'vms'?");
        assertThat(refusal(text, Map.of("vms", "many")))
                .hasMessage("parameter 'vms' must be a number, was given as 'many'");
        assertThat(refusal(text, Map.of("vms", "0"))).hasMessage("the scenario has no VM");
    }

    @Test
    void deepNestingIsRefusedBeforeItIsRead() {
        String deep = "vm \"a\" { vcpus 1; task \"t\" {" + " repeat 2 {".repeat(100_000);
        assertThat(refusal(HEAD + deep)).hasMessage("more than 64 blocks and brackets in each other");
    }

    /** Whatever one word is replaced by, the answer is a scenario or a refusal, never another failure. */
    @Test
    void damagedScenariosAreRefusedInTheProperWay() {
        String[] words = (HEAD
                        + "param k = 2; pool p = 0-1; vm \"a\" x $k { vcpus 2; pool p; cgroup { quota 5ms; } lock z queued;"
                        + " barrier b of 2 sleeps; task \"t\" x 2 { repeat { lock z { compute exp(3us); } meet b; } } }"
                        + " run 1s; seeds 1-3;")
                .split(" ");
        String[] strange = {
            "", "}", "{", "$k", "$q", "\"", "0", "-1", "99999999999999999999", "5us", "(", "x", "\u0000", "1:1"
        };
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 2_000; round++) {
            String[] damaged = words.clone();
            damaged[random.nextInt(words.length)] = strange[random.nextInt(strange.length)];
            String text = String.join(" ", damaged);
            try {
                Scenario.parse("f", text);
            } catch (ScenarioException e) {
                assertThat(e.rendered()).as(text).startsWith("f");
            }
        }
        assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> Scenario.parse("f", ""));
    }
}
