package plescope.replay.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import static plescope.replay.guest.Guests.times;
import static plescope.replay.guest.Guests.vm;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.guest.Guests.Heard;
import plescope.replay.guest.Instruction.Branch;
import plescope.replay.guest.Instruction.Choose;
import plescope.replay.guest.Instruction.Sleep;
import plescope.replay.guest.LockSpec.Kind;

class ProgramCompilerTest {
    private final Heard heard = new Heard();

    private LiveGuests run(Instruction... program) {
        LiveGuests guests = live(heard, vm(1, TICKLESS, lock(Kind.TICKET), on(0, "a", program)));
        new IdealHost(guests).run(100 * MS);
        return guests;
    }

    @Test
    void loopsNest() {
        LiveGuests guests = run(times(3, times(4, compute(US), count()), compute(10 * US)), count());
        assertThat(guests.done()).isTrue();
        assertThat(guests.outcomes().get(0).operations()).isEqualTo(3 * 4 + 1);
        assertThat(guests.outcomes().get(0).usefulNs()).isEqualTo((3 * 4 + 3 * 10) * US);
    }

    @Test
    void branchesAreDrawnByWeight() {
        // 1 us three times out of four, else 101 us: 1000 draws make 26 ms; the deviation of their number is below 14.
        Instruction choice =
                new Choose(List.of(new Branch(3, List.of(compute(US))), new Branch(1, List.of(compute(101 * US)))));
        long useful = run(times(1_000, choice)).outcomes().get(0).usefulNs();
        assertThat((useful - 1_000 * US) / (100 * US)).isBetween(250L - 4 * 14, 250L + 4 * 14);
    }

    @Test
    void sleepingUnderASpinlockIsRefused() {
        assertThatThrownBy(() -> run(locked(0, new Sleep(new Span.Fixed(US)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("VM vm, task a: may sleep while it holds spinlock l");
    }

    @Test
    void unknownLocksAreRefused() {
        assertThatThrownBy(() -> run(locked(1, compute(US))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("VM vm, task a: names lock 1 of 1");
    }

    @Test
    void tasksThatMayUseNoVcpuAreRefused() {
        assertThatThrownBy(() -> live(heard, vm(1, TICKLESS, List.of(), on(1, "a", compute(US)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("VM vm, task a: it may use none of the VM's vCPUs");
    }

    @Test
    void aProgramThatTakesNoTimeIsNoticed() {
        assertThatThrownBy(() -> run(forever(locked(0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("VM vm, task a on vcpu0: its program takes no time");
    }
}
