package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.Workloads;

class WlV3PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "wl-v3";
    }

    @Override
    String eevdf() {
        return "eevdf-7.1";
    }

    @Override
    List<String> settings() {
        List<String> settings = new ArrayList<>(super.settings());
        settings.add("eevdf-7.1+wl-v3+cgroup-vm-vcpu");
        settings.add("eevdf-7.1+wl-v3{crossQueue=0}+cgroup-vm-vcpu");
        return settings;
    }

    /**
     * Without groups a convoy of one VM starves the other: two spinners that yield to each other hold the mean back, see
     * {@code LagCreditTest}. In a group per VM the bounds hold.
     */
    @Override
    boolean fair(Setting setting) {
        return setting.layout() != CgroupLayout.FLAT;
    }

    /** What the exemption covers: if convoys stop starving it has to go. */
    @Test
    void withoutGroupsOnlyConvoysStarve() {
        workloads().forEach((name, work) -> {
            long longest = run("eevdf-7.1+wl-v3", work, Workloads.host(2)).longestSteal();
            assertThat(longest > STARVATION_BOUND).as(name + ": " + longest).isEqualTo(name.equals("convoy"));
        });
    }

    private static final long MS = 1_000_000;

    private final FakeHost host = FakeHost.of(8, 1, 4);
    private final FakeQueue queue = FakeQueue.eevdf(2_800_000);
    private final FakeEntity yielder = new FakeEntity(100 * MS, 1024);

    /** V = 102 ms over two equal entities, of which the mean follows half way; the target at 104 lacks 2 ms of lag. */
    private FakeEntity ineligible() {
        FakeEntity target = new FakeEntity(104 * MS, 1024);
        target.queueVruntime = 102 * MS;
        target.meanFollowsPermille = 500;
        target.eligible = false;
        return target;
    }

    /**
     * Margin 2.8 ms * 2 / 8 = 0.7 ms. The other entity lies at 100, so lag 0.7 ms asks for v = 98.6, V = 99.3.
     */
    @Test
    void anIneligibleTargetGetsTheMarginAsLag() {
        FakeEntity target = ineligible();
        target.deadline = 106 * MS;
        host.start("eevdf-7.1+wl-v3").beforeYield(queue, yielder, target);
        assertThat(target.vruntime()).isCloseTo(98_600_000, within(100L));
        assertThat(target.queueVruntime() - target.vruntime()).isCloseTo(700_000, within(100L));
        assertThat(target.deadline()).as("moves along").isEqualTo(target.vruntime() + 2 * MS);
    }

    @Test
    void theMarginGrowsWithDepthAndIsBounded() {
        FakeEntity deep = ineligible();
        deep.queuedThreads = 20;
        host.start("eevdf-7.1+wl-v3{kappa=0.5}").beforeYield(queue, yielder, deep);
        // Depth counts up to 8: 2.8 * 8 / 8 * 0.5.
        assertThat(deep.queueVruntime() - deep.vruntime()).isCloseTo(1_400_000, within(100L));
        FakeEntity bounded = ineligible();
        bounded.lagLimit = 300_000;
        host.start("eevdf-7.1+wl-v3").beforeYield(queue, yielder, bounded);
        assertThat(bounded.queueVruntime() - bounded.vruntime()).isCloseTo(300_000, within(100L));
    }

    @Test
    void everyLevelAboveTheTargetIsCredited() {
        FakeEntity group = ineligible();
        FakeEntity target = ineligible();
        target.queue = 7;
        target.parent = group;
        host.start("eevdf-7.1+wl-v3").beforeYield(queue, yielder, target);
        assertThat(group.vruntime()).isCloseTo(98_600_000, within(100L));
        assertThat(target.vruntime()).isCloseTo(98_600_000, within(100L));
    }

    @Test
    void eligibleTargetsAreLeftAlone() {
        FakeEntity eligible = ineligible();
        eligible.eligible = true;
        host.start("eevdf-7.1+wl-v3").beforeYield(queue, yielder, eligible);
        assertThat(eligible.vruntime()).isEqualTo(104 * MS);
        FakeEntity uncredited = ineligible();
        host.start("eevdf-7.1+wl-v3{credit=0}").beforeYield(queue, yielder, uncredited);
        assertThat(uncredited.vruntime()).isEqualTo(104 * MS);
    }

    @Test
    void targetsOnOtherRunQueuesAreCreditedUnlessSwitchedOffButForceNobodyOff() {
        FakeEntity elsewhere = ineligible();
        elsewhere.queue = 1;
        host.start("eevdf-7.1+wl-v3{crossQueue=0}").beforeYield(queue, yielder, elsewhere);
        assertThat(elsewhere.vruntime()).isEqualTo(104 * MS);
        Policy policy = host.start("eevdf-7.1+wl-v3");
        policy.beforeYield(queue, yielder, elsewhere);
        assertThat(elsewhere.vruntime()).isCloseTo(98_600_000, within(100L));
        policy.afterYield(queue, yielder, elsewhere);
        assertThat(queue.resched).isFalse();
    }

    @Test
    void theYielderIsForcedOffEverySixMilliseconds() {
        Policy policy = host.start("eevdf-7.1+wl-v3");
        policy.afterYield(queue, yielder, ineligible());
        assertThat(queue.resched).isTrue();
        assertThat(yielder.protectionEnded).isTrue();
        queue.resched = false;
        queue.now = 6 * MS;
        policy.afterYield(queue, yielder, ineligible());
        assertThat(queue.resched).isFalse();
        queue.now = 6 * MS + 1;
        policy.afterYield(queue, yielder, ineligible());
        assertThat(queue.resched).isTrue();
    }
}
