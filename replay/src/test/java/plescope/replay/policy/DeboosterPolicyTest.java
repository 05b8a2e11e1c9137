package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeboosterPolicyTest extends PolicyContract {
    @Override
    String setting() {
        return "cfs-5.6+p2019+debooster";
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
            new DeboosterPolicy(0).beforeYield(new FakeQueue(4_000_000), yielder, target);
            assertThat(yielder.vruntime()).isEqualTo(row[3] * 1_000_000);
        }
    }

    @Test
    void leavesVcpusOfDifferentRunQueuesAlone() {
        FakeEntity yielder = new FakeEntity(100, 1024);
        FakeEntity target = new FakeEntity(900_000_000, 1024);
        target.queue = 1;
        new DeboosterPolicy(1).beforeYield(new FakeQueue(4_000_000), yielder, target);
        assertThat(yielder.vruntime()).isEqualTo(100);
    }

    private record FakeQueue(long wakeupGranularityNs) implements RunQueueView {
        @Override
        public int pcpu() {
            return 0;
        }

        @Override
        public int nrRunning() {
            return 2;
        }
    }

    /** An entity on the root of a run queue. */
    private static final class FakeEntity implements EntityView {
        private int queue;
        private long vruntime;
        private final long weight;

        FakeEntity(long vruntime, long weight) {
            this.vruntime = vruntime;
            this.weight = weight;
        }

        @Override
        public EntityView parentEntity() {
            return null;
        }

        @Override
        public boolean sharesQueueWith(EntityView other) {
            return queue == ((FakeEntity) other).queue;
        }

        @Override
        public long vruntime() {
            return vruntime;
        }

        @Override
        public void setVruntime(long vruntime) {
            this.vruntime = vruntime;
        }

        @Override
        public long toVirtual(long realNs) {
            return realNs * 1024 / weight;
        }
    }
}
