package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plescope.replay.guest.Guests.US;
import static plescope.replay.guest.Guests.compute;
import static plescope.replay.guest.Guests.count;
import static plescope.replay.guest.Guests.forever;
import static plescope.replay.guest.Guests.locked;
import static plescope.replay.guest.Guests.tasks;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.guest.LockSpec.Kind;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.Setting;

/** Live guests on the simulated host. */
class LiveGuestsOnHostTest {
    private static final long SPAN_NS = 1_000_000_000L;

    private record Run(LiveGuests guests, SimulationSummary summary) {
        long operations() {
            return guests.outcomes().stream()
                    .mapToLong(GuestOutcome::operations)
                    .sum();
        }
    }

    private static VmSpec locker(String name, Kind kind, GuestFeatures features) {
        return new VmSpec(
                name,
                4,
                features,
                List.of(new LockSpec("l", kind)),
                List.of(),
                List.of(),
                List.of(tasks(
                        4,
                        "locker",
                        forever(
                                new Instruction.Compute(new Span.Exponential(100 * US), Privilege.USER),
                                locked(0, compute(15 * US)),
                                count()))));
    }

    private static Run run(int pcpus, String setting, VmSpec... vms) {
        LiveGuests guests = new LiveGuests(LiveGuests.roster(List.of(vms), pcpus), List.of(vms), 5, GuestObserver.NONE);
        HostModel host = new HostModel(pcpus, List.of(), 250, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
        SimulationSummary summary =
                HostSimulator.run(guests, host, Setting.parse(setting), SPAN_NS, 5, new SelectiveSink() {});
        return new Run(guests, summary);
    }

    /** Two VMs of that kind of lock. */
    private static Run two(int pcpus, String setting, Kind kind, GuestFeatures features) {
        return run(pcpus, setting, locker("a", kind, features), locker("b", kind, features));
    }

    private static Run two(int pcpus, String setting, Kind kind) {
        return two(pcpus, setting, kind, GuestFeatures.DEFAULT);
    }

    @Test
    void overcommittedFifoLocksCollapseWhereTestAndSetDoesNot() {
        // Four vCPUs share each pCPU: a ticket that falls to a preempted vCPU costs all others its wait for the pCPU.
        long ticket = two(2, "eevdf-6.12+no-ple", Kind.TICKET).operations();
        long testAndSet = two(2, "eevdf-6.12+no-ple", Kind.TEST_AND_SET).operations();
        assertThat(testAndSet).isGreaterThan(5 * ticket);
    }

    @Test
    void directedYieldsAndParavirtualLocksRescueFifoLocks() {
        GuestFeatures pv = new GuestFeatures(250, 2_800_000, true, false, false, false, 1);
        long ticket = two(2, "eevdf-6.12+no-ple", Kind.TICKET).operations();
        assertThat(two(2, "eevdf-6.12+p2024", Kind.TICKET).operations()).isGreaterThan(5 * ticket);
        assertThat(two(2, "eevdf-6.12+no-ple", Kind.TICKET, pv).operations()).isGreaterThan(5 * ticket);
    }

    @Test
    void withoutOvercommitPoliciesChangeNothing() {
        long none = two(8, "eevdf-6.12+no-ple", Kind.QUEUED).operations();
        assertThat(two(8, "cfs-5.6+p2019", Kind.QUEUED).operations()).isBetween(none * 99 / 100, none * 101 / 100);
        assertThat(two(8, "eevdf-6.12+p2024", Kind.QUEUED).operations()).isBetween(none * 99 / 100, none * 101 / 100);
    }

    @Test
    void guestAndHostBookTheSameWork() {
        for (Kind kind : Kind.values()) {
            Run run = two(3, "eevdf-6.12+p2024", kind);
            long useful = run.guests.outcomes().stream()
                    .mapToLong(GuestOutcome::usefulNs)
                    .sum();
            assertThat(useful).isEqualTo(run.summary.totalWorkNs()).isPositive();
        }
    }

    /** Flushers and workers, twice overcommitted. */
    private static long shootdowns(boolean pvSchedYield, boolean pvTlbFlush) {
        VmSpec vm = new VmSpec(
                "flusher",
                4,
                new GuestFeatures(250, 2_800_000, false, pvSchedYield, pvTlbFlush, false, 1),
                List.of(),
                List.of(),
                List.of(),
                List.of(tasks(4, "mapper", forever(compute(200 * US), new Instruction.Shootdown(), count()))));
        return run(2, "eevdf-6.12+no-ple", vm).operations();
    }

    @Test
    void paravirtualFlushesSpareTheWaitForPreemptedReceivers() {
        long plain = shootdowns(false, false);
        assertThat(shootdowns(false, true)).isGreaterThan(3 * plain);
        assertThat(shootdowns(true, false)).isGreaterThan(plain);
    }

    @Test
    void aBarrierThatNobodyCompletesIsTheGuestsDeadlock() {
        VmSpec vm = new VmSpec(
                "lonely",
                1,
                GuestFeatures.DEFAULT,
                List.of(),
                List.of(),
                List.of(new VmSpec.Barrier("phase", 2, true)),
                List.of(tasks(1, "a", new Instruction.Meet(0))));
        assertThatThrownBy(() -> run(1, "eevdf-6.12+p2024", vm))
                .isInstanceOf(GuestDeadlock.class)
                .hasMessage("VM lonely: deadlock: a on vcpu0 waits for barrier phase");
    }

    @Test
    void tasksThatAllWaitForEachOtherAreTheGuestsDeadlock() {
        // Each waits for the other's first message.
        VmSpec vm = new VmSpec(
                "polite",
                2,
                GuestFeatures.DEFAULT,
                List.of(),
                List.of(new VmSpec.Channel("there", 1), new VmSpec.Channel("back", 1)),
                List.of(),
                List.of(
                        tasks(1, "a", new Instruction.Receive(0), new Instruction.Send(1)),
                        tasks(1, "b", compute(US), new Instruction.Receive(1), new Instruction.Send(0))));
        assertThatThrownBy(() -> run(1, "eevdf-6.12+p2024", vm))
                .isInstanceOf(GuestDeadlock.class)
                .hasMessage("VM polite: deadlock: a waits for messages in there; " + "b waits for messages in back");
    }

    @Test
    void aVmThatSleepsOnItsTimersIsNotStuck() {
        VmSpec vm = new VmSpec(
                "patient",
                1,
                GuestFeatures.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                List.of(tasks(1, "a", new Instruction.Sleep(new Span.Fixed(900_000 * US)), count())));
        assertThat(run(1, "eevdf-6.12+p2024", vm).operations()).isEqualTo(1);
    }
}
