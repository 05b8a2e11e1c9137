package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeWindowTest {
    /** The clock reads 812.4 s at the first event, the recording takes 2 s. */
    private static TimeWindow.Stretch within(String text) {
        return TimeWindow.parse(text).within(812_400_000_000L, 2_000_000_000L);
    }

    @Test
    void timesWithAUnitCountFromTheStart() {
        assertThat(within("100ms,1s")).isEqualTo(new TimeWindow.Stretch(100_000_000, 1_000_000_000));
        assertThat(within("0.5us,700ns")).isEqualTo(new TimeWindow.Stretch(500, 700));
    }

    @Test
    void timesWithoutAUnitAreReadingsOfTheClock() {
        // 812.5 s is 100 ms after the first event.
        assertThat(within("812.5,813")).isEqualTo(new TimeWindow.Stretch(100_000_000, 600_000_000));
    }

    @Test
    void anEndLeftOutIsThatOfTheRecording() {
        assertThat(within(",1s")).isEqualTo(new TimeWindow.Stretch(0, 1_000_000_000));
        assertThat(within("1s,")).isEqualTo(new TimeWindow.Stretch(1_000_000_000, 2_000_000_000));
    }

    @Test
    void partsTouchAndCoverTheWhole() {
        assertThat(within("30%/1")).isEqualTo(new TimeWindow.Stretch(0, 600_000_000));
        assertThat(within("30%/2")).isEqualTo(new TimeWindow.Stretch(600_000_000, 1_200_000_000));
        // The fourth of 30 % is what is left.
        assertThat(within("30%/4")).isEqualTo(new TimeWindow.Stretch(1_800_000_000, 2_000_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "10%", "10%/0", "0%/1", "50%/3", "1m,2m", "a,b", "1e99,2e99", "100ms"})
    void whatIsNoWindowIsRefused(String text) {
        assertThatThrownBy(() -> TimeWindow.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1s,500ms", "3s,4s", "1.0,2.0"})
    void aWindowThatHoldsNothingIsRefused(String text) {
        assertThatThrownBy(() -> within(text)).hasMessageContaining("nothing of the recording");
    }
}
