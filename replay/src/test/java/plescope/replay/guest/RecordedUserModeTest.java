package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.Workloads;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

class RecordedUserModeTest {
    private static final VcpuWork STEPS = new VcpuWork.Builder().compute(1_000).build();

    private final RecordedUserMode mode = new RecordedUserMode(new Workload(
            Workloads.roster(1, 3), List.of(STEPS.inUser(250), STEPS, STEPS.inUser(1_000)), new int[0], 1_000));

    /** 10000 moments 4 ms apart: four standard errors of a quarter are 1.7 points. */
    @Test
    void theHostFindsAProgramAsOftenAsRecorded() {
        int[] user = new int[3];
        for (int moment = 0; moment < 10_000; moment++) {
            for (int vcpu = 0; vcpu < 3; vcpu++) {
                user[vcpu] += mode.at(vcpu, 4_000_000L * moment) ? 1 : 0;
            }
        }
        assertThat(user[0] / 10_000.0).isEqualTo(0.25, within(0.017));
        assertThat(user[1]).isZero();
        assertThat(user[2]).isEqualTo(10_000);
    }

    @Test
    void askingAgainAnswersTheSame() {
        for (long ns = 0; ns < 1_000; ns++) {
            assertThat(mode.at(0, ns)).isEqualTo(mode.at(0, ns));
        }
    }
}
