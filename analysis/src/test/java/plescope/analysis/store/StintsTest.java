package plescope.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StintsTest {
    private final Stints stints = new Stints();

    @Test
    void theyStandByTheirEnds() {
        stints.add(1, 0, 10, Stints.MOST);
        stints.add(2, 10, 30, Stints.MOST);
        stints.add(3, 5, 20, Stints.MOST);
        assertThat(stints.size()).isEqualTo(3);
        assertThat(stints.who(0)).isEqualTo(1);
        assertThat(stints.who(1)).isEqualTo(3);
        assertThat(stints.who(2)).isEqualTo(2);
        // 5 to 20 and 8 to 12 share 8 to 12
        assertThat(stints.overlapNs(1, 8, 12)).isEqualTo(4);
    }

    /** 8,192 each for up to 64 pCPUs; 8,192 x 64 / 256 = 2,048; never below 64. */
    @Test
    void morePcpusAreRememberedForLess() {
        assertThat(Stints.most(1)).isEqualTo(8_192);
        assertThat(Stints.most(64)).isEqualTo(8_192);
        assertThat(Stints.most(256)).isEqualTo(2_048);
        assertThat(Stints.most(8_192)).isEqualTo(64);
        assertThat(Stints.most(1_000_000)).isEqualTo(64);
    }

    /** Numbers 0 to 99 kept, then room for 64: 32 of them stay, 68 to 99, and the new one. */
    @Test
    void whatIsKeptSinksWithTheRoom() {
        for (int i = 0; i < 100; i++) {
            stints.add(i, i, i + 1, 8_192);
        }
        stints.add(100, 100, 101, 64);
        assertThat(stints.size()).isEqualTo(33);
        assertThat(stints.who(0)).isEqualTo(68);
        assertThat(stints.who(32)).isEqualTo(100);
        for (int i = 101; i < 1_000; i++) {
            stints.add(i, i, i + 1, 64);
            assertThat(stints.size()).isLessThanOrEqualTo(64);
        }
        assertThat(stints.who(stints.size() - 1)).isEqualTo(999);
    }
}
