package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StealGovernorTest {
    private static final long[] RATIOS = {800, 900, 700, 300, 600, 550, 100, 150, 200, 201, 0, 0};

    /** 5 % and 2 %, eight cores: the second sample of a direction acts; 200 is low, 201 is neither. */
    @Test
    void actsOnTheSecondSampleOfADirection() {
        StealGovernor governor = new StealGovernor(500, 200, true);
        int[] actions = {0, -1, -1, 0, 0, -1, 0, 1, 1, 0, 0, 1};
        for (int i = 0; i < RATIOS.length; i++) {
            assertThat(governor.sample(RATIOS[i])).as("sample %d", i).isEqualTo(actions[i]);
        }
    }

    @Test
    void withoutDirectionEverySampleActs() {
        StealGovernor governor = new StealGovernor(500, 200, false);
        int[] actions = {-1, -1, -1, 0, -1, -1, 1, 1, 1, 0, 1, 1};
        for (int i = 0; i < RATIOS.length; i++) {
            assertThat(governor.sample(RATIOS[i])).as("sample %d", i).isEqualTo(actions[i]);
        }
    }
}
