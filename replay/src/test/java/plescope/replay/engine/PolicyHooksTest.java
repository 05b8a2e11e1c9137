package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plescope.replay.engine.ScriptedGuests.compute;
import static plescope.replay.engine.ScriptedGuests.computeInUserMode;
import static plescope.replay.engine.ScriptedGuests.spin;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.CpuSet;
import plescope.replay.model.DirectedYield.Outcome;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.policy.EntityView;
import plescope.replay.policy.HostView;
import plescope.replay.policy.Policy;
import plescope.replay.policy.RunQueueView;
import plescope.replay.policy.Setting;
import plescope.replay.policy.SpinAnswer;
import plescope.replay.policy.VcpuView;

/** Every hook is called where it says, and what it asks for happens. Costs as in {@link GuestSoftwareTest}. */
class PolicyHooksTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;

    private final CheckedSink sink = new CheckedSink();

    private SimulationSummary run(ScriptedGuests guests, HostModel host, Policy policy, long spanNs) {
        SimulationSummary summary = HostSimulator.run(guests, host, Setting.parse("cfs-6.1"), policy, spanNs, 1, sink);
        sink.check(summary);
        return summary;
    }

    private static HostModel quiet(int pcpus, CpuSet... allowed) {
        return new HostModel(pcpus, List.of(allowed), 10, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
    }

    private static Policy sleeping(long ns) {
        return new Policy() {
            @Override
            public SpinAnswer spinAnswer() {
                return SpinAnswer.SLEEP;
            }

            @Override
            public long spinSleepNs() {
                return ns;
            }
        };
    }

    /** Window 4096 cycles at 2 GHz = 2.048 us: exit at 5.548, asleep from 7.548 on. */
    @Test
    void aSpinnerThatSleepsIsBlockedForThatLong() {
        run(new ScriptedGuests(1).on(0, spin(3_000)), quiet(1), sleeping(100 * US), MS);
        assertThat(blocked()).startsWith("7548..107548");
        // Woken at 107.548, IPI, switched in at 111.048; 952 ns of the limit are left.
        assertThat(sink.episodes.get(0).endNs()).isEqualTo(112_000);
        assertThat(sink.exits.get(0).entryNs()).isEqualTo(111_048);
        assertThat(sink.wakeups.get(0).wakerVcpu()).isEqualTo(-1);
    }

    @Test
    void anInterruptEndsThatSleepEarly() {
        ScriptedGuests guests = new ScriptedGuests(1).on(0, (cpus, vcpu) -> {
            cpus.armTimer(vcpu, 50 * US, 236, 0);
            spin(3_000).give(cpus, vcpu);
        });
        run(guests, quiet(1), sleeping(100 * US), MS);
        assertThat(blocked()).startsWith("7548..50000");
        assertThat(guests.log).contains("vcpu0 handled 236/0 at 55500");
    }

    private List<String> blocked() {
        List<String> spans = new ArrayList<>();
        for (VcpuInterval interval : sink.intervals) {
            if (interval.state() == VcpuState.BLOCKED) {
                spans.add(interval.startNs() + ".." + interval.endNs());
            }
        }
        return spans;
    }

    @Test
    void aPlainYieldLetsTheNextRun() {
        Policy plain = new Policy() {
            @Override
            public SpinAnswer spinAnswer() {
                return SpinAnswer.PLAIN_YIELD;
            }
        };
        // Two VMs: nobody could be yielded to by name.
        ScriptedGuests guests = new ScriptedGuests(2, 1).on(0, spin(20 * MS)).on(1, compute(20 * MS));
        run(guests, Workloads.host(1), plain, 20 * MS);
        assertThat(sink.yields).anyMatch(y -> y.outcome() == Outcome.OTHER_VM && y.successorVcpu() == 1);
    }

    @Test
    void thePoliciesWindowIsTheBaseThatGrows() {
        Policy narrow = new Policy() {
            @Override
            public int pleWindow(VcpuView vcpu, int base) {
                return base / 4;
            }
        };
        run(new ScriptedGuests(1).on(0, spin(20 * US)), quiet(1), narrow, MS);
        assertThat(sink.exits)
                .filteredOn(e -> e.reason().isPause())
                .extracting(VmExit::window)
                .startsWith(1024, 2048, 4096);
    }

    /** A policy that always picks the other of two vCPUs, asked every 100 us. */
    private static Policy alternating(long quantumNs) {
        return new Policy() {
            @Override
            public int pick(int pcpu, int picked, int running) {
                return running < 0 ? picked : 1 - running;
            }

            @Override
            public long quantumNs(int pcpu) {
                return quantumNs;
            }
        };
    }

    @Test
    void aQuantumLeadsToScheduleAndThePickRuns() {
        ScriptedGuests guests = new ScriptedGuests(2).on(0, compute(100 * MS)).on(1, compute(100 * MS));
        SimulationSummary summary = run(guests, quiet(1), alternating(100 * US), 10 * MS);
        // The quantum begins at the context switch; the exit adds 2 us, so a run takes 102 us: 10,000 / 102 = 98.
        assertThat(summary.vcpus().get(0).switches() + summary.vcpus().get(1).switches())
                .isBetween(97L, 99L);
    }

    @Test
    void aPickFromElsewhereIsRefused() {
        Policy wrong = new Policy() {
            @Override
            public int pick(int pcpu, int picked, int running) {
                return 1;
            }
        };
        ScriptedGuests guests = new ScriptedGuests(2).on(0, compute(MS)).on(1, compute(MS));
        assertThatThrownBy(() -> run(guests, quiet(2, CpuSet.of(0), CpuSet.of(1)), wrong, MS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a policy picked vCPU 1 for pCPU 0, where it neither runs nor is queued");
    }

    @Test
    void ticksAndTimersAreCounted() {
        int[] calls = new int[2];
        Policy counting = new Policy() {
            @Override
            public void onTick(int pcpu) {
                calls[0]++;
            }

            @Override
            public long timerPeriodNs() {
                return 3 * MS;
            }

            @Override
            public void onTimer() {
                calls[1]++;
            }
        };
        run(new ScriptedGuests(1).on(0, compute(100 * MS)), Workloads.host(1), counting, 40 * MS);
        // 250 Hz: ten ticks in 40 ms, less the one before the pCPU was busy at most; 40 / 3 = 13.
        assertThat(calls[0]).isBetween(9, 10);
        assertThat(calls[1]).isEqualTo(13);
    }

    /** Both vCPUs start on pCPU 0; after 1 ms the policy moves the one that waits. */
    @Test
    void aPolicyMovesAQueuedThread() {
        List<String> moves = new ArrayList<>();
        Policy mover = new Policy() {
            private HostView host;

            @Override
            public void start(HostView view) {
                host = view;
            }

            @Override
            public boolean mayPull(VcpuView vcpu, int from, int to) {
                return false;
            }

            @Override
            public long timerPeriodNs() {
                return MS;
            }

            @Override
            public void onTimer() {
                int running = host.queue(0).running();
                moves.add(host.now() + ": " + host.migrate(running, 1) + " " + host.migrate(1 - running, 1));
            }
        };
        HostModel model = new HostModel(
                quiet(2).topology(),
                List.of(),
                List.of(0, 0),
                10,
                HostCosts.DEFAULT,
                PleHardware.VMX_DEFAULT,
                HostModel.Kvm.DEFAULT,
                List.of());
        ScriptedGuests guests = new ScriptedGuests(2).on(0, compute(100 * MS)).on(1, compute(100 * MS));
        SimulationSummary summary = run(guests, model, mover, 2 * MS - 1);
        assertThat(moves).containsExactly("1000000: false true");
        assertThat(summary.vcpus().get(0).migrations() + summary.vcpus().get(1).migrations())
                .isEqualTo(1);
        // Waited from 0 until the IPI and the switch on its new pCPU.
        assertThat(sink.onCpuNs()).isEqualTo(2 * MS - 1 - 1_500 + (MS - 1 - 1_500));
    }

    @Test
    void reschedForcesAnExit() {
        Policy resched = new Policy() {
            private HostView host;

            @Override
            public void start(HostView view) {
                host = view;
            }

            @Override
            public long timerPeriodNs() {
                return 100 * US;
            }

            @Override
            public void onTimer() {
                host.resched(0);
            }
        };
        run(new ScriptedGuests(1).on(0, compute(100 * MS)), quiet(1), resched, 150 * US);
        assertThat(sink.exits).extracting(VmExit::exitNs).containsExactly(101_500L);
    }

    @Test
    void switchedOutVcpusTellTheirPrivilegeAndTheirStealTime() {
        List<String> seen = new ArrayList<>();
        Policy watching = new Policy() {
            @Override
            public void onSchedOut(VcpuView vcpu) {
                if (vcpu.preempted()) {
                    seen.add(vcpu.index() + " " + vcpu.preemptedInKernel() + " " + vcpu.inCriticalSection());
                }
            }

            @Override
            public void onSchedIn(VcpuView vcpu) {
                seen.add(vcpu.index() + " waited " + vcpu.stealNs());
            }
        };
        ScriptedGuests guests = new ScriptedGuests(2) {
            @Override
            public boolean critical(int vcpu) {
                return vcpu == 0;
            }
        };
        guests.on(0, compute(100 * MS)).on(1, computeInUserMode(100 * MS));
        run(guests, Workloads.host(1), watching, 40 * MS);
        assertThat(seen.get(0)).isEqualTo("1 waited 1500");
        assertThat(seen).contains("0 true true", "1 false false").doesNotContain("1 true false", "1 false true");
    }

    @Test
    void wakesAffineHearsOfWakerAndWoken() {
        List<String> asked = new ArrayList<>();
        Policy asking = new Policy() {
            @Override
            public boolean wakesAffine(VcpuView woken, VcpuView waker) {
                asked.add(woken.index() + " by " + waker.index());
                return false;
            }
        };
        ScriptedGuests guests = new ScriptedGuests(2)
                .on(0, compute(50 * US), (cpus, vcpu) -> {
                    cpus.sendIpi(vcpu, 1, 251, 0, 1);
                    cpus.armTimer(vcpu, 200 * US, 236, 0);
                    cpus.halt(vcpu);
                })
                .on(1, ScriptedGuests.halt(), ScriptedGuests.halt());
        // vCPU 0 may follow nobody: vCPU 1 may use both pCPUs. Its own timer wakes vCPU 0 where it is.
        run(guests, quiet(2, CpuSet.of(0), CpuSet.first(2)), asking, MS);
        assertThat(asked).containsExactly("1 by 0");
    }

    @Test
    void guestsAskWhichVcpusTheyShouldUse() {
        Policy second = new Policy() {
            @Override
            public boolean guestPrefers(VcpuView vcpu) {
                return vcpu.index() == 1;
            }
        };
        ScriptedGuests guests = new ScriptedGuests(2);
        guests.on(0, (cpus, vcpu) -> {
            guests.log.add(cpus.preferred(0) + " " + cpus.preferred(1));
            cpus.halt(vcpu);
        });
        run(guests, quiet(2), second, MS);
        assertThat(guests.log).contains("false true");
    }

    // Guests that ask for a sibling.

    /** By the time vCPU 1 asks, both have been preempted. */
    private static ScriptedGuests asking(int target, Family family) {
        return new ScriptedGuests(2)
                .on(0, compute(50 * MS))
                .on(1, compute(10 * MS), (cpus, vcpu) -> cpus.yieldTo(vcpu, target, family), compute(50 * MS));
    }

    @Test
    void hypercallsAndDiag9cRunTheSiblingTheyName() {
        for (Family family : new Family[] {Family.HYPERCALL, Family.OTHER}) {
            CheckedSink rows = new CheckedSink();
            List<String> hooks = new ArrayList<>();
            Policy watching = new Policy() {
                @Override
                public void onYieldTo(VcpuView spinner, VcpuView target) {
                    hooks.add("on " + spinner.index() + target.index());
                }

                @Override
                public void beforeYield(RunQueueView queue, EntityView yielder, EntityView target) {
                    hooks.add("before");
                }

                @Override
                public void afterYield(RunQueueView queue, EntityView yielder, EntityView target) {
                    hooks.add("after");
                }
            };
            SimulationSummary summary = HostSimulator.run(
                    asking(0, family), Workloads.host(1), Setting.parse("cfs-6.1"), watching, 60 * MS, 1, rows);
            rows.check(summary);
            assertThat(hooks).as(family.name()).containsExactly("on 10", "before", "after");
            assertThat(summary.vcpus().get(1).yieldsAttempted()).isEqualTo(1);
            assertThat(summary.vcpus().get(1).yieldsSucceeded()).isEqualTo(1);
            // 2 us after the exit the sibling has the pCPU.
            long askedNs = exitOf(rows, family).exitNs();
            assertThat(rows.intervals)
                    .anyMatch(i -> i.vcpu() == 0 && i.state() == VcpuState.HOST && i.startNs() == askedNs + 2_000);
        }
    }

    private static VmExit exitOf(CheckedSink rows, Family family) {
        return rows.exits.stream()
                .filter(e -> e.reason().family() == family)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void schedYieldIsRefusedForOneselfAndAlone() {
        SimulationSummary self = run(asking(1, Family.HYPERCALL), Workloads.host(1), new Policy() {}, 60 * MS);
        assertThat(self.vcpus().get(1).yieldsAttempted()).isEqualTo(1);
        assertThat(self.vcpus().get(1).yieldsSucceeded()).isZero();
        // Refused: back in the guest when the exit's 2 us are over.
        VmExit refused = exitOf(sink, Family.HYPERCALL);
        assertThat(refused.entryNs() - refused.exitNs()).isEqualTo(2_000);
    }

    @Test
    void diag44LetsKvmFindSomebody() {
        SimulationSummary summary = run(
                asking(-1, Family.OTHER),
                Workloads.host(1),
                Setting.parse("cfs-6.1").createPolicy(),
                60 * MS);
        assertThat(summary.vcpus().get(1).yieldsSucceeded()).isEqualTo(1);
        assertThat(sink.exits).noneMatch(e -> e.reason().isPause());
    }
}
