package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2024PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2024";
    }

    /** Of vCPU 3, found one slot after the start, 6.12 to 6.18 remember 1. */
    @Test
    void remembersTheOffsetInTheKernelsThatDoSo() {
        assertThat(kept("eevdf-6.12+p2024")).isEqualTo(1);
        assertThat(kept("eevdf-6.18+p2024")).isEqualTo(1);
        assertThat(kept("eevdf-6.19rc1+p2024")).isEqualTo(3);
        assertThat(kept("eevdf-6.6+p2024")).isEqualTo(3);
        assertThat(kept("eevdf-6.12+p2024{lastBoostedBug=0}")).isEqualTo(3);
        assertThat(kept("eevdf-6.19+p2024{lastBoostedBug=1}")).isEqualTo(1);
    }

    private static int kept(String setting) {
        return Setting.parse(setting).createPolicy().lastBoosted(3, 1);
    }
}
