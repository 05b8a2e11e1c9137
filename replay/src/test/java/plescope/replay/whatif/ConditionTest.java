package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.Workloads;
import plescope.replay.model.Roster;

class ConditionTest {
    private static final Roster TWO = Workloads.roster(2, 1);

    /** Host 10, vm0 4, vm1 6. */
    private static Measures throughput(double vm0, double vm1) {
        return new Measures(
                List.of(Map.of(Measure.THROUGHPUT, vm0), Map.of(Measure.THROUGHPUT, vm1)),
                Map.of(Measure.THROUGHPUT, vm0 + vm1),
                List.of());
    }

    private static boolean holds(String condition, double vm0, double vm1) {
        return Condition.parse(condition).holds(TWO, throughput(vm0, vm1), throughput(4, 6));
    }

    @Test
    void boundsAreComparedAsWritten() {
        assertThat(holds("throughput>10", 5, 6)).isTrue();
        assertThat(holds("throughput>10", 5, 5)).isFalse();
        assertThat(holds("throughput>=10", 5, 5)).isTrue();
        assertThat(holds("throughput<=10", 5, 5)).isTrue();
        assertThat(holds("throughput < 10", 5, 5)).isFalse();
        assertThat(holds("vm1.throughput<5.5", 50, 5)).isTrue();
        assertThat(holds("vm0.throughput<5.5", 50, 5)).isFalse();
    }

    @Test
    void percentAreOfTheIdentityReplay() {
        // 95 % of 10 is 9.5; 95 % of vm1's 6 is 5.7
        assertThat(holds("throughput<95%", 4, 5.4)).isTrue();
        assertThat(holds("throughput<95%", 4, 5.6)).isFalse();
        assertThat(holds("vm1.throughput<95%", 9, 5.6)).isTrue();
        assertThat(holds("vm1.throughput<95%", 9, 5.8)).isFalse();
    }

    @Test
    void whatIsNotShownNeverHolds() {
        assertThat(holds("p99_lock_wait_us>0", 1, 1)).isFalse();
        assertThat(holds("p99_lock_wait_us<=0", 1, 1)).isFalse();
        assertThat(holds("p99_lock_wait_us<200%", 1, 1)).isFalse();
    }

    @Test
    void printsAsItReads() {
        for (String text : List.of("throughput>10", "vm0.fairness<=0.95", "my.vm.steal_percent>=120%")) {
            assertThat(Condition.parse(text)).hasToString(text);
            assertThat(Condition.parse(text.replaceAll("([<>]=?)", " $1 "))).isEqualTo(Condition.parse(text));
        }
    }

    @Test
    void mistakesNameWhatWasMeant() {
        assertThatThrownBy(() -> Condition.parse("p99_lock_wait>1"))
                .hasMessageContaining("unknown measure 'p99_lock_wait', nearest is 'p99_lock_wait_us'")
                .hasMessageContaining("throughput, spin");
        assertThatThrownBy(() -> Condition.parse("throughput=1")).hasMessageContaining("[VM.]MEASURE>NUMBER[%]");
        assertThatThrownBy(() -> Condition.parse("throughput>fast")).hasMessageContaining("'fast' is not a number");
        assertThatThrownBy(() -> Condition.parse("web.throughput>1").check(TWO))
                .hasMessageContaining("no VM 'web'; known are: vm0, vm1");
    }
}
