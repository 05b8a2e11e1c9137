package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WlV2DeboostPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "wl-v2-deboost";
    }

    private static final long MS = 1_000_000;

    private final FakeHost host = FakeHost.of(8, 1, 4);
    private final FakeQueue queue = FakeQueue.eevdf(2_800_000);
    private final FakeEntity yielder = new FakeEntity(100 * MS, 1024);
    private final FakeEntity target = new FakeEntity(101 * MS, 1024);

    /** Two threads, 1 ms apart: 2.8 + 1.1 ms to v = 103.9 ms, and a slice of 2.8 ms later the deadline. */
    @Test
    void chargesTheYielderAndPushesItsDeadline() {
        host.start("eevdf-6.19rc1+wl-v2-deboost").beforeYield(queue, yielder, target);
        assertThat(yielder.vruntime()).isEqualTo(103_900_000);
        assertThat(yielder.deadline()).isEqualTo(106_700_000);
        assertThat(target.vruntime()).isEqualTo(101 * MS);
    }

    /** A yielder of half weight: 2.8 ms are 5.6 ms of its virtual time; 5.6 + 1.1 to v = 106.7, deadline 112.3. */
    @Test
    void granularityScalesWithTheYieldersWeight() {
        FakeEntity light = new FakeEntity(100 * MS, 512);
        host.start("eevdf-6.19rc1+wl-v2-deboost").beforeYield(queue, light, target);
        assertThat(light.vruntime()).isEqualTo(106_700_000);
        assertThat(light.deadline()).isEqualTo(112_300_000);
    }

    @Test
    void aSecondYieldWithinSixMillisecondsIsLeftAlone() {
        Policy policy = host.start("eevdf-6.19rc1+wl-v2-deboost");
        policy.beforeYield(queue, yielder, target);
        queue.now = 6 * MS;
        policy.beforeYield(queue, yielder, target);
        assertThat(yielder.vruntime()).isEqualTo(103_900_000);
        queue.now = 6 * MS + 1;
        policy.beforeYield(queue, yielder, target);
        // Now nothing is needed: one granularity.
        assertThat(yielder.vruntime()).isEqualTo(106_700_000);
    }

    @Test
    void attemptsThatComeToNothingUseUpTheRateLimitUnlessRepaired() {
        FakeEntity elsewhere = new FakeEntity(900 * MS, 1024);
        elsewhere.queue = 1;
        for (boolean spend : new boolean[] {true, false}) {
            Policy policy = host.start("eevdf-6.19rc1+wl-v2-deboost{rejectedSpend=" + (spend ? 1 : 0) + "}");
            FakeEntity spinner = new FakeEntity(100 * MS, 1024);
            policy.beforeYield(queue, spinner, elsewhere);
            assertThat(spinner.vruntime()).isEqualTo(100 * MS);
            policy.beforeYield(queue, spinner, target);
            assertThat(spinner.vruntime() == 100 * MS).isEqualTo(spend);
        }
    }

    @Test
    void aThreadAloneOnTheCommonQueueIsLeftAlone() {
        yielder.queuedThreads = 1;
        host.start("eevdf-6.19rc1+wl-v2-deboost").beforeYield(queue, yielder, target);
        assertThat(yielder.vruntime()).isEqualTo(100 * MS);
    }

    /**
     * The target yields back to the yielder 0.5 ms after the reverse. As published the rate limit hides it and the next chance
     * comes too late. With the memory kept at every yield and no rate limit the penalty of 2.8 + 1.1 * 5 = 8.3 ms becomes the
     * distance, 5 ms.
     */
    @Test
    void reversedPairsAreSoftenedOnlyWhereTheMemoryIsYoung() {
        for (String fix : new String[] {"fixDebounce=1", "fixDebounce=0"}) {
            Policy policy = host.start("eevdf-6.19rc1+wl-v2-deboost{" + fix + "}");
            FakeEntity first = new FakeEntity(100 * MS, 1024);
            FakeEntity second = new FakeEntity(100 * MS, 1024);
            queue.now = 0;
            policy.beforeYield(queue, first, second);
            queue.now = 5_900_000;
            policy.beforeYield(queue, second, first);
            assertThat(second.vruntime()).as("rate limit").isEqualTo(100 * MS);
            // first lies at 102.8 and second, moved to 107.8, is 5 ms ahead of it.
            second.setVruntime(107_800_000);
            queue.now = 6_400_000;
            policy.beforeYield(queue, first, second);
            assertThat(first.vruntime()).isEqualTo(102_800_000 + (fix.equals("fixDebounce=1") ? 5_000_000 : 8_300_000));
        }
    }

    @Test
    void queuesHaveRateLimitsOfTheirOwn() {
        Policy policy = host.start("eevdf-6.19rc1+wl-v2-deboost");
        policy.beforeYield(queue, yielder, target);
        FakeQueue other = FakeQueue.eevdf(2_800_000);
        other.pcpu = 1;
        FakeEntity neighbour = new FakeEntity(100 * MS, 1024);
        policy.beforeYield(other, neighbour, target);
        assertThat(neighbour.vruntime()).isEqualTo(103_900_000);
    }
}
