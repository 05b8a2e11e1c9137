package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.Workloads;
import plescope.replay.model.HostModel;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;
import plescope.replay.workload.WorkloadLock.Discipline;

class VmChangeTest {
    private static final long SPAN = 1_000_000;

    /**
     * Two VMs of two vCPUs whose dense indices alternate: vm0 has 0 and 2, vm1 has 1 and 3. Each vCPU takes a lock, waits for its
     * sibling's work and interrupts it.
     */
    private static Experiment interleaved() {
        List<Roster.Vm> vms = List.of(
                new Roster.Vm(0, "vm0", 10, Roster.Grouping.TGID), new Roster.Vm(1, "web", 20, Roster.Grouping.TGID));
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        List<VcpuWork> work = new ArrayList<>();
        for (int v = 0; v < 4; v++) {
            vcpus.add(new Roster.Vcpu(v, v % 2, v / 2, 100 + v, "CPU " + v / 2 + "/KVM"));
            int sibling = (v + 2) % 4;
            work.add(new VcpuWork.Builder()
                    .add(StepKind.ACQUIRE, 0, v % 2)
                    .compute(10 + v)
                    .add(StepKind.RELEASE, 0, v % 2)
                    .add(StepKind.SEND_IPI, 0, v)
                    .add(StepKind.SPIN_UNTIL_ACKED, 1, v)
                    .add(StepKind.SPIN_UNTIL_WORK, 5, sibling)
                    .add(StepKind.HOST, 700, 3)
                    .build());
        }
        List<WorkloadLock> locks =
                List.of(new WorkloadLock(0, "a", Discipline.FIFO), new WorkloadLock(1, "b", Discipline.BARGING));
        Roster roster = new Roster(vms, vcpus, List.of(new Roster.HostThread(900, 900, "vhost")), 2);
        Workload workload = new Workload(roster, work, locks, new int[] {2, 3, 0, 1}, SPAN);
        HostModel host = Workloads.host(2).startingOn(List.of(0, 1, 1, 0));
        return new Experiment(workload, host, Setting.parse("cfs-6.1+p2019"));
    }

    private static List<String> steps(Workload work, int vcpu) {
        VcpuWork steps = work.work(vcpu);
        return IntStream.range(0, steps.size())
                .mapToObj(s -> steps.kind(s) + " " + steps.ns(s) + " " + steps.ref(s))
                .toList();
    }

    @Test
    void aVmRemovedTakesItsLocksAndIpisAlong() {
        Experiment left = WhatIf.parse("remove=vm0").apply(interleaved());
        Workload work = left.work();
        assertThat(work.roster().vms()).containsExactly(new Roster.Vm(0, "web", 20, Roster.Grouping.TGID));
        assertThat(work.roster().vcpus())
                .containsExactly(
                        new Roster.Vcpu(0, 0, 0, 101, "CPU 0/KVM"), new Roster.Vcpu(1, 0, 1, 103, "CPU 1/KVM"));
        assertThat(work.locks()).containsExactly(new WorkloadLock(0, "b", Discipline.BARGING));
        // IPI 1 went from vCPU 1 to vCPU 3, IPI 3 back; they are 0 and 1 now, and so are the vCPUs.
        assertThat(work.ipiCount()).isEqualTo(2);
        assertThat(work.ipiReceiver(0)).isEqualTo(1);
        assertThat(work.ipiReceiver(1)).isZero();
        assertThat(steps(work, 1))
                .containsExactly(
                        "ACQUIRE 0 0",
                        "COMPUTE 13 -1",
                        "RELEASE 0 0",
                        "SEND_IPI 0 1",
                        "SPIN_UNTIL_ACKED 1 1",
                        "SPIN_UNTIL_WORK 5 0",
                        "HOST 700 3");
        assertThat(left.host().home()).containsExactly(1, 0);
    }

    @Test
    void aCopyHasThingsOfItsOwn() {
        Experiment more = WhatIf.parse("add=copy of web").apply(interleaved());
        Workload work = more.work();
        assertThat(work.roster().vms().stream().map(Roster.Vm::name)).containsExactly("vm0", "web", "vm2");
        // The highest thread id was the vhost thread's, 900.
        assertThat(work.roster().vcpus().subList(4, 6))
                .containsExactly(
                        new Roster.Vcpu(4, 2, 0, 901, "CPU 0/KVM"), new Roster.Vcpu(5, 2, 1, 902, "CPU 1/KVM"));
        assertThat(work.locks().get(2)).isEqualTo(new WorkloadLock(2, "b", Discipline.BARGING));
        for (int v = 0; v < 4; v++) {
            assertThat(steps(work, v)).isEqualTo(steps(interleaved().work(), v));
        }
        assertThat(steps(work, 5))
                .containsExactly(
                        "ACQUIRE 0 2",
                        "COMPUTE 13 -1",
                        "RELEASE 0 2",
                        "SEND_IPI 0 5",
                        "SPIN_UNTIL_ACKED 1 5",
                        "SPIN_UNTIL_WORK 5 4",
                        "HOST 700 3");
        assertThat(work.ipiReceiver(5)).isEqualTo(4);
        assertThat(more.host().home()).containsExactly(0, 1, 1, 0, -1, -1);
    }

    @Test
    void addedVmsGetNamesNobodyHas() {
        Experiment more = WhatIf.parse("add=copy of vm0; add=burner:1; remove=vm0; add=burner:2")
                .apply(interleaved());
        assertThat(more.work().roster().vms().stream().map(Roster.Vm::name))
                .containsExactly("web", "vm2", "vm3", "vm4");
        assertThat(more.work().vcpuCount()).isEqualTo(2 + 2 + 1 + 2);
        assertThat(more.work().roster().vcpus().stream().map(Roster.Vcpu::tid).distinct())
                .hasSize(7);
    }

    @Test
    void theLastVmStays() {
        assertThatThrownBy(() -> WhatIf.parse("remove=vm0; remove=web").apply(interleaved()))
                .hasMessage("remove=web: web is the only VM");
        assertThatThrownBy(() -> WhatIf.parse("add=copy of wob").apply(interleaved()))
                .hasMessageContaining("there is no VM 'wob', nearest is 'web'");
    }
}
