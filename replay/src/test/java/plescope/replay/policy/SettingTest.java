package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingTest {
    @Test
    void canonicalTextRoundTrips() {
        for (String text : new String[] {
            "cfs-5.6+p2011",
            "cfs-6.1+p2019",
            "cfs-6.1+p2021{apicv=1}",
            "eevdf-6.12+p2024",
            "eevdf-6.12+p2024+debooster{gran=2.8ms}",
            "eevdf-6.12+p2024{lastBoostedBug=0}+debooster{gran=600us}+cgroup-vm",
            "cfs-6.1+p2019+cgroup-vm-vcpu",
            "cfs-6.1+no-ple",
            "dedicated",
            "cfs-6.1+waitfor-oracle",
        }) {
            assertThat(Setting.parse(text)).hasToString(text);
            assertThat(Setting.parse(Setting.parse(text).toString())).isEqualTo(Setting.parse(text));
        }
    }

    @Test
    void whatIsLeftOutIsTheKernelsOwn() {
        assertThat(Setting.parse("cfs-5.6")).hasToString("cfs-5.6+p2019");
        assertThat(Setting.parse("cfs-6.1+debooster")).hasToString("cfs-6.1+p2021+debooster");
        assertThat(Setting.parse("eevdf-6.12+cgroup-flat")).hasToString("eevdf-6.12+p2024");
        assertThat(Setting.parse("cfs-6.1+debooster{gran=0ns}")).hasToString("cfs-6.1+p2021+debooster");
        assertThat(Setting.parse("debooster{gran=2800us}")).hasToString("eevdf-6.12+p2024+debooster{gran=2.8ms}");
    }

    @Test
    void mistakesAreNamedWithTheNearestWord() {
        refused("eevdf-6.13", "unknown name 'eevdf-6.13', nearest is 'eevdf-6.12'");
        refused("cfs-6.1+deboster", "nearest is 'debooster'");
        refused("cfs-6.1+debooster{grain=1ms}", "no parameter 'grain', nearest is 'gran'");
        refused("cfs-6.1+p2019{x=1}", "'p2019' has no parameters");
        refused("cfs-6.1+debooster{gran=1s}", "gran must lie in 0ns..100ms, was 1s");
        refused("cfs-6.1+debooster{gran=fast}", "must be a duration");
        refused("cfs-6.1+p2024{apicv=yes}", "must be an integer");
        refused("cfs-6.1+debooster{gran=1ms", "missing '}'");
        refused("cfs-6.1+debooster{gran}", "expected name=value");
        refused("cfs-6.1++p2019", "empty part");
    }

    @Test
    void incompatiblePoliciesAreRefusedWithTheReason() {
        refused("cfs-6.1+p2019+p2024", "a kernel has one");
        refused("cfs-6.1+no-ple+debooster", "with PLE off there are none");
        refused("dedicated+debooster", "stands alone");
        refused("p2019+waitfor-oracle", "stands alone");
        refused("cfs-6.1+eevdf-6.12", "two schedulers");
        refused("cgroup-vm+cgroup-flat", "two cgroup layouts");
        refused("debooster+debooster", "named twice");
    }

    private static void refused(String text, String reason) {
        assertThatThrownBy(() -> Setting.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("setting '" + text + "': ")
                .hasMessageContaining(reason);
    }
}
