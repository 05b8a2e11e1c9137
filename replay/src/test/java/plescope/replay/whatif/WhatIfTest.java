package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.Workloads;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.policy.Setting;

class WhatIfTest {
    private static final Setting RECORDED = Setting.parse("cfs-6.1+p2019");

    /** Two VMs of three vCPUs on four pCPUs. */
    private static final Experiment IDENTITY =
            new Experiment(Workloads.computing(2, 3, 1_000, 1_000_000), Workloads.host(4), RECORDED);

    private static Experiment apply(String text) {
        return WhatIf.parse(text).apply(IDENTITY);
    }

    @Test
    void canonicalTextRoundTrips() {
        for (String text : List.of(
                "cfs-6.1+no-ple",
                "eevdf-6.12.y+p2021; pcpus=4",
                "pin=vm0:0-1,vm1:2-3",
                "pin=vm0:0-1,3,vm1/vcpu2:2",
                "pin=cyclic; halt_poll_ns=0",
                "pin=cyclic:2",
                "pin=pools",
                "pin=none",
                "ple_window=8192; ple_window_grow=0; ple_window_shrink=2; ple_window_max=65536",
                "+debooster{gran=2.8ms}",
                "scheduler=eevdf-6.18; cgroup=vm-vcpu; base_slice_ns=2000000",
                "features=NEXT_BUDDY,NO_WAKEUP_PREEMPTION",
                "cgroup=vm; cpu.weight=vm0:200,vm1:50; cpu.max=vm0:50000/100000,vm1:max",
                "add=copy of vm0; add=burner:4; remove=vm1",
                "start=vm0:1,vm1/vcpu2:0; start=fork; start=shuffled:7",
                "costs=x0.5")) {
            assertThat(WhatIf.parse(text)).hasToString(text);
            assertThat(WhatIf.parse(WhatIf.parse(text).text())).isEqualTo(WhatIf.parse(text));
        }
    }

    @Test
    void otherSpellingsPrintCanonically() {
        assertThat(WhatIf.parse(" cfs-6.1 + ple-sleep ;pcpus = 8 ")).hasToString("cfs-6.1+p2009; pcpus=8");
        assertThat(WhatIf.parse("halt_poll_ns=50us; pause_filter_count=2000"))
                .hasToString("halt_poll_ns=50000; ple_window=2000");
        assertThat(WhatIf.parse("cgroup=cgroup-vm; costs=2.0; features=NO_PLACE_LAG,NEXT_BUDDY"))
                .hasToString("cgroup=vm; costs=x2; features=NEXT_BUDDY,NO_PLACE_LAG");
        assertThat(WhatIf.parse("cpu.max=vm0:50000")).hasToString("cpu.max=vm0:50000/100000");
    }

    @Test
    void mistakesAreNamedWithPlaceAndNearestName() {
        wrong("cfs-6.1; ple_windwo=4", 10, "unknown change 'ple_windwo', nearest is 'ple_window'");
        wrong("cfs-6.1+debuster; pcpus=4", 9, "unknown name 'debuster', nearest is 'debooster'");
        wrong("pcpus=four", 7, "pcpus takes a whole number, found 'four'");
        wrong("pcpus=0", 7, "pcpus must lie in 1..8192, was 0");
        wrong("hz=2.5", 4, "hz takes a whole number, found '2.5'");
        wrong("halt_poll_ns=5m", 14, "nanoseconds such as 200000 or 200us, found '5m'");
        wrong("pcpus=4; cfs-6.1", 10, "a setting comes first");
        wrong("pcpus=4;", 9, "expected a setting or a change");
        wrong("", 1, "expected a setting or a change");
        wrong("pcpus=", 7, "pcpus needs a value");
        wrong("pin=vm0:", 5, "'vm0' is left without a pCPU");
        wrong("pin=0-1", 5, "expected name:value such as vm0:1, found '0-1'");
        wrong("pin=cyclic:0", 5, "cyclic takes a number of pCPUs, found '0'");
        wrong("features=NEXT_BUDY", 10, "no feature 'NEXT_BUDY', nearest is 'NEXT_BUDDY'; they have ");
        wrong("features=HRTICK", 10, "no feature 'HRTICK'");
        wrong("features=NEXT_BUDDY,NO_NEXT_BUDDY", 10, "'NEXT_BUDDY' is named twice");
        wrong("scheduler=cfs-6.1+no-ple", 11, "is no scheduler alone");
        wrong("cgroup=vn", 8, "no layout 'vn'");
        wrong("cpu.weight=vm0:0", 12, "cpu.weight must lie in 1..10000, was 0");
        wrong("cpu.max=vm0:10", 9, "a quota must be at least 1ms");
        wrong("add=vm0", 5, "expected 'copy of VM' or 'burner:VCPUS', found 'vm0'");
        wrong("add=burner:0", 5, "must lie in 1..1024");
        wrong("costs=-1", 7, "a factor must lie in 0..1000");
    }

