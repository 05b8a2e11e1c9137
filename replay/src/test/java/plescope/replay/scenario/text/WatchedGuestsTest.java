package plescope.replay.scenario.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.guest.GuestDeadlock;
import plescope.replay.guest.GuestSoftware;
import plescope.replay.scenario.Scenario;
import plescope.replay.scenario.Synthesis;

class WatchedGuestsTest {
    /** A default method that is not passed on would answer for the guests. */
    @Test
    void everyQuestionIsPassedOn() throws NoSuchMethodException {
        for (Method asked : GuestSoftware.class.getMethods()) {
            Method answered = WatchedGuests.class.getMethod(asked.getName(), asked.getParameterTypes());
            assertThat(answered.getDeclaringClass()).as(asked.getName()).isEqualTo(WatchedGuests.class);
        }
    }

    /** Each waits for a message that only the other could send first. */
    @Test
    void aCircleOfMessagesIsTheGuestsDeadlock() {
        Scenario scenario = Scenario.parse("circle", """
                scenario "circle"; host { pcpus 2; }
                vm "a" {
                    vcpus 2; channel there holds 1; channel back holds 1;
                    task "ping" { repeat { receive back; compute 1us; send there; } }
                    task "pong" { repeat { receive there; compute 1us; send back; } }
                }
                run 2s;
                """);
        Synthesis synthesis = new Synthesis(scenario, scenario.setting(), scenario.spanNs(), 1);
        Dialect dialect = new Dialect(Producer.PERF, KernelEra.V6_12, Isa.VMX, true);
        assertThatThrownBy(() -> synthesis.write(dialect, (text, length) -> {}, row -> {}, Long.MAX_VALUE))
                .isInstanceOf(GuestDeadlock.class)
                .hasMessageContaining("ping")
                .hasMessageContaining("there");
    }
}
