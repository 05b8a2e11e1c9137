package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.policy.SchedulerVersion;

class SchedulerTunablesTest {
    @Test
    void constantsScaleWithTheLogarithmOfUpToEightPcpus() {
        int[][] factorOf = {{1, 1}, {2, 2}, {3, 2}, {4, 3}, {7, 3}, {8, 4}, {16, 4}, {96, 4}};
        for (int[] row : factorOf) {
            long factor = row[1];
            assertThat(SchedulerTunables.scalingFactor(row[0])).isEqualTo(row[1]);
            SchedulerTunables cfs = SchedulerTunables.of(SchedulerVersion.CFS_5_6, row[0], 250);
            assertThat(cfs.latency()).isEqualTo(6_000_000 * factor);
            assertThat(cfs.minGranularity()).isEqualTo(750_000 * factor);
            assertThat(cfs.wakeupGranularity()).isEqualTo(1_000_000 * factor);
            SchedulerTunables eevdf = SchedulerTunables.of(SchedulerVersion.EEVDF_6_12, row[0], 1000);
            assertThat(eevdf.baseSlice()).isEqualTo(750_000 * factor);
            assertThat(eevdf.tick()).isEqualTo(1_000_000);
        }
    }
}
