package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.guest.Guests.MS;
import static plescope.replay.guest.Guests.US;
import static plescope.replay.guest.Guests.compute;
import static plescope.replay.guest.Guests.live;
import static plescope.replay.guest.Guests.lock;
import static plescope.replay.guest.Guests.locked;
import static plescope.replay.guest.Guests.on;
import static plescope.replay.guest.Guests.vm;

import org.junit.jupiter.api.Test;
import plescope.replay.guest.Guests.Heard;
import plescope.replay.guest.IdealHost.Yield;
import plescope.replay.guest.LockSpec.Kind;

/** Spinlocks of guests that know that they are guests. All tasks start at 1 us. */
class ParavirtualGuestTest {
    private static final GuestFeatures PV = new GuestFeatures(1, 2_800_000, true, false, false, false, 1);
    private static final GuestFeatures DIAG = new GuestFeatures(1, 2_800_000, false, false, false, true, 1);

    private final Heard heard = new Heard();

    /** The first holds the lock from 1 us to 1001 us, the second wants it at 3 us, the third later, each for 10 us. */
    private LiveGuests queue(Kind kind, GuestFeatures features, long thirdNs) {
        return live(
                heard,
                vm(
                        3,
                        features,
                        lock(kind),
                        on(0, "a", locked(0, compute(MS))),
                        on(1, "b", compute(2 * US), locked(0, compute(10 * US))),
                        on(2, "c", compute(thirdNs), locked(0, compute(10 * US)))));
    }

    @Test
    void aWaiterHaltsAtItsSpinLimitAndIsKicked() {
        // 400 us of spinning from 3 us on; the kick is a hypercall that yields, its wake-up takes 0.1 us.
        IdealHost host = new IdealHost(queue(Kind.QUEUED, PV, 5 * MS));
        host.run(10 * MS);
        assertThat(host.spinNs(1)).isEqualTo(400 * US);
        assertThat(host.yields).containsExactly(new Yield(0, 1, 1001 * US));
        assertThat(heard.of("task1 takes")).containsExactly("task1 takes lock0 at 1001100 after 998100");
    }

    @Test
    void aWaiterBehindAPreemptedOneHaltsEarly() {
        // c looks after 256 turns, 3 us, and halts; b takes at 2 ms, lets go at 2010 us and kicks c.
        IdealHost host = new IdealHost(queue(Kind.QUEUED, PV, 4 * US)).away(1, 5 * US, 2 * MS);
        host.run(10 * MS);
        assertThat(host.spinNs(2)).isEqualTo(3 * US);
        assertThat(heard.of("takes"))
                .containsExactly(
                        "task0 takes lock0 at 1000 after 0",
                        "task1 takes lock0 at 2000000 after 1997000",
                        "task2 takes lock0 at 2010100 after 2005100");
    }

    @Test
    void aNewcomerTakesTheLockWhileTheHeadHalts() {
        // b halts at 403 us and cannot be woken before 3 ms; c comes at 1.1 ms, after the release.
        IdealHost host = new IdealHost(queue(Kind.TICKET, PV, 1_099 * US)).away(1, 900 * US, 3 * MS);
        host.run(10 * MS);
        assertThat(heard.of("takes"))
                .containsExactly(
                        "task0 takes lock0 at 1000 after 0",
                        "task2 takes lock0 at 1100000 after 0",
                        "task1 takes lock0 at 3000100 after 2997100");
    }

    @Test
    void anS390SpinnerAsksForTheOwnerAfterEveryRetryCount() {
        // b: spins 5 us from 3 us on, diag 9c of 1 us, spins 5 us, ...
        for (Kind kind : new Kind[] {Kind.TEST_AND_SET, Kind.QUEUED}) {
            IdealHost host = new IdealHost(queue(kind, DIAG, 5 * MS));
            host.run(22 * US);
            assertThat(host.yields)
                    .containsExactly(new Yield(1, 0, 8 * US), new Yield(1, 0, 14 * US), new Yield(1, 0, 20 * US));
        }
    }

    @Test
    void anS390SpinnerAsksAtOnceForAPreemptedOwner() {
        IdealHost host = new IdealHost(queue(Kind.TEST_AND_SET, DIAG, 5 * MS)).away(0, 2 * US, MS);
        host.run(10 * US);
        assertThat(host.yields).containsExactly(new Yield(1, 0, 3 * US), new Yield(1, 0, 9 * US));
    }
}
