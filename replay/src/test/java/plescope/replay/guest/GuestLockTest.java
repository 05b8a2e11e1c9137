package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plescope.replay.guest.Guests.MS;
import static plescope.replay.guest.Guests.TICKLESS;
import static plescope.replay.guest.Guests.US;
import static plescope.replay.guest.Guests.compute;
import static plescope.replay.guest.Guests.live;
import static plescope.replay.guest.Guests.lock;
import static plescope.replay.guest.Guests.locked;
import static plescope.replay.guest.Guests.on;
import static plescope.replay.guest.Guests.times;
import static plescope.replay.guest.Guests.vm;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.guest.Guests.Heard;
import plescope.replay.guest.LockSpec.Kind;

/** All tasks start at 1 us, after the guest's context switch. */
class GuestLockTest {
    private final Heard heard = new Heard();

    /** Three tasks that want the lock at 1, 3 and 5 us and hold it for 10 us. */
    private LiveGuests three(Kind kind, GuestFeatures features) {
        return live(
                heard,
                vm(
                        3,
                        features,
                        lock(kind),
                        on(0, "a", locked(0, compute(10 * US))),
                        on(1, "b", compute(2 * US), locked(0, compute(10 * US))),
                        on(2, "c", compute(4 * US), locked(0, compute(10 * US)))));
    }

    @Test
    void fifoLocksAreTakenInOrderOfArrival() {
        for (Kind kind : List.of(Kind.TICKET, Kind.QUEUED)) {
            heard.lines.clear();
            new IdealHost(three(kind, TICKLESS)).run(MS);
            assertThat(heard.lines)
                    .containsExactly(
                            "task0 takes lock0 at 1000 after 0",
                            "task1 wants lock0 at 3000",
                            "task2 wants lock0 at 5000",
                            "task0 frees lock0 at 11000",
                            "task1 takes lock0 at 11000 after 8000",
                            "task1 frees lock0 at 21000",
                            "task2 takes lock0 at 21000 after 16000",
                            "task2 frees lock0 at 31000");
        }
    }

    @Test
    void aPreemptedNextWaiterStallsTheFifoQueue() {
        // b is next in line and away until 1 ms; c could run from 11 us on.
        new IdealHost(three(Kind.TICKET, TICKLESS)).away(1, 5 * US, MS).run(2 * MS);
        assertThat(heard.of("takes"))
                .containsExactly(
                        "task0 takes lock0 at 1000 after 0",
                        "task1 takes lock0 at 1000000 after 997000",
                        "task2 takes lock0 at 1010000 after 1005000");
    }

    @Test
    void aPreemptedWaiterDoesNotStallTestAndSet() {
        new IdealHost(three(Kind.TEST_AND_SET, TICKLESS)).away(1, 5 * US, MS).run(2 * MS);
        assertThat(heard.of("takes"))
                .containsExactly(
                        "task0 takes lock0 at 1000 after 0",
                        "task2 takes lock0 at 11000 after 6000",
                        "task1 takes lock0 at 1000000 after 997000");
    }

    @Test
    void losersOfTestAndSetSpinOn() {
        // Both look at 11 us; the host's order lets vCPU 1 look first. c looks again at 21 us.
        IdealHost host = new IdealHost(three(Kind.TEST_AND_SET, TICKLESS));
        host.run(MS);
        assertThat(heard.of("takes"))
                .containsExactly(
                        "task0 takes lock0 at 1000 after 0",
                        "task1 takes lock0 at 11000 after 8000",
                        "task2 takes lock0 at 21000 after 16000");
        assertThat(host.spinNs(2)).isEqualTo(16 * US);
    }

    @Test
    void aMutexSpinsWhileTheOwnerRuns() {
        IdealHost host = new IdealHost(three(Kind.MUTEX, TICKLESS));
        host.run(MS);
        assertThat(heard.of("takes"))
                .containsExactly(
                        "task0 takes lock0 at 1000 after 0",
                        "task1 takes lock0 at 11000 after 8000",
                        "task2 takes lock0 at 21000 after 16000");
        assertThat(host.spinNs(1) + host.spinNs(2)).isEqualTo(24 * US);
        assertThat(host.haltNs(2)).isZero();
    }

