package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.Roster;
import plescope.replay.spin.GuestSamples;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinPlace;
import plescope.replay.testing.RoundRobin;
import plescope.replay.workload.WorkloadLock.Discipline;

class SampledWorkTest {
    private static final int VCPUS = 4;
    private static final long LOOP = 0x1000;
    private static final GuestSymbols CODE = GuestSymbols.NONE.withSpinCode(
            List.of(new SpinPlace.Range("vm0", LOOP - 16, LOOP + 16, SpinPlace.Kind.LOCK, 0)));

    private final List<GuestSamples> convoy = RoundRobin.runs(VCPUS, 100, LOOP);

    private static Workload recorded(List<GuestSamples> samples) {
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        List<VcpuWork> work = new ArrayList<>();
        for (int v = 0; v < samples.size(); v++) {
            vcpus.add(new Roster.Vcpu(v, 0, v, 11 + v, "CPU " + v + "/KVM"));
            work.add(new VcpuWork.Builder()
                    .compute(samples.get(v).ranNs())
                    .add(StepKind.HOST, 1_000, 0)
                    .build());
        }
        Roster roster = new Roster(List.of(new Roster.Vm(0, "vm0", 10, Roster.Grouping.TGID)), vcpus, List.of(), 1);
        return new Workload(roster, work, new int[0], 1_600_000_000L);
    }

    private SampledWork sampled(GuestSymbols code) {
        Workload recorded = recorded(convoy);
        return new SampledWork(recorded.roster(), convoy, code, recorded);
    }

    @Test
    void withoutKnownCodeNothingIsClaimed() {
        SampledWork work = sampled(GuestSymbols.NONE);
        assertThat(work.known()).isFalse();
        assertThat(work.reason())
                .contains("400 samples")
                .contains("--spin-code")
                .contains("--symbols");
        assertThat(work.draw(0).locks()).isEmpty();
        assertThat(work.draw(0).work(2).totalWorkNs()).isEqualTo(400_000_000);
    }

    /**
     * All 400 samples spin: a queue. Jeffreys' share is (400 + 0.5) / 401 = 99.875 %, so with one taking per run of 4 ms a turn is
     * 4 ms x 0.125 % = 5 us of work.
     */
    @Test
    void aConvoyBecomesAQueuedLockWithTurnsThatFitItsSchedule() {
        SampledWork work = sampled(CODE);
        Workload drawn = work.draw(0);
        assertThat(work.known()).isTrue();
        assertThat(drawn.locks()).containsExactly(new WorkloadLock(0, "0xff0", Discipline.FIFO));
        long acquired = 0;
        for (int step = 0; step < drawn.work(1).size(); step++) {
            acquired += drawn.work(1).kind(step) == StepKind.ACQUIRE ? 1 : 0;
        }
        assertThat((double) drawn.work(1).totalWorkNs() / acquired).isEqualTo(5_000, within(500.0));
    }

    @Test
    void equalMembersAreEqualAndOthersDiffer() {
        SampledWork work = sampled(CODE);
        assertThat(work.draw(3).work(0).totalWorkNs())
                .isEqualTo(work.draw(3).work(0).totalWorkNs());
        assertThat(work.draw(3).work(0).ns(3)).isNotEqualTo(work.draw(4).work(0).ns(3));
    }
}
