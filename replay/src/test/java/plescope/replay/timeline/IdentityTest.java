package plescope.replay.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.testing.TraceBuilder.PAUSE;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.Roster;
import plescope.replay.model.Roster.Grouping;
import plescope.replay.testing.RecordingTimelineSink;
import plescope.replay.testing.TraceBuilder;

/** Which thread is which vCPU of which VM, by sources in the order of their trust. */
final class IdentityTest {
    private static final long LOOP = 0xffffffff81000090L;

    private final TraceBuilder trace = new TraceBuilder();
    private long clock;

    /** Threads that enter their guests once; each is {@code {tid, vCPU number}}. */
    private void vcpus(int[]... threads) {
        for (int[] thread : threads) {
            trace.on(0, thread[0], thread[1]).entry(clock += 10, LOOP).exit(clock += 4, PAUSE, LOOP);
        }
    }

    private TimelineSummary build(ThreadMap threads) {
        TimelineBuilder builder = new TimelineBuilder(threads, new RecordingTimelineSink());
        trace.events().forEach(builder::accept);
        return builder.finish();
    }

    private static List<String> labels(Roster roster) {
        return roster.vcpus().stream()
                .map(vcpu -> vcpu.tid() + "=" + roster.label(vcpu.index()))
                .sorted()
                .toList();
    }

    private static Roster.HostThread listed(int tid, int tgid, String comm) {
        return new Roster.HostThread(tid, tgid, comm);
    }

    /** Ranks would take 100 and 101 for VM 0; the list says that each process has one of them. */
    @Test
    void aListOfThreadsTellsProcesses() {
        vcpus(new int[] {100, 0}, new int[] {101, 0}, new int[] {102, 1}, new int[] {103, 1});
        ThreadMap list = new ThreadMap(
                List.of(),
                List.of(
                        listed(100, 90, "CPU 0/KVM"),
                        listed(101, 95, "CPU 0/KVM"),
                        listed(102, 95, "CPU 1/KVM"),
                        listed(103, 90, "CPU 1/KVM")));

        Roster roster = build(list).roster();

        assertThat(labels(roster)).containsExactly("100=vm0/vcpu0", "101=vm1/vcpu0", "102=vm1/vcpu1", "103=vm0/vcpu1");
        assertThat(roster.vms()).extracting(Roster.Vm::tgid).containsExactly(90, 95);
        assertThat(roster.vms()).allMatch(vm -> vm.grouping() == Grouping.TGID);
    }

    @Test
    void theLogsOwnProcessesOutrankTheList() {
        trace.on(0, 100, 0).named(0, 100, 7, "CPU 0/KVM").named(0, 101, 7, "CPU 1/KVM");
        vcpus(new int[] {100, 0}, new int[] {101, 1});
        ThreadMap list = new ThreadMap(List.of(), List.of(listed(100, 8, "a"), listed(101, 9, "b")));
        assertThat(build(list).roster().vms()).extracting(Roster.Vm::tgid).containsExactly(7);
    }

    @Test
    void aMapOfVcpusOutranksProcesses() {
        trace.on(0, 100, 0).named(0, 100, 7, "CPU 0/KVM").named(0, 101, 7, "CPU 1/KVM");
        vcpus(new int[] {100, 0}, new int[] {101, 1});
        ThreadMap map =
                new ThreadMap(List.of(new ThreadMap.Entry(100, 7, "web", 3), new ThreadMap.Entry(101, 7, "db", 4)));
        assertThat(labels(build(map).roster())).containsExactly("100=web/vcpu3", "101=db/vcpu4");
    }

    /** VMs of unlike size, where numbers and neighbourhood say little: 95's vCPU 2 was plugged in late. */
    @Test
    void kernelThreadsNameTheProcessesTheyServe() {
        trace.on(0, 50, 0).named(0, 50, -1, "kvm-pit/90").named(0, 51, -1, "vhost-200");
        vcpus(new int[] {100, 0}, new int[] {101, 1}, new int[] {190, 2}, new int[] {201, 0}, new int[] {202, 1});

        TimelineSummary summary = build(ThreadMap.EMPTY);

        assertThat(labels(summary.roster()))
                .containsExactly("100=vm0/vcpu0", "101=vm0/vcpu1", "190=vm0/vcpu2", "201=vm1/vcpu0", "202=vm1/vcpu1");
        assertThat(summary.roster().vms()).extracting(Roster.Vm::tgid).containsExactly(90, 200);
        // told by names alone it stays a guess
        assertThat(summary.roster().vms()).allMatch(vm -> vm.grouping() == Grouping.INFERRED);
        assertThat(summary.guess()).startsWith("kvm-pit/PID or vhost-PID");
    }

