package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.replay.policy.SchedulerVersion;

/** Once queues have grown to their size, scheduling makes no garbage. */
class SteadyStateTest {
    private static final int STEPS = 10_000;

    @ParameterizedTest
    @EnumSource
    void nothingIsAllocatedPerStep(SchedulerVersion version) {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (long seed = 4; seed <= 7; seed++) {
            RandomHost host = new RandomHost(version, seed);
            for (int step = 0; step < STEPS; step++) {
                host.step();
            }
            long before = memory.getCurrentThreadAllocatedBytes();
            for (int step = 0; step < STEPS; step++) {
                host.step();
            }
            long allocated = memory.getCurrentThreadAllocatedBytes() - before;
            // A queue may still double once or twice; a byte per step would be garbage.
            assertThat(allocated).as(host.story).isLessThan(STEPS);
        }
    }
}
