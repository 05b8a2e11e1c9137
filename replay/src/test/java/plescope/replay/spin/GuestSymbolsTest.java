package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuestSymbolsTest {
    private static final Stream<String> map() {
        return Stream.of(
                "ffffffff81000000 T startup_64",
                "ffffffff81000000 T _stext",
                "ffffffff81170300 t smp_call_function_many_cond",
                "ffffffff81a5a1a0 T native_queued_spin_lock_slowpath",
                "ffffffff81a5a400 D some_data",
                "ffffffffc0001000 t nested_fn\t[kvm]");
    }

    @Test
    void addressesResolveToTheFunctionBelowThem() {
        GuestSymbols symbols = GuestSymbols.parse("a", map());

        assertThat(symbols.lookup("a", 0xffffffff8117043fL))
                .hasToString("smp_call_function_many_cond+0x13f"); // 0x43f - 0x300
        assertThat(symbols.lookup("a", 0xffffffff81000000L)).hasToString("startup_64");
        assertThat(symbols.lookup("a", 0xffffffff81a5a404L)).hasToString("native_queued_spin_lock_slowpath+0x264");
        assertThat(symbols.lookup("a", 0xffffffffc0001010L)).hasToString("nested_fn+0x10");
    }

    @Test
    void addressesOutsideAllFunctionsResolveToNothing() {
        GuestSymbols symbols = GuestSymbols.parse("a", map());

        assertThat(symbols.lookup("a", 0x401be0L)).isNull();
        assertThat(symbols.lookup("a", 0xffffffffe0000000L)).isNull();
        assertThat(symbols.lookup("b", 0xffffffff8117043fL)).isNull();
    }

    @Test
    void eachVmHasItsOwnSymbolsAndStarStandsForTheRest() {
        GuestSymbols symbols = GuestSymbols.parse("a", Stream.of("ffffffff81000000 T of_a"))
                .with(GuestSymbols.EVERY_VM, Stream.of("ffffffff81000000 T of_all"));

        assertThat(symbols.lookup("a", 0xffffffff81000004L)).hasToString("of_a+0x4");
        assertThat(symbols.lookup("b", 0xffffffff81000004L)).hasToString("of_all+0x4");
    }

    @Test
    void debianStubIsRecognised() {
        Stream<String> stub =
                Stream.of("ffffffffffffffff B The real System.map is in the linux-image-<version>-dbg package");

        assertThatThrownBy(() -> GuestSymbols.parse("vm0", stub))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("symbols of vm0: this is Debian's stub System.map");
    }

    @Test
    void hiddenKallsymsAreRecognised() {
        Stream<String> hidden = Stream.of("0000000000000000 T _text", "0000000000000000 t do_one_initcall");

        assertThatThrownBy(() -> GuestSymbols.parse("vm0", hidden))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "symbols of vm0: all addresses are zero (kptr_restrict); copy the guest's /proc/kallsyms as root");
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> GuestSymbols.parse("vm0", Stream.of("hello", "")))
                .hasMessage("symbols of vm0: no line looks like 'ffffffff81000000 T _text' (System.map or kallsyms)");
    }

    @Test
    void functionNamesTellWhatASpinnerWaitsFor() {
        assertThat(FunctionClass.of("native_queued_spin_lock_slowpath")).isEqualTo(FunctionClass.LOCK);
        assertThat(FunctionClass.of("_raw_spin_lock_irqsave")).isEqualTo(FunctionClass.LOCK);
        assertThat(FunctionClass.of("osq_lock")).isEqualTo(FunctionClass.LOCK);
        assertThat(FunctionClass.of("lab_ticket_spin_wait")).isEqualTo(FunctionClass.LOCK);
        assertThat(FunctionClass.of("smp_call_function_many_cond")).isEqualTo(FunctionClass.IPI);
        assertThat(FunctionClass.of("lab_ipi_wait_acks")).isEqualTo(FunctionClass.IPI);
        assertThat(FunctionClass.of("native_flush_tlb_multi")).isEqualTo(FunctionClass.TLB);
        assertThat(FunctionClass.of("do_idle")).isEqualTo(FunctionClass.OTHER);
    }
}
