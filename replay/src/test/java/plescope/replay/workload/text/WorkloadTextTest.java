package plescope.replay.workload.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import plescope.replay.model.HostModel;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;

final class WorkloadTextTest {
    private static final String SMALL = """
            plescope-workload 1
            # one VM, two vCPUs
            setting recorded cfs-6.1+p2019
            span 1000000
            host pcpus 1
            vm vm0 950 tgid shop
            vcpu vm0/vcpu0 951 CPU 0/KVM
            vcpu vm0/vcpu1 952 CPU 1/KVM
            lock L0 vm0 fifo dcache lock
            work vm0/vcpu0
              compute 1000
              acquire L0
              compute 200
              release L0
              send 0 -> vm0/vcpu1
              await 0
            work vm0/vcpu1
              halt ipi 0
              exit msr 2100
              spin until vm0/vcpu0 1100
              spin 5000
              halt until 900000
              halt until never
            """;

    private static List<String> written(WorkloadFile file) {
        List<String> lines = new ArrayList<>();
        WorkloadWriter.write(file, lines::add);
        return lines;
    }

    private static WorkloadFile read(Iterable<String> lines) {
        Iterator<String> next = lines.iterator();
        return WorkloadReader.read("work.plescope", () -> next.hasNext() ? next.next() : null);
    }

    private static WorkloadFile read(String text) {
        return read(text.lines().toList());
    }

    @Test
    void whatIsWrittenIsReadAgainToTheLastField() {
        for (long seed = 0; seed < 300; seed++) {
            WorkloadFile file = new RandomWorkloads(seed).file();
            List<String> lines = written(file);
            assertThat(lines).as("seed " + seed).allMatch(line -> line.lines().count() <= 1);
            WorkloadFile again = read(lines);
            assertThat(again.provenance()).as("seed " + seed).isEqualTo(file.provenance());
            assertThat(again.host()).as("seed " + seed).isEqualTo(file.host());
            assertThat(again.measured()).as("seed " + seed).isEqualTo(file.measured());
            assertThat(again.bursts()).as("seed " + seed).containsExactlyElementsOf(file.bursts());
            SameWork.assertSame(again.work(), file.work());
            assertThat(written(again)).as("seed " + seed).isEqualTo(lines);
        }
    }

    @Test
    void aFileWrittenByHandMeansWhatItSays() {
        WorkloadFile file = read(SMALL);
        VcpuWork first = file.work().work(0);
        assertThat(List.of(first.kind(0), first.kind(1), first.kind(2), first.kind(3), first.kind(4), first.kind(5)))
                .containsExactly(
                        StepKind.COMPUTE,
                        StepKind.ACQUIRE,
                        StepKind.COMPUTE,
                        StepKind.RELEASE,
                        StepKind.SEND_IPI,
                        StepKind.SPIN_UNTIL_ACKED);
        // 1000 before the lock and 200 with it.
        assertThat(first.totalWorkNs()).isEqualTo(1200);
        VcpuWork second = file.work().work(1);
        assertThat(second.kind(2)).isEqualTo(StepKind.SPIN_UNTIL_WORK);
        assertThat(second.ref(2)).isZero();
        assertThat(second.ns(2)).isEqualTo(1100);
        assertThat(second.ns(5)).isEqualTo(Long.MAX_VALUE);
        assertThat(file.work().ipiReceiver(0)).isEqualTo(1);
        assertThat(file.work().locks().get(0).name()).isEqualTo("dcache lock");
        assertThat(file.host().costs()).isEqualTo(HostModel.HostCosts.DEFAULT);
        assertThat(file.work().roster().label(1)).isEqualTo("shop/vcpu1");
    }

    @Test
    void blanksCommentsAndForeignLineEndsChangeNothing() {
        String edited = SMALL.replace("\n", "\r\n\r\n\t# remark\r\n").replace("  compute", "\tcompute");
        assertThat(written(read(List.of(edited.split("\n", -1))))).isEqualTo(written(read(SMALL)));
    }

    /**
     * One fault put into {@link #SMALL}.
     *
     * @param at line and column where it is reported
     * @param says part of the message
     */
    private record Fault(String original, String damage, String at, String says) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault("compute 200", "compute 2oo", "13:11", "whole number"),
            new Fault("compute 200", "compute -2", "13:11", "negative"),
            new Fault("compute 200", "compute 200 ns", "13:15", "end of the line"),
            new Fault("compute 200", "compute", "13:10", "end of the line"),
            new Fault("compute 200", "compote 200", "13:3", "no step"),
            new Fault("acquire L0", "acquire L1", "12:11", "no lock L1"),
            new Fault("await 0", "await 3..1", "16:9", "backwards"),
            new Fault("await 0", "await 0..1", "16:9", "nobody sends IPI 1"),
            new Fault("send 0 ->", "send 7 ->", "16:9", "nobody sends IPI 0"),
            new Fault("-> vm0/vcpu1", "-> vm0/vcpu2", "15:13", "no vCPU vm0/vcpu2"),
            new Fault("exit msr", "exit mrs", "19:8", "no family"),
            new Fault("until 900000", "until noon", "22:14", "a time"),
            new Fault("fifo", "lifo", "9:13", "no discipline"),
            new Fault("lock L0", "lock L1", "9:6", "next lock is L0"),
            new Fault("vm vm0", "vm vm1", "6:4", "next VM is vm0"),
            new Fault("vcpu vm0/vcpu1", "vcpu vm0/vcpu0", "8:6", "there already"),
            new Fault("workload 1", "workload 2", "1:19", "version 2"),
            new Fault("plescope-workload 1", "perf script", "1:1", "no workload file"),
            new Fault("host pcpus", "host pcups", "5:6", "number of pCPUs"),
            new Fault("span 1000000\n", "", "0:0", "span"),
            new Fault("setting recorded cfs-6.1+p2019\n", "", "0:0", "setting"));

    @Test
    void everyFaultIsReportedWhereItIs() {
        for (Fault planted : FAULTS) {
            String text = SMALL.replaceFirst(Pattern.quote(planted.original()), planted.damage());
            assertThat(text).as(planted.original()).isNotEqualTo(SMALL);
            WorkloadFormatException fault = catchThrowableOfType(WorkloadFormatException.class, () -> read(text));
            assertThat(fault).as(planted.damage()).isNotNull();
            assertThat(fault.line() + ":" + fault.column()).as(planted.damage()).isEqualTo(planted.at());
            assertThat(fault).as(planted.damage()).hasMessageContaining(planted.says());
        }
    }

    @Test
    void aFaultIsShownWithItsLineACaretAndAHint() {
        assertThatThrownBy(() -> read(SMALL.replace("acquire L0", "acquire L1")))
                .isInstanceOfSatisfying(WorkloadFormatException.class, fault -> assertThat(fault.rendered())
                        .isEqualTo("""
                                        work.plescope:12:11: error: there is no lock L1
                                          12 |   acquire L1
                                             |           ^
                                          hint: locks have their lines before the first work: lock L0 vm0 fifo NAME
                                        """));
    }

    @Test
    void anUnknownFactOfTheHostIsRefused() {
        assertThatThrownBy(() -> HostText.host(Map.of("pcpus", "2", "exit_us", "7")))
                .hasMessageContaining("exit_us");
    }
}
