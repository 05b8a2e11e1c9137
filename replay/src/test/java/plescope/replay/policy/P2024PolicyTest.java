package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2024PolicyTest extends PolicyContract {
    @Override
    String setting() {
        return "eevdf-6.12+p2024";
    }

    @Test
    void remembersTheOffsetUnlessRepaired() {
        assertThat(Setting.parse(setting()).createPolicy().lastBoosted(3, 1)).isEqualTo(1);
        assertThat(Setting.parse("eevdf-6.12+p2024{lastBoostedBug=0}")
                        .createPolicy()
                        .lastBoosted(3, 1))
                .isEqualTo(3);
    }
}
