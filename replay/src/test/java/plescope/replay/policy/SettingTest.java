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
            "cfs-5.6+p2019+debooster+strict-boost",
            "cfs-5.6+p2009{sleep=50us}",
            "eevdf-6.19rc1+p2024+wl-v2-deboost{needWeight=1.25,rejectedSpend=0}+wl-v2-ipi+ipi-first",
            "eevdf-7.1+p2024{apicv=1}+wl-v3{kappa=0.5}+no-affine-vcpu+balance+preferred-cpus{period=100ms}",
            "cfs-6.1+no-ple",
            "dedicated",
            "cfs-6.1+waitfor-oracle",
        }) {
            assertThat(Setting.parse(text)).hasToString(text);
            assertThat(Setting.parse(Setting.parse(text).toString())).isEqualTo(Setting.parse(text));
        }
    }

    @Test
    void otherNamesPrintCanonically() {
        assertThat(Setting.parse("cfs-5.6+ple-sleep")).hasToString("cfs-5.6+p2009");
        assertThat(Setting.parse("cfs-5.6+directed-yield")).hasToString("cfs-5.6+p2011");
        refused("cfs-5.6+ple-slep", "nearest is 'ple-sleep'");
    }

    /** Policies named later are asked first, so the era must not stay behind one it was named after. */
    @Test
    void theEraComesFirstWhereverItIsNamed() {
        assertThat(Setting.parse("cfs-5.6+strict-boost+p2019")).hasToString("cfs-5.6+p2019+strict-boost");
    }

    @Test
    void whatIsLeftOutIsTheKernelsOwn() {
        assertThat(Setting.parse("cfs-5.6")).hasToString("cfs-5.6+p2019");
        assertThat(Setting.parse("cfs-6.1+debooster")).hasToString("cfs-6.1+p2021+debooster");
        assertThat(Setting.parse("eevdf-6.12+cgroup-flat")).hasToString("eevdf-6.12+p2021");
        assertThat(Setting.parse("cfs-6.1+debooster{gran=0ns}")).hasToString("cfs-6.1+p2021+debooster");
        assertThat(Setting.parse("debooster{gran=2800us}")).hasToString("eevdf-6.12+p2021+debooster{gran=2.8ms}");
        assertThat(Setting.parse("eevdf-6.12+p2024{lastBoostedBug=auto,apicv=auto}"))
                .hasToString("eevdf-6.12+p2024");
        assertThat(Setting.parse("eevdf-6.12+p2024{lastBoostedBug=1}"))
                .hasToString("eevdf-6.12+p2024{lastBoostedBug=1}");
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
        refused("eevdf-7.1+wl-v3{kappa=4.1}", "kappa must lie in 0..4, was 4.1");
        refused("eevdf-7.1+wl-v3{kappa=0.00001}", "kappa must be a number with at most 4 decimals");
        refused("eevdf-7.1+wl-v3{kappa=1e99}", "kappa must be a number");
        refused("preferred-cpus{period=9ms}", "period must lie in 10ms..5000ms");
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
        refused("ple-sleep+p2009", "named twice");
        refused("cfs-6.1+p2019+p2009", "a kernel has one");
        refused("cfs-6.1+p2019+no-ple", "'p2019' answers PAUSE exits, and with 'no-ple' there are none");
        refused("cfs-6.1+p2009+debooster", "'debooster' changes directed yields, and 'p2009' makes none");
        refused("cfs-6.1+plain-yield+ipi-first", "'plain-yield' makes none");
        refused("cfs-6.1+wl-v3", "'wl-v3' acts on deadlines and lag, which cfs-6.1 has not");
        refused("debooster+wl-v2-deboost", "both replace the virtual times of a directed yield");
        refused("strict-boost+wl-v2-ipi", "'strict-boost' and 'wl-v2-ipi' both replace the kernel-mode test");
        refused("wl-v2-ipi+wl-v3", "both replace the kernel-mode test");
        refused("no-affine-vcpu+no-affine-same-vm", "both replace whether a waker attracts");
        refused("demand-coscheduling+relaxed-coscheduling", "both replace who runs next on a pCPU");
        refused("ipi-first+adaptive-ple-window", "both replace whom kvm_vcpu_on_spin looks at first");
        refused("balance+micro-slice", "both replace where vCPUs may be placed");
        refused("preferred-cpus+adaptive-ple-window", "both replace what the policy timer does");
    }

    private static void refused(String text, String reason) {
        assertThatThrownBy(() -> Setting.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("setting '" + text + "': ")
                .hasMessageContaining(reason);
    }
}
