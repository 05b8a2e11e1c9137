package plescope.replay.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.parser.KernelHints;
import plescope.replay.model.Origin;

class RecordedSettingTest {
    private static RecordedSetting header(String release) {
        return RecordedSetting.of(new KernelHints(release, null, null, null), true);
    }

    @Test
    void aHeaderNamesTheKernel() {
        assertThat(header("6.12.117+deb12-amd64").setting()).isEqualTo("eevdf-6.12+p2024");
        assertThat(header("6.12.117+deb12-amd64").origin()).isEqualTo(Origin.RECORDED);
        assertThat(header("6.1.0-56-amd64").setting()).isEqualTo("cfs-6.1+p2019");
        assertThat(header("6.8").setting()).isEqualTo("eevdf-6.12+p2019");
        assertThat(header("5.6.0-rc1").setting()).isEqualTo("cfs-5.6+p2019");
        assertThat(header("4.19.0").setting()).isEqualTo("cfs-5.6+p2011");
    }

    @Test
    void aTraceWithoutPauseExitsReplaysWithoutPle() {
        assertThat(RecordedSetting.of(new KernelHints("6.1.0", null, null, null), false)
                        .setting())
                .isEqualTo("cfs-6.1+no-ple");
    }

    @Test
    void withoutAHeaderTheOrderOfTheFastPathDecides() {
        RecordedSetting old = RecordedSetting.of(new KernelHints(null, "6.0", null, true), true);
        assertThat(old.setting()).isEqualTo("cfs-6.1+p2019");
        assertThat(old.origin()).isEqualTo(Origin.INFERRED);
        assertThat(RecordedSetting.of(new KernelHints(null, "6.0", null, false), true)
                        .setting())
                .isEqualTo("eevdf-6.12+p2024");
    }

    @Test
    void spellingsThatEndedEarlyBoundTheKernel() {
        // kvm_exit without "info1" ended with 5.10, so the newest candidate is 5.9.
        assertThat(RecordedSetting.of(new KernelHints(null, null, "5.10", null), true)
                        .setting())
                .isEqualTo("cfs-5.6+p2019");
    }

    @Test
    void nothingKnownIsSaidAloud() {
        RecordedSetting assumed = RecordedSetting.of(new KernelHints("not a version", null, null, null), true);
        assertThat(assumed.setting()).isEqualTo("eevdf-6.12+p2024");
        assertThat(assumed.reason()).isEqualTo("nothing in the log tells the kernel; assumed 6.12");
    }
}
