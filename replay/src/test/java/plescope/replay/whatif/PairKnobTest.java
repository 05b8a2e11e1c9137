package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.calibration.YieldTally;
import plescope.replay.engine.Workloads;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Origin;
import plescope.replay.model.Topology;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.workload.Workload;

class PairKnobTest {
    private static final PleHardware MEASURED = new PleHardware(3000, 2, 0, 0xffff, 21_700);
    private static final PleHardware UNSEEN = new PleHardware(3000, 2, 0, 0xffff, 1_000);

    /** Two VMs of two vCPUs on two pCPUs. */
    private static Recording recording(String setting, boolean assumed, PleHardware ple, CpuSet... pins) {
        Workload work = Workloads.computing(2, 2, 1_000, 1_000_000);
        HostModel host = Workloads.host(2).withPle(ple).on(Topology.flat(2), List.of(pins));
        RecordedSetting recorded = new RecordedSetting(setting, Origin.INFERRED, assumed, "made up");
        return new Recording(
                "log",
                work.roster(),
                member -> work,
                new RecordedHost(host, recorded, new YieldTally()),
                null,
                SpinEvidence.PLE_EXITS);
    }

    private static Recording ple() {
        return recording("cfs-6.1+p2019", false, MEASURED);
    }

    private static Recording pleOff(boolean assumed) {
        return recording(assumed ? "eevdf-6.12.y+no-ple" : "cfs-6.1+no-ple", assumed, UNSEEN);
    }

    @Test
    void knobsOfRecordedPairsAreUnderstood() {
        told("ple_window", "on -> off", "ple_gap=128", "ple_gap=0");
        told("ple_window", "on -> off (null pair: no overcommit)", "ple_gap=128", "ple_gap=0");
        told("ple_window", "3000 -> 6000", "ple_window=3000", "ple_window=6000");
        told("placement", "pooled -> vCPU i on CPU i%2", "pin=none", "pin=cyclic:2");
        told("placement", "vCPU i on CPU i%4 -> pooled", "pin=cyclic:4", "pin=none");
        told(
                "sched features",
                "NO_NEXT_BUDDY NO_WAKEUP_PREEMPTION -> NEXT_BUDDY WAKEUP_PREEMPTION",
                "features=NO_NEXT_BUDDY,NO_WAKEUP_PREEMPTION",
                "features=NEXT_BUDDY,WAKEUP_PREEMPTION");
        told("kernel", "6.1 CFS -> 6.12 EEVDF", "", "");
        told("halt_poll_ns", "200000 -> 0", "halt_poll_ns=200000", "halt_poll_ns=0");
    }

    private static void told(String knob, String change, String first, String second) {
        PairKnob pair = PairKnob.parse(knob, change);
        assertThat(new WhatIf(pair.first().told())).hasToString(first);
        assertThat(new WhatIf(pair.second().told())).hasToString(second);
    }

    @Test
    void whatNoChangeStandsForIsRefusedWithItsText() {
        for (String[] knob : new String[][] {
            {"guest kernel", "6.1 -> 6.12"},
            {"placement", "pooled -> somewhere"},
            {"sched features", "NO_HRTICK -> HRTICK"},
            {"ple_window", "on"},
            {"kernel", "6.1 CFS -> BSD"},
            {"hz", "250 -> fast"}
        }) {
            assertThatThrownBy(() -> PairKnob.parse(knob[0], knob[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("knob '" + knob[0] + "'")
                    .hasMessageContaining(knob[1]);
        }
    }

    /** The other log shows how long a unit of the window takes, which one without PLE exits cannot. */
    @Test
    void pleOffToOnTakesWindowAndUnitFromTheOtherLog() {
        PairKnob knob = PairKnob.parse("ple_window", "on -> off");
        assertThat(knob.question(ple(), pleOff(false))).hasToString("cfs-6.1+no-ple; ple_gap=0");
        assertThat(knob.reversed().question(pleOff(false), ple()))
                .hasToString("cfs-6.1+p2019; ple_unit_ps=21700; ple_gap=128");
        Experiment back = knob.reversed().question(pleOff(false), ple()).apply(identity(pleOff(false)));
        assertThat(back.setting()).hasToString("cfs-6.1+p2019");
        assertThat(back.host().ple()).isEqualTo(MEASURED);
    }

    @Test
    void aLogThatTellsNoKernelHasThatOfItsTwin() {
        PairKnob knob = PairKnob.parse("ple_window", "on -> off");
        assertThat(knob.reversed().identity(pleOff(true), ple())).hasToString("cfs-6.1+no-ple; ple_gap=0");
        assertThat(knob.question(ple(), pleOff(true))).hasToString("cfs-6.1+no-ple; ple_gap=0");
        assertThat(knob.identity(ple(), pleOff(true))).hasToString("ple_gap=128");
        PairKnob kernel = PairKnob.parse("kernel", "6.1 CFS -> 6.12 EEVDF");
        assertThat(kernel.identity(pleOff(true), ple())).hasToString("cfs-6.1+no-ple");
    }

    @Test
    void pinsAreToldApartByName() {
        Recording pinned = recording("cfs-6.1+p2019", false, MEASURED, pins(0, 1, 0, 1));
        assertThat(new WhatIf(Change.between(ple(), pinned)))
                .hasToString("pin=vm0/vcpu0:0,vm0/vcpu1:1,vm1/vcpu0:0,vm1/vcpu1:1");
        assertThat(new WhatIf(Change.between(pinned, ple()))).hasToString("pin=none");
        assertThat(Change.between(pinned, pinned)).isEmpty();
        Recording half = recording("cfs-6.1+p2019", false, MEASURED, pins(0, 1));
        assertThat(new WhatIf(Change.between(pinned, half))).hasToString("pin=vm1/vcpu0:0-1,vm1/vcpu1:0-1");
    }

    @Test
    void anotherKernelIsAnotherSetting() {
        Recording later = recording("eevdf-6.12.y+p2021", false, MEASURED);
        assertThat(new WhatIf(Change.between(ple(), later))).hasToString("eevdf-6.12.y+p2021");
        Recording assumed = recording("eevdf-6.12.y+p2021", true, MEASURED);
        assertThat(Change.between(ple(), assumed)).as("only assumed").isEmpty();
    }

    private static CpuSet[] pins(int... pcpus) {
        List<CpuSet> pins = new ArrayList<>();
        for (int pcpu : pcpus) {
            pins.add(CpuSet.of(pcpu));
        }
        return pins.toArray(CpuSet[]::new);
    }

    private static Experiment identity(Recording recording) {
        return new Experiment(recording.work().draw(0), recording.host().model(), HostDifference.setting(recording));
    }
}
