package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.guest.Guests.MS;
import static plescope.replay.guest.Guests.US;
import static plescope.replay.guest.Guests.compute;
import static plescope.replay.guest.Guests.forever;
import static plescope.replay.guest.Guests.lock;
import static plescope.replay.guest.Guests.locked;
import static plescope.replay.guest.Guests.tasks;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.HostSimulator;
import plescope.replay.guest.Instruction.Branch;
import plescope.replay.guest.LockSpec.Kind;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.policy.Setting;

/** How long yielding guests keep others from their pCPUs, by kernel. */
class YieldingGuestsTest {
    /** Longest unbroken wait of any vCPU. */
    private static final class LongestWait extends SelectiveSink {
        private final long[] since = new long[8];
        private long longestNs;

        @Override
        public void interval(VcpuInterval interval) {
            if (interval.state() == VcpuState.PREEMPTED || interval.state() == VcpuState.WAITING) {
                longestNs = Math.max(longestNs, interval.endNs() - since[interval.vcpu()]);
            } else {
                since[interval.vcpu()] = interval.endNs();
            }
        }
    }

    /** Two VMs of four vCPUs on four pCPUs: a ticket lock, and now and then a shootdown that spins for three answers. */
    private static long longestWaitNs(String setting) {
        Instruction sometimes = new Instruction.Choose(
                List.of(new Branch(1, List.of(new Instruction.Shootdown())), new Branch(4, List.of())));
        Instruction program = forever(
                new Instruction.Compute(new Span.Exponential(100 * US), Privilege.USER),
                locked(0, compute(15 * US)),
                sometimes);
        VmSpec vm = Guests.vm(4, GuestFeatures.DEFAULT, lock(Kind.TICKET), tasks(4, "worker", program));
        LiveGuests guests =
                new LiveGuests(LiveGuests.roster(List.of(vm, vm), 4), List.of(vm, vm), 5, GuestObserver.NONE);
        HostModel host = new HostModel(4, List.of(), 250, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
        LongestWait sink = new LongestWait();
        HostSimulator.run(guests, host, Setting.parse(setting), 1_000 * MS, 5, sink);
        return sink.longestNs;
    }

    /** A turn is 3 ms and ends with a tick; yields of 6.6 to 6.17 make single turns a hundred times as long. */
    @Test
    void runawayDeadlinesStarveOthersUntil618() {
        for (String kernel : List.of("eevdf-6.6+p2019", "eevdf-6.12+p2024", "eevdf-6.17+p2024")) {
            assertThat(longestWaitNs(kernel)).as(kernel).isGreaterThan(200 * MS);
        }
        for (String kernel : List.of("eevdf-6.18+p2024", "eevdf-7.1+p2024", "cfs-6.1+p2021")) {
            assertThat(longestWaitNs(kernel)).as(kernel).isLessThan(40 * MS);
        }
    }
}
