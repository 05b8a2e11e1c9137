package plescope.parser;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReadOptionsTest {
    @Test
    void aShareOutsideZeroToOneIsRefused() {
        assertThatThrownBy(() -> new ReadOptions(false, 1.5, 0)).hasMessage("maxLoss must lie in 0..1, was 1.5");
        assertThatThrownBy(() -> new ReadOptions(false, Double.NaN, 0)).hasMessage("maxLoss must lie in 0..1, was NaN");
    }
}
