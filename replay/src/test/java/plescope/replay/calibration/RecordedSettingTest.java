package plescope.replay.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plescope.parser.KernelHints;
import plescope.replay.model.Origin;
import plescope.replay.policy.Setting;

class RecordedSettingTest {
    private static RecordedSetting header(String release) {
        return RecordedSetting.of(new KernelHints(release, null, null, null), true);
    }

    @Test
    void aHeaderNamesTheKernel() {
        assertThat(header("6.12.117+deb12-amd64").setting()).isEqualTo("eevdf-6.12.y+p2021");
        assertThat(header("6.12.117+deb12-amd64").origin()).isEqualTo(Origin.RECORDED);
        assertThat(header("6.1.0-56-amd64").setting()).isEqualTo("cfs-6.1+p2019");
        assertThat(header("6.8").setting()).isEqualTo("eevdf-6.6+p2019");
        assertThat(header("5.6.0-rc1").setting()).isEqualTo("cfs-5.6+p2019");
        assertThat(header("4.19.0").setting()).isEqualTo("cfs-5.6+p2011");
    }

    /** 6.12.13 picks buddies, 6.12.63 forfeits; the single loop of on_spin is of 6.13, its index right since 6.18.3. */
    @ParameterizedTest
    @CsvSource({
        "5.12.19, cfs-5.10+p2019",
        "5.13.0, cfs-6.1+p2019",
        "6.12.0-55.el10, eevdf-6.12+p2021",
        "6.12.12, eevdf-6.12+p2021",
        "6.12.13, eevdf-6.14+p2021",
        "6.12.62, eevdf-6.14+p2021",
        "6.12.63, eevdf-6.12.y+p2021",
        "6.13.1, eevdf-6.12+p2024",
        "6.13.2, eevdf-6.14+p2024",
        "6.16, eevdf-6.14+p2024",
        "6.17.4, eevdf-6.17+p2024",
        "6.18.2, eevdf-6.18+p2024",
        "6.18.3, eevdf-6.18+p2024{lastBoostedBug=0}",
        "6.19.0, eevdf-6.19+p2024",
        "7.2.1, eevdf-7.1+p2024",
    })
    void longTermUpdatesCarryLaterRules(String release, String setting) {
        assertThat(header(release).setting()).isEqualTo(setting);
        assertThat(Setting.parse(setting)).hasToString(setting);
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
                .isEqualTo("eevdf-6.12.y+p2021");
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
        assertThat(assumed.setting()).isEqualTo("eevdf-6.12.y+p2021");
        assertThat(assumed.reason()).isEqualTo("nothing in the log tells the kernel; assumed 6.12");
    }
}
