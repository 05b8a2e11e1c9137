package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.guest.Guests.MS;
import static plescope.replay.guest.Guests.TICKLESS;
import static plescope.replay.guest.Guests.US;
import static plescope.replay.guest.Guests.compute;
import static plescope.replay.guest.Guests.count;
import static plescope.replay.guest.Guests.forever;
import static plescope.replay.guest.Guests.live;
import static plescope.replay.guest.Guests.lock;
import static plescope.replay.guest.Guests.locked;
import static plescope.replay.guest.Guests.on;
import static plescope.replay.guest.Guests.tasks;
import static plescope.replay.guest.Guests.vm;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.guest.Guests.Heard;
import plescope.replay.guest.Instruction.Receive;
import plescope.replay.guest.Instruction.Send;
import plescope.replay.guest.LockSpec.Kind;

class GuestSchedulerTest {
    /** 250 ticks a second: a slice of 2.8 ms ends with the tick at 4 ms. */
    private static final GuestFeatures TICKING = GuestFeatures.DEFAULT;

    private static final long TICK_NS = 4 * MS;

    private final Heard heard = new Heard();

    private static List<Long> useful(LiveGuests guests) {
        return guests.outcomes().get(0).tasks().stream()
                .map(GuestOutcome.Task::usefulNs)
                .toList();
    }

    @Test
    void tasksOfOneVcpuGetEqualShares() {
        for (int n = 2; n <= 5; n++) {
            LiveGuests guests = live(heard, vm(1, TICKING, List.of(), tasks(n, "hog", forever(compute(300 * US)))));
            IdealHost host = new IdealHost(guests);
            host.run(100L * n * MS);
            // None is further from its share than what one turn lasts.
            assertThat(useful(guests)).hasSize(n).allSatisfy(ns -> assertThat(ns)
                    .isBetween(98 * MS - TICK_NS, 100 * MS + TICK_NS));
            assertThat(useful(guests).stream().mapToLong(Long::longValue).sum()).isEqualTo(host.usefulNs(0));
        }
    }

    @Test
    void anIdleVcpuPullsWhatWaitsElsewhere() {
        // Fork puts "b" on vCPU 0 behind "a", and "c" on vCPU 1, which ends at 101 us and takes "b": 1 us switch again.
        LiveGuests guests = live(
                heard,
                vm(
                        2,
                        TICKLESS,
                        List.of(),
                        on(0, "a", compute(10 * MS)),
                        on(1, "c", compute(100 * US)),
                        tasks(1, "b", compute(200 * US), count())));
        new IdealHost(guests).run(20 * MS);
        assertThat(heard.lines).containsExactly("task2 counts at 302000");
        assertThat(guests.outcomes().get(0).migrations()).isEqualTo(1);
    }

    @Test
    void aWokenTaskGoesToAnIdleVcpu() {
        // The receiver slept on vCPU 0 where "hog" runs by the time the message comes: vCPU 2 is idle and takes it.
        VmSpec spec = new VmSpec(
                "vm",
                3,
                TICKLESS,
                List.of(),
                List.of(new VmSpec.Channel("pipe", 1)),
                List.of(),
                List.of(
                        tasks(1, "receiver", new Receive(0), compute(US), count()),
                        on(1, "sender", compute(100 * US), new Send(0), compute(MS)),
                        on(2, "short", compute(US)),
                        on(0, "hog", compute(10 * MS))));
        // Sent at 101 us; ICR exit 2 us; handler 1 us; switch 1 us; work 1 us.
        new IdealHost(live(heard, spec)).run(20 * MS);
        assertThat(heard.lines).containsExactly("task0 counts at 106000");
    }

    @Test
    void tasksLeaveAVcpuThatIsNotPreferredWithinATick() {
        LiveGuests guests = live(heard, vm(2, TICKING, List.of(), tasks(2, "hog", forever(compute(300 * US)))));
        IdealHost host = new IdealHost(guests);
        host.callAt(50 * MS, () -> host.preferred = vcpu -> vcpu == 0);
        host.run(200 * MS);
        // Alone on it until 50 ms, off it with the next tick; a push costs less than 10 us.
        assertThat(host.usefulNs(1)).isBetween(49 * MS, 50 * MS + TICK_NS);
        assertThat(host.haltNs(1)).isBetween(150 * MS - TICK_NS - 20 * US, 150 * MS);
        assertThat(useful(guests).stream().mapToLong(Long::longValue).sum())
                .isEqualTo(host.usefulNs(0) + host.usefulNs(1));
    }

    @Test
    void affinityIsNotBrokenForPreferredVcpus() {
        LiveGuests guests = live(heard, vm(2, TICKING, List.of(), on(1, "bound", forever(compute(300 * US)))));
        IdealHost host = new IdealHost(guests);
        host.preferred = vcpu -> vcpu == 0;
        host.run(100 * MS);
        assertThat(host.usefulNs(0)).isZero();
        assertThat(host.usefulNs(1)).isGreaterThan(99 * MS);
    }

    @Test
    void devicesInterruptPreferredVcpusOnly() {
        LiveGuests guests = live(
                heard,
                vm(
                        2,
                        TICKLESS,
                        List.of(),
                        on(1, "bound", forever(new Instruction.Io(US, new Span.Fixed(100 * US)), count()))));
        IdealHost host = new IdealHost(guests);
        host.preferred = vcpu -> vcpu == 0;
        host.run(10 * MS);
        // The interrupt comes to vCPU 0, whose handler wakes the task on vCPU 1 by IPI.
        assertThat(host.ipis(1)).isEqualTo(heard.lines.size()).isGreaterThan(50);
    }

    @Test
    void holdersOfSpinlocksAreNotPreempted() {
        // Both want the vCPU; the critical section of 11 ms spans two ticks.
        LiveGuests guests = live(
                heard,
                vm(
                        1,
                        TICKING,
                        lock(Kind.QUEUED),
                        on(0, "a", forever(locked(0, compute(11 * MS)), compute(US))),
                        on(0, "b", forever(compute(500 * US)))));
        IdealHost host = new IdealHost(guests);
        List<Long> critical = new ArrayList<>();
        host.callAt(5 * MS, () -> critical.add(guests.critical(0) ? 1L : 0L));
        host.run(100 * MS);
        assertThat(critical).containsExactly(1L);
        // Sections last 11 ms plus their timer interrupts.
        List<Long> taken =
                heard.of("takes").stream().map(GuestSchedulerTest::at).toList();
        List<Long> freed =
                heard.of("frees").stream().map(GuestSchedulerTest::at).toList();
        assertThat(freed).hasSizeGreaterThan(2);
        for (int i = 0; i < freed.size(); i++) {
            assertThat(freed.get(i) - taken.get(i)).isBetween(11 * MS, 11 * MS + 3 * 2 * US);
        }
    }

    private static long at(String line) {
        String rest = line.substring(line.indexOf(" at ") + 4);
        return Long.parseLong(rest.contains(" ") ? rest.substring(0, rest.indexOf(' ')) : rest);
    }
}
