package plescope.replay.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VcpuPairsTest {
    private final VcpuPairs pairs = new VcpuPairs();

    @Test
    void eachDirectionOfEachPairIsKept() {
        for (int from = 0; from < 100; from++) {
            for (int to = 0; to < 100; to++) {
                pairs.at(from, to).pauseTo += 1000L * from + to;
            }
        }
        for (int from = 0; from < 100; from++) {
            for (int to = 0; to < 100; to++) {
                assertThat(pairs.find(from, to).pauseTo).isEqualTo(1000L * from + to);
            }
        }
        assertThat(pairs.known()).isEqualTo(10_000);
        assertThat(pairs.find(100, 0)).isNull();
    }

    @Test
    void whatIsSeenOfTooManyPairsIsForgotten() {
        // 1,000 vCPUs have 10^6 pairs; 2^18 are kept.
        for (int from = 0; from < 1_000; from++) {
            for (int to = 0; to < 1_000; to++) {
                pairs.at(from, to).otherTo++;
            }
        }
        assertThat(pairs.known()).isEqualTo(VcpuPairs.MOST);
        assertThat(pairs.find(999, 999)).isNull();
        assertThat(pairs.find(0, 999).otherTo).isEqualTo(1);
    }
}
