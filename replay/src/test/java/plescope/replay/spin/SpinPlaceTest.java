package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpinPlaceTest {
    private static final GuestSymbols SYMBOLS = GuestSymbols.parse(
            GuestSymbols.EVERY_VM,
            Stream.of(
                    "ffffffff81000000 T native_queued_spin_lock_slowpath",
                    "ffffffff81001000 t smp_call_function_many_cond",
                    "ffffffff81002000 t flush_tlb_func",
                    "ffffffff81003000 T mutex_lock",
                    "ffffffff81004000 T rwsem_spin_on_owner",
                    "ffffffff81005000 T _raw_spin_lock",
                    "ffffffff81006000 T lab_tas_spin_wait"));

    private static SpinPlace.Kind kind(long rip) {
        SpinPlace place = SYMBOLS.spinPlace("vm0", rip);
        return place == null ? null : place.kind();
    }

    /** A receiver that flushes its TLB works, and so does most of a mutex's or a spinlock's fast path. */
    @Test
    void onlyFunctionsThatDoNothingElseAreSpinCode() {
        assertThat(kind(0xffff_ffff_8100_0123L)).isEqualTo(SpinPlace.Kind.LOCK);
        assertThat(kind(0xffff_ffff_8100_1441L)).isEqualTo(SpinPlace.Kind.IPI);
        assertThat(kind(0xffff_ffff_8100_2010L)).isNull();
        assertThat(kind(0xffff_ffff_8100_3010L)).isNull();
        assertThat(kind(0xffff_ffff_8100_4010L)).isEqualTo(SpinPlace.Kind.LOCK);
        assertThat(kind(0xffff_ffff_8100_5010L)).isNull();
        assertThat(kind(0xffff_ffff_8100_6012L)).isEqualTo(SpinPlace.Kind.LOCK);
    }

    @Test
    void listedRangesHoldForTheirVmAndComeFirst() {
        GuestSymbols listed = SYMBOLS.withSpinCode(List.of(
                new SpinPlace.Range("vm1", 0xffff_ffff_8100_3008L, 0xffff_ffff_8100_3010L, SpinPlace.Kind.UNKNOWN, 0),
                new SpinPlace.Range("*", 0xffff_ffff_8100_0000L, 0xffff_ffff_8100_0fffL, SpinPlace.Kind.IPI, 21_000)));
        assertThat(listed.spinPlace("vm1", 0xffff_ffff_8100_3010L))
                .isEqualTo(new SpinPlace("0xffffffff81003008", SpinPlace.Kind.UNKNOWN));
        assertThat(listed.spinPlace("vm1", 0xffff_ffff_8100_3011L)).isNull();
        assertThat(listed.spinPlace("vm0", 0xffff_ffff_8100_3010L)).isNull();
        assertThat(listed.spinPlace("vm0", 0xffff_ffff_8100_0123L).kind()).isEqualTo(SpinPlace.Kind.IPI);
        assertThat(listed.pleUnitPicos()).isEqualTo(21_000);
        assertThat(SYMBOLS.pleUnitPicos()).isZero();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new SpinPlace.Range("*", 2, 1, SpinPlace.Kind.LOCK, 0))
                .hasMessageContaining("ends before it begins: 0x2..0x1");
        assertThatThrownBy(() -> SpinPlace.Kind.parse("locks")).hasMessageContaining("lock, ipi or unknown");
    }
}
