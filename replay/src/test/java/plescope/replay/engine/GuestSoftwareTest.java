package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plescope.replay.engine.ScriptedGuests.compute;
import static plescope.replay.engine.ScriptedGuests.halt;
import static plescope.replay.engine.ScriptedGuests.spin;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.Privilege;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.Kvm;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Topology;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.policy.Policy;
import plescope.replay.policy.Setting;
import plescope.replay.policy.VcpuView;

/**
 * What software may count on, times worked out by hand. Every vCPU has a pCPU to itself and is in guest mode from 3.5 us on: 1.5 us
 * reschedule IPI, 2 us switch. An exit takes 0.7 us, a handler 2 us, ticks come at 10 Hz.
 */
class GuestSoftwareTest {
    private static final long MS = 1_000_000;

    private static HostModel host(int pcpus, boolean apicv, HostCosts costs) {
        List<CpuSet> pins = new ArrayList<>();
        for (int p = 0; p < pcpus; p++) {
            pins.add(CpuSet.of(p));
        }
        Kvm kvm = new Kvm(apicv, 0, 2, 10_000, 0);
        return new HostModel(Topology.flat(pcpus), pins, List.of(), 10, costs, PleHardware.VMX_DEFAULT, kvm, List.of());
    }

    private static CheckedSink run(ScriptedGuests guests, boolean apicv, Policy policy) {
        CheckedSink sink = new CheckedSink();
        HostModel host = host(guests.roster().vcpus().size(), apicv, HostCosts.DEFAULT);
        sink.check(HostSimulator.run(guests, host, Setting.parse("cfs-6.1"), policy, MS, 1, sink));
        return sink;
    }

    private static CheckedSink run(ScriptedGuests guests) {
        return run(guests, false, new Policy() {});
    }

    private static ScriptedGuests oneInterruptsTheOther() {
        return new ScriptedGuests(2)
                .on(0, compute(10_000), (cpus, vcpu) -> {
                    cpus.sendIpi(vcpu, 1, 251, 7, 1);
                    cpus.halt(vcpu);
                })
                .on(1, compute(100_000));
    }

    @Test
    void aHandlerDelaysWhatItInterrupts() {
        ScriptedGuests guests = oneInterruptsTheOther();
        CheckedSink sink = run(guests);
        // Sent at 13.5; kick 15.0, entry 15.7, handler until 17.7; 11.5 of 100 us were done, the rest ends at 106.2.
        assertThat(guests.log).contains("vcpu1 handled 251/7 at 17700", "vcpu1 goes on at 106200");
        assertThat(sink.ipis).hasSize(1);
        assertThat(sink.ipis.get(0).vector()).isEqualTo(251);
        assertThat(sink.ipis.get(0).ackNs()).isEqualTo(17_700);
    }

    @Test
    void apicvSparesTheExitAndHidesTheEoi() {
        List<Integer> eois = new ArrayList<>();
        Policy listening = new Policy() {
            @Override
            public void onEoi(VcpuView vcpu, int vector) {
                eois.add(vector);
            }
        };
        ScriptedGuests guests = oneInterruptsTheOther();
        CheckedSink sink = run(guests, true, listening);
        // The notification arrives at 15.0; handler until 17.0; 88.5 us are left.
        assertThat(guests.log).contains("vcpu1 handled 251/7 at 17000", "vcpu1 goes on at 105500");
        assertThat(interruptExits(sink, 1)).isZero();
        assertThat(eois).isEmpty();
        assertThat(interruptExits(run(oneInterruptsTheOther(), false, listening), 1))
                .isEqualTo(1);
        assertThat(eois).containsExactly(251);
    }

    private static long interruptExits(CheckedSink sink, int vcpu) {
        return sink.exits.stream()
                .filter(e -> e.vcpu() == vcpu && e.reason().family() == Family.INTERRUPT)
                .count();
    }

