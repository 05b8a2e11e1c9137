package plescope.replay.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.engine.SimulationSummary.VcpuOutcome;
import plescope.replay.policy.Setting;

/** Engine and reference must agree to the nanosecond on who ran when, and on what every guest got done. */
class ReferenceTest {
    private static final int CASES = 200;

    @ParameterizedTest
    @ValueSource(strings = {"cfs-5.6+p2019", "cfs-6.1+p2021", "eevdf-6.12+p2024", "eevdf-6.18+p2024"})
    void engineAndReferenceAgree(String setting) {
        long pauseExits = 0;
        long switches = 0;
        for (long seed = 1; seed <= CASES; seed++) {
            SlowHost slow = agree(SmallHost.draw(seed), setting);
            switches += slow.switches.size();
            for (SlowVcpu vcpu : slow.vcpus) {
                pauseExits += vcpu.pauseExits;
            }
        }
        // Not all cases may be idle ones.
        assertThat(switches).isGreaterThan(20L * CASES);
        assertThat(pauseExits).isGreaterThan(20L * CASES);
    }

    private static SlowHost agree(SmallHost drawn, String setting) {
        RecordedSwitches fast = new RecordedSwitches();
        SimulationSummary summary =
                HostSimulator.run(drawn.work(), drawn.host(), Setting.parse(setting), drawn.seed(), fast);
        SlowHost slow = new SlowHost(
                drawn.work(),
                drawn.host(),
                setting.startsWith("eevdf"),
                setting.startsWith("eevdf-6.18"),
                drawn.seed());
        slow.run();
        String where = setting + ", seed " + drawn.seed();
        for (int i = 0; i < Math.min(fast.all.size(), slow.switches.size()); i++) {
            assertThat(fast.all.get(i)).as("%s, switch %d", where, i).isEqualTo(slow.switches.get(i));
        }
        assertThat(fast.all).as(where).hasSameSizeAs(slow.switches);
        assertThat(summary.elapsedNs()).as(where).isEqualTo(slow.now);
        assertThat(summary.brokenEdges()).as(where).isZero();
        for (SlowVcpu vcpu : slow.vcpus) {
            VcpuOutcome outcome = summary.vcpus().get(vcpu.index);
            assertThat(outcome.finished()).as(where).isEqualTo(vcpu.finished);
            assertThat(outcome.workNs()).as(where).isEqualTo(vcpu.offset);
            assertThat(outcome.guestNs()).as(where).isEqualTo(vcpu.guestTime);
            assertThat(outcome.spinNs()).as(where).isEqualTo(vcpu.spinTime);
            assertThat(outcome.pauseExits()).as(where).isEqualTo(vcpu.pauseExits);
        }
        return slow;
    }
}