    /** Only one of two VMs has a vhost thread: the number 0 twice under it shows that it does not explain all. */
    @Test
    void kernelThreadsThatDoNotExplainAllAreNotBelieved() {
        trace.on(0, 50, 0).named(0, 50, -1, "vhost-90");
        vcpus(new int[] {100, 0}, new int[] {101, 1}, new int[] {201, 0}, new int[] {202, 1});
        TimelineSummary summary = build(ThreadMap.EMPTY);
        assertThat(labels(summary.roster()))
                .containsExactly("100=vm0/vcpu0", "101=vm0/vcpu1", "201=vm1/vcpu0", "202=vm1/vcpu1");
        assertThat(summary.roster().vms()).extracting(Roster.Vm::tgid).containsExactly(-1, -1);
        assertThat(summary.guess()).startsWith("every vCPU number occurs once per VM");
    }

    /** The VM ends and starts again under new ids; equal names do not make it one. */
    @Test
    void aRestartedVmIsAnotherVm() {
        trace.on(0, 100, 0).named(0, 100, 90, "CPU 0/KVM").named(0, 300, 290, "CPU 0/KVM");
        vcpus(new int[] {100, 0}, new int[] {300, 0});
        assertThat(labels(build(ThreadMap.EMPTY).roster())).containsExactly("100=vm0/vcpu0", "300=vm1/vcpu0");
    }

    @Test
    void aVcpuPluggedInLaterBelongsToItsProcess() {
        for (int[] thread : new int[][] {{100, 90}, {101, 90}, {200, 190}, {201, 190}, {900, 90}}) {
            trace.on(0, thread[0], 0).named(0, thread[0], thread[1], "CPU 0/KVM");
        }
        vcpus(new int[] {100, 0}, new int[] {101, 1}, new int[] {200, 0}, new int[] {201, 1}, new int[] {900, 2});
        assertThat(labels(build(ThreadMap.EMPTY).roster())).contains("900=vm0/vcpu2");
    }

    @Test
    void aThreadIdThatComesBackAsAnotherProcessIsTold() {
        trace.on(0, 100, 0).named(0, 100, 90, "CPU 0/KVM");
        vcpus(new int[] {100, 0});
        trace.named(clock, 100, 90, "worker"); // a new name alone is no new thread
        trace.named(clock, 100, 95, "CPU 0/KVM");
        assertThat(build(ThreadMap.EMPTY).reusedTids()).isEqualTo(1);
    }

    /** QEMU without debug-threads names all threads alike; without kvm_entry nothing numbers them. */
    @Test
    void vcpusThatNothingNumbersAreCounted() {
        trace.on(0, 100, -1).named(0, 100, -1, "qemu-system-x86").exit(10, PAUSE, LOOP);
        assertThat(build(ThreadMap.EMPTY).unnumbered()).isEqualTo(1);
        trace.on(0, 101, -1).named(20, 101, -1, "CPU 1/KVM").exit(20, PAUSE, LOOP);
        assertThat(build(ThreadMap.EMPTY).unnumbered()).isEqualTo(1);
    }

    @Test
    void threadsOfVmmsAndOfTheKernelAreToldFromVcpus() {
        assertThat(List.of("CPU 3/KVM", "fc_vcpu 3", "kvm-vcpu-3", "vcpu3", "crosvm_vcpu3", "db_vcpu3"))
                .allMatch(comm -> ThreadNames.vcpuNumber(comm) == 3);
        assertThat(List.of(
                        "vhost-13376",
                        "kvm-pit/13376",
                        "kvm-nx-lpage-re",
                        "IO mon_iothread",
                        "worker",
                        "SPICE Worker",
                        "call_rcu",
                        "qemu-system-x86",
                        "vcpu",
                        "vcpu-x"))
                .allMatch(comm -> ThreadNames.vcpuNumber(comm) == -1);
    }
}