    @Test
    void twoInterruptsAreHandledOneAfterTheOther() {
        ScriptedGuests guests = new ScriptedGuests(2)
                .on(0, compute(10_000), (cpus, vcpu) -> {
                    cpus.sendIpi(vcpu, 1, 251, 1, 2);
                    cpus.sendIpi(vcpu, 1, 252, 2, 2);
                    cpus.halt(vcpu);
                })
                .on(1, compute(100_000));
        run(guests);
        assertThat(guests.log)
                .containsSubsequence(
                        "vcpu1 handled 251/1 at 17700", "vcpu1 handled 252/2 at 19700", "vcpu1 goes on at 108200");
    }

    @Test
    void aTimerForcesARunningVcpuOutAndWakesAHaltedOne() {
        ScriptedGuests guests = new ScriptedGuests(2)
                .on(0, (cpus, vcpu) -> {
                    cpus.armTimer(vcpu, 50_000, 236, 0);
                    cpus.compute(vcpu, 100_000, Privilege.KERNEL, true);
                })
                .on(1, (cpus, vcpu) -> {
                    cpus.armTimer(vcpu, 50_000, 236, 0);
                    cpus.halt(vcpu);
                });
        CheckedSink sink = run(guests);
        // Running: exit at 50.0, entry 50.7, handled 52.7, 53.5 us left. Halted: IPI 51.5, switched in 53.5, handled
        // 55.5.
        assertThat(guests.log)
                .contains("vcpu0 handled 236/0 at 52700", "vcpu0 goes on at 106200")
                .contains("vcpu1 handled 236/0 at 55500", "vcpu1 goes on at 55500");
        assertThat(sink.ipis).as("timers are no IPIs").isEmpty();
    }

    @Test
    void aDisarmedTimerStaysSilent() {
        ScriptedGuests guests = new ScriptedGuests(1).on(0, (cpus, vcpu) -> {
            cpus.armTimer(vcpu, 50_000, 236, 0);
            cpus.disarmTimer(vcpu);
            cpus.compute(vcpu, 100_000, Privilege.KERNEL, true);
        });
        run(guests);
        assertThat(guests.log).containsExactly("vcpu0 goes on at 3500", "vcpu0 goes on at 103500");
    }

    @Test
    void devicesFinishInOrderAndInterrupt() {
        ScriptedGuests guests = new ScriptedGuests(1);
        guests.on(0, (cpus, vcpu) -> {
            cpus.callAt(70_000, () -> guests.log.add("second at " + cpus.now()));
            cpus.callAt(50_000, () -> cpus.interrupt(vcpu, 35, 1));
            cpus.callAt(70_000, () -> guests.log.add("third at " + cpus.now()));
            cpus.halt(vcpu);
        });
        run(guests);
        assertThat(guests.log)
                .containsExactly(
                        "vcpu0 goes on at 3500",
                        "vcpu0 handled 35/1 at 55500",
                        "vcpu0 goes on at 55500",
                        "second at 70000",
                        "third at 70000");
    }

    @Test
    void takingOffGivesBackWhatIsLeft() {
        ScriptedGuests guests = new ScriptedGuests(2) {
            @Override
            public void handled(int vcpu, int vector, long tag) {
                super.handled(vcpu, vector, tag);
                log.add("left " + cpus.takeOff(vcpu));
                cpus.compute(vcpu, 1_000, Privilege.KERNEL, false);
            }
        };
        guests.on(0, compute(10_000), (cpus, vcpu) -> {
                    cpus.sendIpi(vcpu, 1, 251, 7, 1);
                    cpus.halt(vcpu);
                })
                .on(1, compute(100_000));
        run(guests);
        assertThat(guests.log)
                .containsSubsequence("vcpu1 handled 251/7 at 17700", "left 88500", "vcpu1 goes on at 18700");
    }

    @Test
    void aReleasedSpinnerGoesOnAtOnceAndSoDoesOneReleasedBeforehand() {
        ScriptedGuests guests = new ScriptedGuests(2)
                .on(0, spin(Long.MAX_VALUE), (cpus, vcpu) -> {
                    cpus.release(vcpu, 1);
                    cpus.spin(vcpu, Long.MAX_VALUE, Privilege.KERNEL, Wait.Cause.LOCK);
                })
                .on(1, compute(1_000), (cpus, vcpu) -> {
                    cpus.release(0, vcpu);
                    cpus.compute(vcpu, 5, Privilege.KERNEL, true);
                });
        run(guests);
        // In one moment: the releaser, the spinner, and the spinner once more.
        assertThat(guests.log.subList(2, 5))
                .containsExactly("vcpu1 goes on at 4500", "vcpu0 goes on at 4500", "vcpu0 goes on at 4500");
    }