    private static void wrong(String text, int column, String reason) {
        WhatIfException thrown = catchThrowableOfType(WhatIfException.class, () -> WhatIf.parse(text));
        assertThat(thrown).as(text).isNotNull();
        assertThat(thrown).hasMessageContaining(reason);
        assertThat(thrown.column()).as(text).isEqualTo(column);
        assertThat(thrown.caret()).isEqualTo(text + "\n" + " ".repeat(column - 1) + "^");
    }

    @Test
    void whatASettingLeavesOutStaysAsRecorded() {
        assertThat(apply("no-ple").setting()).hasToString("cfs-6.1+no-ple");
        assertThat(apply("eevdf-6.18").setting()).hasToString("eevdf-6.18+p2024");
        assertThat(apply("cgroup-vm").setting()).hasToString("cfs-6.1+p2019+cgroup-vm");
        assertThat(apply("+debooster").setting()).hasToString("cfs-6.1+p2019+debooster");
        assertThat(apply("scheduler=eevdf-6.12").setting()).hasToString("eevdf-6.12+p2019");
        assertThat(apply("eevdf-6.12; cgroup=systemd; +ipi-first").setting())
                .hasToString("eevdf-6.12+p2021+ipi-first+cgroup-systemd");
        refused("+p2024", "+p2024: 'p2019' and 'p2024' both say what a PAUSE exit leads to");
    }

    @Test
    void numbersReachTheHost() {
        HostModel host = apply("hz=1000; halt_poll_ns=50us; halt_poll_ns_grow=4; halt_poll_ns_shrink=0; enable_apicv=1")
                .host();
        assertThat(host.hz()).isEqualTo(1000);
        assertThat(host.kvm()).isEqualTo(new HostModel.Kvm(true, 50_000, 4, 10_000, 0));
        assertThat(apply("ple_window=8192; ple_window_grow=0; ple_window_max=9000")
                        .host()
                        .ple())
                .isEqualTo(new PleHardware(8192, 0, 0, 9000, 500));
        refused("ple_window_max=9000; ple_window=9001", "ple_window=9001: larger than ple_window_max, 9000 here");
        assertThat(apply("costs=x2").host().costs())
                .isEqualTo(IDENTITY.host().costs().scaled(2));
        assertThat(apply("pcpus=8; smt=2; llc=4").host().topology().toString())
                .isEqualTo("Topology[pcpus=8, perCore=2, perLlc=4, perNode=8]");
        refused("llc=3", "llc=3: pCPUs per node must be a multiple of the 3 pCPUs per cache");
    }

    @Test
    void pleIsSwitchedOffAndOnAgain() {
        assertThat(apply("ple_gap=0").host().ple().window()).isZero();
        Experiment off = IDENTITY.with(Setting.parse("cfs-6.1+no-ple"));
        assertThat(WhatIf.parse("ple_gap=128").apply(off).setting()).hasToString("cfs-6.1+p2021");
        Experiment other = WhatIf.parse("ple_window=3000").apply(off);
        assertThat(other.setting()).hasToString("cfs-6.1+p2021");
        assertThat(other.host().ple().window()).isEqualTo(3000);
        assertThat(WhatIf.parse("ple_gap=0").apply(off).setting()).isEqualTo(off.setting());
    }