    @Test
    void aMutexSleepsWhenTheOwnerIsPreempted() {
        // a takes it at 1 us, is away from 50 us to 2 ms, and has done 49 of its 1000 us: releases at 2000 + 951 us.
        // b spins from 3 us, looks at 103 us, sleeps. The release sends an IPI (2 us), handled in 1 us, then a switch
        // of 1 us.
        LiveGuests guests = live(
                heard,
                vm(
                        2,
                        TICKLESS,
                        lock(Kind.MUTEX),
                        on(0, "a", locked(0, compute(MS))),
                        on(1, "b", compute(2 * US), locked(0, compute(10 * US)))));
        IdealHost host = new IdealHost(guests).away(0, 50 * US, 2 * MS);
        host.run(4 * MS);
        assertThat(heard.of("takes"))
                .containsExactly(
                        "task0 takes lock0 at 1000 after 0",
                        "task1 takes lock0 at " + (2_951 + 2 + 1 + 1) * US + " after " + 2_952 * US);
        assertThat(host.spinNs(1)).isEqualTo(100 * US);
    }

    @Test
    void aSleeperWokenInVainIsHandedTheMutex() {
        // a lets go and takes again at once, for ever: b would never get it if all could barge.
        LiveGuests guests = live(
                heard,
                vm(
                        2,
                        TICKLESS,
                        lock(Kind.MUTEX),
                        on(0, "a", times(50, locked(0, compute(300 * US)))),
                        on(1, "b", compute(2 * US), locked(0, compute(10 * US)))));
        // b sees a preempted at 103 us and sleeps; woken at 401 us in vain; the next release is b's.
        new IdealHost(guests).away(0, 100 * US, 200 * US).run(2 * MS);
        // 1 us + 300 us of work + 100 us away + 300 us, plus the IPI's exit of 2 us; wanted at 3 us.
        assertThat(heard.of("task1 takes")).containsExactly("task1 takes lock0 at 703000 after 700000");
    }

    @Test
    void aCircleOfLocksIsNamed() {
        LiveGuests guests = live(
                heard,
                vm(
                        2,
                        TICKLESS,
                        List.of(new LockSpec("inode", Kind.TICKET), new LockSpec("page", Kind.TICKET)),
                        on(0, "reader", locked(0, compute(5 * US), locked(1, compute(US)))),
                        on(1, "writer", locked(1, compute(7 * US), locked(0, compute(US))))));
        assertThatThrownBy(() -> new IdealHost(guests).run(MS))
                .isInstanceOf(GuestDeadlock.class)
                .hasMessage("VM vm: deadlock: writer on vcpu1 waits for inode, held by reader on vcpu0; "
                        + "reader on vcpu0 waits for page, held by writer on vcpu1");
    }

    @Test
    void aLockTakenTwiceIsADeadlock() {
        LiveGuests guests =
                live(heard, vm(1, TICKLESS, lock(Kind.QUEUED), on(0, "a", locked(0, locked(0, compute(US))))));
        assertThatThrownBy(() -> new IdealHost(guests).run(MS))
                .isInstanceOf(GuestDeadlock.class)
                .hasMessageContaining("a on vcpu0 waits for l, held by a on vcpu0");
    }

    @Test
    void waitsAreTallied() {
        LiveGuests guests = three(Kind.TICKET, TICKLESS);
        new IdealHost(guests).run(MS);
        GuestOutcome outcome = guests.outcomes().get(0);
        assertThat(outcome.lockTakes()).isEqualTo(3);
        assertThat(outcome.lockWaits().count()).isEqualTo(2);
        assertThat(outcome.lockWaits().totalNs()).isEqualTo(24 * US);
        assertThat(outcome.lockWaits().maxNs()).isEqualTo(16 * US);
        // 8000 ns lies below 2^13 = 8192, 16000 ns below 2^14 and is the longest.
        assertThat(outcome.lockWaits().boundNs(50)).isEqualTo(8_191);
        assertThat(outcome.lockWaits().boundNs(99)).isEqualTo(16_000);
        assertThat(outcome.usefulNs()).isEqualTo(36 * US);
    }
}
