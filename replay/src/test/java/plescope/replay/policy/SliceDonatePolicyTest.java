package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SliceDonatePolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "slice-donate";
    }

    private final FakeEntity yielder = new FakeEntity(100, 1024);
    private final FakeEntity target = new FakeEntity(110, 1024);
    private final Policy policy = Setting.parse("eevdf-6.12+slice-donate").createPolicy();

    @Test
    void aTargetBehindTheYielderTakesItsPlace() {
        policy.beforeYield(FakeQueue.eevdf(3_000_000), yielder, target);
        assertThat(yielder.exchangedWith).isSameAs(target);
    }

    @Test
    void aTargetAheadNeedsNoDonation() {
        policy.beforeYield(FakeQueue.eevdf(3_000_000), yielder, new FakeEntity(100, 1024));
        assertThat(yielder.exchangedWith).isNull();
    }

    @Test
    void unequalWeightsAndOtherRunQueuesAreLeftAlone() {
        policy.beforeYield(FakeQueue.eevdf(3_000_000), yielder, new FakeEntity(110, 1023));
        target.queue = 1;
        policy.beforeYield(FakeQueue.eevdf(3_000_000), yielder, target);
        assertThat(yielder.exchangedWith).isNull();
    }
}
