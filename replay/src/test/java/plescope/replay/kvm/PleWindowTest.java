package plescope.replay.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.model.HostModel.PleHardware;

class PleWindowTest {
    @Test
    void doublesWithoutASwitchAndResetsAtSchedIn() {
        PleWindow window = new PleWindow(PleHardware.VMX_DEFAULT);
        for (long expected = 4096; expected <= 16_777_216; expected *= 2) {
            assertThat(window.units()).isEqualTo((int) expected);
            window.grow();
        }
        window.shrink();
        assertThat(window.units()).isEqualTo(4096);
        // 4096 cycles at 2 GHz
        assertThat(window.ns()).isEqualTo(2048);
    }

    @Test
    void svmFilterStopsAtItsMaximum() {
        PleWindow window = new PleWindow(new PleHardware(3000, 2, 0, 65_535, 20_000));
        int[] expected = {3000, 6000, 12_000, 24_000, 48_000, 65_535, 65_535};
        for (int units : expected) {
            assertThat(window.units()).isEqualTo(units);
            window.grow();
        }
    }

    @Test
    void growthBelowOneKeepsTheBaseAndLargeGrowthAdds() {
        PleWindow off = new PleWindow(new PleHardware(4096, 0, 0, Integer.MAX_VALUE, 500));
        off.grow();
        assertThat(off.units()).isEqualTo(4096);
        PleWindow adding = new PleWindow(new PleHardware(4096, 5000, 2, Integer.MAX_VALUE, 500));
        adding.grow();
        assertThat(adding.units()).isEqualTo(9096);
        adding.shrink();
        assertThat(adding.units()).isEqualTo(4548);
    }

    @Test
    void aNewBaseCountsFromTheNextChangeOn() {
        PleWindow window = new PleWindow(PleHardware.VMX_DEFAULT);
        window.rebase(1024);
        assertThat(window.units()).isEqualTo(4096);
        window.grow();
        assertThat(window.units()).isEqualTo(8192);
        window.shrink();
        assertThat(window.units()).isEqualTo(1024);
    }

    /** The time spun by the k-th exit without a switch, at 2 GHz. */
    @Test
    void doublingWindowsAddUpToMilliseconds() {
        PleWindow window = new PleWindow(PleHardware.VMX_DEFAULT);
        long[] micros = {2, 6, 14, 30, 63, 129, 260, 522, 1046, 2095, 4192, 8386, 16_775};
        long spun = 0;
        for (long expected : micros) {
            spun += window.ns();
            window.grow();
            assertThat(spun / 1000).isEqualTo(expected);
        }
    }
}