    @Test
    void pinsNameVmsAndVcpus() {
        assertThat(pins("pin=vm0:0-1,3,vm1/vcpu2:2")).containsExactly("0-1,3", "0-1,3", "0-1,3", "0-3", "0-3", "2");
        assertThat(pins("pin=cyclic")).containsExactly("0", "1", "2", "0", "1", "2");
        assertThat(pins("pin=cyclic:2")).containsExactly("0", "1", "0", "0", "1", "0");
        assertThat(pins("pin=pools")).containsExactly("0-1", "0-1", "0-1", "2-3", "2-3", "2-3");
        assertThat(pins("pin=cyclic; pin=none")).containsOnly("0-3");
        refused("pin=vm2:0", "there is no VM 'vm2', nearest is 'vm0'; there are vm0, vm1");
        refused("pin=vm0/vcpu3:0", "there is no vCPU 'vm0/vcpu3'; there are vm0/vcpu0 to vm0/vcpu2");
        refused("pin=vm0:3-4", "pCPU 4 of vm0 lies beyond the machine's 0-3");
        refused("pin=cyclic:5", "the machine has 4 pCPUs, not 5");
        refused("pcpus=1; pin=pools", "pin=pools: 1 pCPUs cannot be divided among 2 VMs");
    }

    @Test
    void otherPcpusKeepPinsWhereTheyCan() {
        assertThat(pins("pcpus=8")).containsOnly("0-7");
        assertThat(pins("pin=vm0:2-3; pcpus=3")).containsExactly("2", "2", "2", "0-2", "0-2", "0-2");
        assertThat(pins("pin=vm0:2-3; pcpus=2")).containsOnly("0-1");
    }

    private static List<String> pins(String text) {
        Experiment changed = apply(text);
        return IntStream.range(0, 6)
                .mapToObj(changed.host()::allowedPcpus)
                .map(CpuSet::toString)
                .toList();
    }

    /** Six vCPUs on four pCPUs: one or two each. */
    @Test
    void threadsStartWhereTold() {
        assertThat(starts("start=vm0:1,vm1/vcpu2:3")).containsExactly(1, 1, 1, -1, -1, 3);
        assertThat(starts("start=vm0:1; start=fork")).containsOnly(-1);
        for (int pcpu = 0; pcpu < 4; pcpu++) {
            assertThat(Collections.frequency(starts("start=shuffled:1"), pcpu)).isBetween(1, 2);
        }
        assertThat(starts("start=shuffled:1")).isEqualTo(starts("start=shuffled:1"));
        assertThat(starts("start=shuffled:1")).isNotEqualTo(starts("start=shuffled:2"));
        assertThat(starts("pin=vm0:2; start=shuffled:1").subList(0, 3)).containsOnly(2);
        refused("pin=vm0:0-1; start=vm0:2", "start=vm0:2: pCPU 2 is not among those vm0 may use, 0-1");
    }

    private static List<Integer> starts(String text) {
        Experiment changed = apply(text);
        return IntStream.range(0, 6).mapToObj(changed.host()::startPcpu).toList();
    }

    @Test
    void groupsHaveWeightsAndLimits() {
        HostModel host =
                apply("cgroup=vm; cpu.weight=vm0:200; cpu.max=vm0:50000").host();
        assertThat(host.cgroup(0)).isEqualTo(new Cgroup(2048, 50_000_000, 100_000_000));
        assertThat(host.cgroup(1)).isEqualTo(Cgroup.DEFAULT);
        assertThat(apply("cpu.shares=vm1:512; cgroup=vm").host().cgroup(1).shares())
                .isEqualTo(512);
        refused("cpu.weight=vm0:200", "vm0 has a weight or limit, but without groups it has no effect");
    }

    @Test
    void aSchedulerTakesOnlyItsOwnFeaturesAndSlices() {
        assertThat(apply("features=NEXT_BUDDY,NO_LAST_BUDDY; min_granularity_ns=1ms")
                        .host()
                        .tuning()
                        .numbers())
                .containsEntry("min_granularity_ns", 1_000_000L);
        refused("features=RUN_TO_PARITY", "cfs-6.1 has no scheduler feature RUN_TO_PARITY, it has NEXT_BUDDY, ");
        refused("base_slice_ns=2ms", "cfs-6.1 has no base_slice_ns, it has latency_ns, ");
        // Another kernel boots with its own.
        assertThat(apply("features=NO_LAST_BUDDY; scheduler=eevdf-6.12; base_slice_ns=2ms")
                        .host()
                        .tuning()
                        .features())
                .isEmpty();
    }

    private static void refused(String text, String reason) {
        assertThatThrownBy(() -> apply(text))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