    @Test
    void releasedSpinnersGoOnInTheOrderOfTheirReleaseAndBeforeTheReleaser() {
        ScriptedGuests guests = new ScriptedGuests(3)
                .on(0, spin(Long.MAX_VALUE))
                .on(1, spin(Long.MAX_VALUE))
                .on(2, compute(1_000), (cpus, vcpu) -> {
                    cpus.release(1, vcpu);
                    cpus.release(0, vcpu);
                    cpus.compute(vcpu, 0, Privilege.KERNEL, true);
                });
        run(guests);
        assertThat(guests.log.subList(3, 7))
                .containsExactly(
                        "vcpu2 goes on at 4500",
                        "vcpu1 goes on at 4500",
                        "vcpu0 goes on at 4500",
                        "vcpu2 goes on at 4500");
    }

    @Test
    void aSpinEndsAtItsLimit() {
        ScriptedGuests guests = new ScriptedGuests(1).on(0, spin(1_500));
        CheckedSink sink = run(guests);
        assertThat(guests.log).contains("vcpu0 goes on at 5000");
        assertThat(sink.timeIn(0, VcpuState.SPINNING)).isEqualTo(1_500);
    }

    @Test
    void pauseLoopsExitInTheKernelOnly() {
        ScriptedGuests guests = new ScriptedGuests(2)
                .on(0, spin(100_000))
                .on(1, (cpus, vcpu) -> cpus.spin(vcpu, 100_000, Privilege.USER, Wait.Cause.UNKNOWN));
        CheckedSink sink = run(guests);
        assertThat(sink.exits)
                .filteredOn(e -> e.reason().isPause())
                .isNotEmpty()
                .allMatch(e -> e.vcpu() == 0);
        assertThat(guests.log).contains("vcpu1 goes on at 103500");
    }

    @Test
    void exitsTakeTheirHostTime() {
        ScriptedGuests guests = new ScriptedGuests(1)
                .on(0, compute(1_000), (cpus, vcpu) -> cpus.exit(vcpu, Family.IO, 20_000), compute(1_000));
        CheckedSink sink = run(guests);
        assertThat(guests.log).contains("vcpu0 goes on at 24500", "vcpu0 goes on at 25500");
        assertThat(sink.exits).extracting(e -> e.reason().family()).containsExactly(Family.IO, Family.HALT);
    }

    @Test
    void aShutDownVcpuIsDeaf() {
        ScriptedGuests guests = new ScriptedGuests(2).on(0, compute(100_000), (cpus, vcpu) -> {
            cpus.sendIpi(vcpu, 1, 251, 0, 1);
            cpus.halt(vcpu);
        });
        CheckedSink sink = run(guests);
        assertThat(sink.ipis).isEmpty();
        assertThat(sink.wakeups).isEmpty();
    }

    @Test
    void anInterruptThatCrossesAHaltEndsItBeforeItBegins() {
        ScriptedGuests guests = new ScriptedGuests(2)
                .on(0, compute(10_000), (cpus, vcpu) -> {
                    cpus.sendIpi(vcpu, 1, 251, 7, 1);
                    cpus.halt(vcpu);
                })
                .on(1, compute(10_500), halt());
        CheckedSink sink = run(guests);
        // Sent at 13.5, halts at 14.0, kicked at 15.0.
        assertThat(guests.log).contains("vcpu1 handled 251/7 at 17700", "vcpu1 goes on at 17700");
        assertThat(sink.exits)
                .filteredOn(e -> e.vcpu() == 1 && e.exitNs() < 17_700)
                .extracting(e -> e.reason().family())
                .containsExactly(Family.INTERRUPT);
    }

