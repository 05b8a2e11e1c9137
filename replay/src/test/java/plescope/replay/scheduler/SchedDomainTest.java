package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.model.Topology;
import plescope.replay.policy.SchedulerVersion;

class SchedDomainTest {
    private static SchedDomain[][] domains(Topology topology) {
        return SchedDomain.of(topology, SchedulerTunables.of(SchedulerVersion.EEVDF_6_12, topology.pcpus(), 250));
    }

    @Test
    void aFlatMachineHasOneLevelAndASinglePcpuNone() {
        assertThat(domains(Topology.flat(1))[0]).isEmpty();
        SchedDomain[][] flat = domains(Topology.flat(96));
        assertThat(flat[95]).hasSize(1);
        assertThat(flat[95][0].weight()).isEqualTo(96);
        assertThat(flat[95][0].groupSpan).isEqualTo(1);
        assertThat(flat[95][0]).isSameAs(flat[0][0]);
    }

    @Test
    void twoNodesOfTwoCachesOfFourCoresWithSiblings() {
        SchedDomain[][] domains = domains(new Topology(32, 2, 8, 16));
        SchedDomain[] chain = domains[21];
        int[][] levels = new int[chain.length][];
        for (int i = 0; i < chain.length; i++) {
            levels[i] = new int[] {
                chain[i].from, chain[i].to, chain[i].groupSpan, chain[i].imbalancePct, chain[i].cacheNiceTries
            };
        }
        // Core 20-21, cache 16-23, node 16-31, machine.
        assertThat(levels).isDeepEqualTo(new int[][] {
            {20, 22, 1, 110, 0}, {16, 24, 2, 117, 1}, {16, 32, 8, 117, 1}, {0, 32, 16, 117, 2}
        });
        assertThat(domains[20][0]).isSameAs(chain[0]);
        assertThat(domains[19][0]).isNotSameAs(chain[0]);
        assertThat(domains[0][3]).isSameAs(chain[3]);
    }

    @Test
    void theLastGroupMayBeSmaller() {
        SchedDomain[][] domains = domains(new Topology(10, 1, 4, 4));
        SchedDomain last = domains[9][0];
        assertThat(last.from).isEqualTo(8);
        assertThat(last.weight()).isEqualTo(2);
        SchedDomain machine = domains[9][1];
        assertThat(machine.groupOf(9)).isEqualTo(8);
        assertThat(machine.groupEnd(8)).isEqualTo(10);
    }
}
