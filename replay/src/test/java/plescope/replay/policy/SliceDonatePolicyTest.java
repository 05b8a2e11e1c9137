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
        yielder.deadline = 103;
        target.deadline = 115;
        policy.afterYield(FakeQueue.eevdf(3_000_000), yielder, target);
        assertThat(yielder.vruntime()).isEqualTo(110);
        assertThat(yielder.deadline()).isEqualTo(113);
        assertThat(target.vruntime()).isEqualTo(100);
        assertThat(target.deadline()).isEqualTo(105);
    }

    @Test
    void aTargetAheadNeedsNoDonation() {
        policy.afterYield(FakeQueue.eevdf(3_000_000), yielder, new FakeEntity(90, 1024));
        assertThat(yielder.vruntime()).isEqualTo(100);
    }

    @Test
    void unequalWeightsAndOtherRunQueuesAreLeftAlone() {
        policy.afterYield(FakeQueue.eevdf(3_000_000), yielder, new FakeEntity(110, 1023));
        target.queue = 1;
        policy.afterYield(FakeQueue.eevdf(3_000_000), yielder, target);
        assertThat(yielder.vruntime()).isEqualTo(100);
        assertThat(target.vruntime()).isEqualTo(110);
    }
}
