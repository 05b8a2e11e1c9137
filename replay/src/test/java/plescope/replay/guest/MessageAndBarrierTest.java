package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plescope.replay.guest.Guests.MS;
import static plescope.replay.guest.Guests.TICKLESS;
import static plescope.replay.guest.Guests.US;
import static plescope.replay.guest.Guests.compute;
import static plescope.replay.guest.Guests.count;
import static plescope.replay.guest.Guests.live;
import static plescope.replay.guest.Guests.on;
import static plescope.replay.guest.Guests.times;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.guest.Guests.Heard;
import plescope.replay.guest.Instruction.Meet;
import plescope.replay.guest.Instruction.Receive;
import plescope.replay.guest.Instruction.Send;

class MessageAndBarrierTest {
    private final Heard heard = new Heard();

    private static VmSpec piped(int capacity, TaskSpec... tasks) {
        return new VmSpec(
                "vm", 2, TICKLESS, List.of(), List.of(new VmSpec.Channel("pipe", capacity)), List.of(), List.of(tasks));
    }

    private static VmSpec meeting(boolean spins, int parties) {
        return new VmSpec(
                "vm",
                2,
                TICKLESS,
                List.of(),
                List.of(),
                List.of(new VmSpec.Barrier("phase", parties, spins)),
                List.of(on(0, "a", new Meet(0), count()), on(1, "b", compute(100 * US), new Meet(0), count())));
    }

    @Test
    void everyMessageArrivesOnce() {
        for (int capacity : new int[] {0, 1, 7}) {
            heard.lines.clear();
            LiveGuests guests = live(
                    heard,
                    piped(
                            capacity,
                            on(0, "sender", times(100, compute(3 * US), new Send(0))),
                            on(1, "receiver", times(100, new Receive(0), compute(5 * US), count()))));
            new IdealHost(guests).run(100 * MS);
            assertThat(guests.done()).isTrue();
            assertThat(heard.lines).hasSize(100);
        }
    }

    @Test
    void aSenderSleepsWhileTheChannelIsFull() {
        // The receiver comes at 101 us: its wake-up IPI is out at 103 us, handled at 104 us, the sender runs from 105
        // us.
        LiveGuests guests = live(
                heard,
                piped(
                        1,
                        on(0, "sender", new Send(0), new Send(0), count()),
                        on(1, "receiver", compute(100 * US), new Receive(0), compute(US), new Receive(0))));
        IdealHost host = new IdealHost(guests);
        host.run(MS);
        assertThat(heard.lines).containsExactly("task0 counts at 105000");
        assertThat(host.haltNs(0)).isEqualTo(102 * US);
    }

    @Test
    void aSpinningBarrierOpensWithTheLast() {
        IdealHost host = new IdealHost(live(heard, meeting(true, 2)));
        host.run(MS);
        assertThat(heard.lines).containsExactlyInAnyOrder("task0 counts at 101000", "task1 counts at 101000");
        assertThat(host.spinNs(0)).isEqualTo(100 * US);
    }

    @Test
    void aSleepingBarrierWakesTheOthers() {
        // IPI out at 103 us, handler 1 us, switch 1 us. The last goes on when its IPI is out.
        IdealHost host = new IdealHost(live(heard, meeting(false, 2)));
        host.run(MS);
        assertThat(heard.lines).containsExactly("task1 counts at 103000", "task0 counts at 105000");
        assertThat(host.spinNs(0)).isZero();
    }

    @Test
    void aSpinThatNothingCanEndIsTheGuestsDeadlock() {
        LiveGuests guests = live(heard, meeting(true, 3));
        new IdealHost(guests).run(MS);
        assertThatThrownBy(() -> guests.cut(0))
                .isInstanceOf(GuestDeadlock.class)
                .hasMessage("VM vm: deadlock: a on vcpu0 waits for barrier phase; b on vcpu1 waits for barrier phase");
    }

    @Test
    void aSpinThatAnotherTaskCanEndGoesOn() {
        // The host starves b; at 10 ms it would rather have an end of a's spin.
        LiveGuests guests = live(heard, meeting(true, 2));
        IdealHost host = new IdealHost(guests).away(1, 50 * US, 20 * MS);
        host.callAt(10 * MS, () -> guests.cut(0));
        host.run(30 * MS);
        assertThat(heard.lines).containsExactlyInAnyOrder("task0 counts at 20051000", "task1 counts at 20051000");
    }
}
