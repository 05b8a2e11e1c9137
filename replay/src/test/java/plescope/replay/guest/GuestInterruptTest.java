package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.guest.Guests.MS;
import static plescope.replay.guest.Guests.TICKLESS;
import static plescope.replay.guest.Guests.US;
import static plescope.replay.guest.Guests.compute;
import static plescope.replay.guest.Guests.live;
import static plescope.replay.guest.Guests.on;
import static plescope.replay.guest.Guests.vm;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.guest.Guests.Heard;
import plescope.replay.guest.Instruction.Call;
import plescope.replay.guest.Instruction.Io;
import plescope.replay.guest.Instruction.Shootdown;
import plescope.replay.guest.Instruction.Sleep;

class GuestInterruptTest {
    private final Heard heard = new Heard();

    private LiveGuests flusherAndWorker(GuestFeatures features) {
        return live(
                heard,
                vm(
                        2,
                        features,
                        List.of(),
                        on(0, "flusher", compute(2 * US), new Shootdown(), compute(US)),
                        on(1, "worker", compute(MS))));
    }

    @Test
    void aShootdownIsOverWhenTheReceiverHasHandledIt() {
        // Begins at 3 us; exit 2 us, handler 1.5 us.
        IdealHost host = new IdealHost(flusherAndWorker(TICKLESS));
        host.run(5 * MS);
        assertThat(heard.of("answered")).containsExactly("task0 is answered at 6500 after 3500");
        assertThat(host.spinNs(0)).isEqualTo(1_500);
        assertThat(host.usefulNs(1)).isEqualTo(MS);
    }

    @Test
    void aShootdownWaitsForAPreemptedReceiver() {
        IdealHost host = new IdealHost(flusherAndWorker(TICKLESS)).away(1, 2 * US, 500 * US);
        host.run(5 * MS);
        assertThat(heard.of("answered")).containsExactly("task0 is answered at 501500 after 498500");
        assertThat(host.spinNs(0)).isEqualTo(496_500);
    }

    @Test
    void theSpinnersBlockerIsTheReceiverThatHasNotAnswered() {
        LiveGuests guests = flusherAndWorker(TICKLESS);
        new IdealHost(guests).away(1, 2 * US, 500 * US).run(100 * US);
        assertThat(guests.blocker(0)).isEqualTo(1);
        assertThat(guests.waitsFor(0, 1)).isTrue();
        assertThat(guests.waitsFor(1, 0)).isFalse();
        assertThat(guests.blocker(1)).isEqualTo(-1);
    }

    @Test
    void idleVcpusAreNotShotDown() {
        LiveGuests guests = live(heard, vm(3, TICKLESS, List.of(), on(0, "flusher", compute(US), new Shootdown())));
        IdealHost host = new IdealHost(guests);
        host.run(MS);
        assertThat(host.ipis(1) + host.ipis(2)).isZero();
        assertThat(heard.of("answered")).isEmpty();
    }

    @Test
    void aParavirtualFlushSparesPreemptedReceivers() {
        GuestFeatures features = new GuestFeatures(1, 2_800_000, false, false, true, false, 1);
        LiveGuests guests = flusherAndWorker(features);
        IdealHost host = new IdealHost(guests).away(1, 2 * US, 500 * US);
        host.run(5 * MS);
        assertThat(host.ipis(1)).isZero();
        assertThat(host.spinNs(0)).isZero();
        assertThat(guests.outcomes().get(0).flushesLeft()).isEqualTo(1);
    }

    @Test
    void aParavirtualSenderYieldsToThePreemptedReceiver() {
        // The IPI is out at 5 us; then one hypercall, then the spin.
        GuestFeatures features = new GuestFeatures(1, 2_800_000, false, true, false, false, 1);
        IdealHost host = new IdealHost(flusherAndWorker(features)).away(1, 2 * US, 500 * US);
        host.run(5 * MS);
        assertThat(host.yields).containsExactly(new IdealHost.Yield(0, 1, 5 * US));
        assertThat(host.spinNs(0)).isEqualTo(495_500);
    }

    @Test
    void aCallWakesAnIdleVcpu() {
        // Begins at 1 us; exit 2 us, handler 1.5 us.
        LiveGuests guests = live(heard, vm(2, TICKLESS, List.of(), on(0, "caller", new Call(), compute(US))));
        new IdealHost(guests).run(MS);
        assertThat(heard.of("answered")).containsExactly("task0 is answered at 4500 after 3500");
    }

    @Test
    void spinnersAnswerEachOther() {
        // Both exits end at 3 us. a's IPI is then pending at b's entry: b handles it (1.5 us) before it sends its own.
        LiveGuests guests =
                live(heard, vm(2, TICKLESS, List.of(), on(0, "a", new Shootdown()), on(1, "b", new Shootdown())));
        new IdealHost(guests).run(MS);
        assertThat(heard.of("answered"))
                .containsExactly("task0 is answered at 4500 after 3500", "task1 is answered at 6000 after 5000");
    }

    @Test
    void sleepersAreWokenByTheirTimers() {
        // 1 us switch, 1 us work, asleep until 102 us, timer handler 2 us, switch 1 us.
        LiveGuests guests = live(
                heard,
                vm(
                        1,
                        TICKLESS,
                        List.of(),
                        on(0, "a", compute(US), new Sleep(new Span.Fixed(100 * US)), Guests.count())));
        new IdealHost(guests).run(MS);
        assertThat(heard.lines).containsExactly("task0 counts at 105000");
    }

    @Test
    void devicesInterruptTheVcpuThatAsked() {
        // 1 us switch, exit 5 us, 50 us latency, handler 2 us, switch 1 us.
        LiveGuests guests = live(
                heard, vm(1, TICKLESS, List.of(), on(0, "a", new Io(5 * US, new Span.Fixed(50 * US)), Guests.count())));
        new IdealHost(guests).run(MS);
        assertThat(heard.lines).containsExactly("task0 counts at 59000");
    }
}
