package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeboosterPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "debooster";
    }

    /** Gap 110 - 100 ms against a granularity of 4 ms: raised to 106 ms, less for a light yielder, never lowered. */
    @Test
    void raisesTheYielderToOneGranularityBehindTheTarget() {
        long[][] rows = {
            {100, 103, 1024, 100},
            {100, 104, 1024, 100},
            {100, 110, 1024, 106},
            {100, 130, 1024, 126},
            {110, 100, 1024, 110},
            {100, 110, 512, 102},
        };
        for (long[] row : rows) {
            FakeEntity yielder = new FakeEntity(row[0] * 1_000_000, row[2]);
            FakeEntity target = new FakeEntity(row[1] * 1_000_000, 1024);
            new DeboosterPolicy(0).beforeYield(FakeQueue.cfs(4_000_000), yielder, target);
            assertThat(yielder.vruntime()).isEqualTo(row[3] * 1_000_000);
        }
    }

    @Test
    void leavesVcpusOfDifferentRunQueuesAlone() {
        FakeEntity yielder = new FakeEntity(100, 1024);
        FakeEntity target = new FakeEntity(900_000_000, 1024);
        target.queue = 1;
        new DeboosterPolicy(1).beforeYield(FakeQueue.cfs(4_000_000), yielder, target);
        assertThat(yielder.vruntime()).isEqualTo(100);
    }
}