    @Test
    void aSpinThatNothingCanEndIsCutAfterHalfASecond() {
        ScriptedGuests guests = new ScriptedGuests(1).on(0, spin(Long.MAX_VALUE));
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary =
                HostSimulator.run(guests, Workloads.host(1), Setting.parse("cfs-6.1+no-ple"), 2_000 * MS, 1, sink);
        sink.check(summary);
        assertThat(summary.brokenEdges()).isEqualTo(1);
        assertThat(guests.log).contains("vcpu0 is cut at 600000000", "vcpu0 goes on at 600000000");
    }

    @Test
    void softwareThatNeverUsesTimeIsStopped() {
        ScriptedGuests guests = new ScriptedGuests(1) {
            @Override
            public void proceed(int vcpu) {
                cpus.compute(vcpu, 0, Privilege.KERNEL, true);
            }
        };
        assertThatThrownBy(() -> run(guests))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("vCPU 0 goes on and on at 3500ns");
    }

    @Test
    void oneVcpuCannotBeToldTwoThings() {
        ScriptedGuests guests = new ScriptedGuests(1).on(0, (cpus, vcpu) -> {
            cpus.halt(vcpu);
            cpus.compute(vcpu, 1, Privilege.KERNEL, true);
        });
        assertThatThrownBy(() -> run(guests)).hasMessageContaining("is told COMPUTE and is not through with HALT");
        ScriptedGuests silent = new ScriptedGuests(1).on(0, (cpus, vcpu) -> {});
        assertThatThrownBy(() -> run(silent)).hasMessageContaining("vCPU 0 was told nothing");
    }

    /** Two vCPUs on one pCPU, ticks of 4 ms: each switch in after an absence of more than 10 us costs 10 us of work. */
    @Test
    void coldCachesCostWork() {
        HostCosts costs = new HostCosts(700, 3_000, 2_000, 2_000, 1_500, 1_500, 2_000, 10_000, 0);
        HostModel host = new HostModel(1, List.of(), 250, costs, PleHardware.VMX_DEFAULT);
        ScriptedGuests guests = new ScriptedGuests(2).on(0, compute(1000 * MS)).on(1, compute(1000 * MS));
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary = HostSimulator.run(guests, host, Setting.parse("cfs-6.1"), 100 * MS, 1, sink);
        sink.check(summary);
        for (SimulationSummary.VcpuOutcome outcome : summary.vcpus()) {
            assertThat(outcome.switches()).isGreaterThan(3);
            // The first switch in finds no cache that was its own.
            assertThat(outcome.guestNs() - outcome.workNs()).isEqualTo(10_000 * (outcome.switches() - 1));
        }
    }

    @Test
    void stackingIsTheTimeSiblingsShareAPcpu() {
        ScriptedGuests guests = new ScriptedGuests(2, 2);
        for (int v = 0; v < 3; v++) {
            guests.on(v, compute(1000 * MS));
        }
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary =
                HostSimulator.run(guests, Workloads.host(1), Setting.parse("cfs-6.1"), 50 * MS, 1, sink);
        sink.check(summary);
        assertThat(summary.vms().get(0).stackingNs()).isEqualTo(50 * MS);
        // vCPU 3 shuts down as soon as it first runs.
        assertThat(summary.vms().get(1).stackingNs()).isBetween(1L, 30 * MS);
        VmExit last = sink.exits.stream().filter(e -> e.vcpu() == 3).findFirst().orElseThrow();
        assertThat(summary.vms().get(1).stackingNs()).isEqualTo(last.exitNs() + 700);
    }

    @Test
    void largeHostsWork() {
        ScriptedGuests guests = new ScriptedGuests(64, 16);
        for (int v = 0; v < 1024; v++) {
            guests.on(
                    v,
                    compute(1_000_000 + v),
                    (cpus, vcpu) -> {
                        cpus.sendIpi(vcpu, vcpu ^ 1, 251, 0, 1);
                        cpus.spin(vcpu, 20_000, Privilege.KERNEL, Wait.Cause.LOCK);
                    },
                    compute(1000 * MS));
        }
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary =
                HostSimulator.run(guests, Workloads.host(128), Setting.parse("eevdf-6.12"), 30 * MS, 1, sink);
        sink.check(summary);
        assertThat(sink.onCpuNs()).isGreaterThan(128 * 29 * MS);
    }
}
