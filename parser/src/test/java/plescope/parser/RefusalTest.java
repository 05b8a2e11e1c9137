package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.parser.diagnostic.CaretPrinter;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;

/** Inputs that are no trace are turned away with the command that would make one; packed traces are read. */
final class RefusalTest {
    private static final String ENTRY = Logs.PERF + "kvm:kvm_entry: vcpu 2\n";

    private static String print(byte[] input) {
        return CaretPrinter.print(Logs.refusal(input, ReadOptions.LENIENT).diagnostic());
    }

    private static String print(String input) {
        return print(input.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String said(String finding, String hint) {
        return "log.txt: error " + finding + "\n  hint: " + hint + "\n";
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    @SuppressWarnings("MustBeClosed") // nothing is opened
    void missingFileAndDirectory(@TempDir Path folder) {
        Path missing = folder.resolve("no.txt");
        TraceFormatException none =
                catchThrowableOfType(TraceFormatException.class, () -> TraceReader.open(missing, ReadOptions.LENIENT));
        assertThat(CaretPrinter.print(none.diagnostic()))
                .isEqualTo(missing + ": error PLE-002: there is no such file\n  hint: check the path\n");
        TraceFormatException directory =
                catchThrowableOfType(TraceFormatException.class, () -> TraceReader.open(folder, ReadOptions.LENIENT));
        assertThat(CaretPrinter.print(directory.diagnostic()))
                .isEqualTo(folder + ": error PLE-003: this is a directory\n  hint: name the log inside it\n");
    }

    @Test
    void binaryPerfDataNamesPerfScriptEvenWhenPacked() throws IOException {
        byte[] perfData = "PERFILE2\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        String command = "perf script -i %s --ns -F comm,pid,tid,cpu,time,event,trace";
        String finding = "PLE-004: this is a binary perf.data, not its text";
        assertThat(print(perfData)).isEqualTo(said(finding, String.format(command, "log.txt")));
        String unpack = "unpack it, then " + String.format(command, "FILE");
        assertThat(print(gzip(perfData))).isEqualTo(said(finding, unpack));
        assertThat(print(Zstd.compress(perfData))).isEqualTo(said(finding, unpack));
    }

    @Test
    void binaryTraceDatNamesTraceCmdReportEvenWhenPacked(@TempDir Path folder) throws IOException {
        byte[] traceDat = "\27\10\104tracing6\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(print(traceDat))
                .isEqualTo(
                        said("PLE-005: this is a binary trace.dat, not its text", "trace-cmd report -N -t -i log.txt"));
        Path packed = Files.write(folder.resolve("trace.dat.zst"), Zstd.compress(traceDat));
        assertThat(openRefusal(packed).hint())
                .isEqualTo("unpack it, then trace-cmd report -N -t -i " + folder.resolve("trace.dat"));
    }

    @SuppressWarnings("MustBeClosed") // nothing is opened
    private static Diagnostic openRefusal(Path file) {
        return catchThrowableOfType(TraceFormatException.class, () -> TraceReader.open(file, ReadOptions.LENIENT))
                .diagnostic();
    }

    @Test
    void otherBinariesAndOtherCompressions() {
        assertThat(print("\177ELF\2\1\1\0\0\0\0\0\0\0\0\0"))
                .isEqualTo(said(
                        "PLE-001: this is a binary file, not a text log",
                        "give a text log of perf script, trace-cmd report or ftrace"));
        for (String magic : new String[] {"PK\3\4", "7z\274\257\47\34", "\37\235\220"}) {
            assertThat(print(magic.getBytes(StandardCharsets.ISO_8859_1)))
                    .isEqualTo(said(
                            "PLE-011: this compression or archive is not supported",
                            "unpack it and pipe the text in, or use gzip, zstd, xz, bzip2 or lz4"));
        }
    }

    @Test
    void emptyInput() {
        assertThat(print(""))
                .isEqualTo(
                        said(
                                "PLE-006: the input is empty",
                                "record again: perf record -a -e 'kvm:*' -e 'sched:*', then perf script --ns -F comm,pid,tid,cpu,time,event,trace"));
    }

    @Test
    void tableOfPerfKvmStat() {
        String columns =
                "             VM-EXIT    Samples  Samples%     Time%    Min Time    Max Time         Avg time ";
        assertThat(print("Analyze events for all VMs, all VCPUs:\n" + columns + "\n"))
                .isEqualTo(
                        said(
                                "PLE-007: this is a table of perf kvm stat, not a trace",
                                "give the events it was made from: perf script -i perf.data --ns -F comm,pid,tid,cpu,time,event,trace"));
    }

    @Test
    void outputOfOtherCommandsIsNamed() {
        assertThat(refusals(
                        "0x13c8@/tmp/p.data [0x7d0]: event: 69",
                        ".  0000:  45 00 00 00 00 00 d0 07  E.......",
                        "     0.000 migration/0/18 sched:sched_switch(prev_comm: \"migration/0\", prev_pid: 18)",
                        "     0.136 ( 0.002 ms): cat/12 read(fd: 3) = 0",
                        "  78.98%  reason EXTERNAL_INTERRUPT rip 0x9c40d4 info 0 0",
                        "  Task                  |   Runtime ms  | Switches |",
                        "           time    cpu  task name                       wait time",
                        "25886 1 1079329918195 type: 363",
                        "0000659b 00000001 000000fb847d3d4d type: 354",
                        "15268@1647341556.924605:kvm_run_exit cpu_index 0, reason 2",
                        " Performance counter stats for 'system wide':",
                        "Attaching 2 probes...",
                        "@exits[PAUSE_INSTRUCTION]: 2292",
                        "     usecs               : count     distribution",
                        "1234  1716000000.123456 ioctl(17, KVM_RUN, 0) = 0 <0.001234>",
                        "\t\"headers\": {",
                        "Kernel buffer statistics:",
                        "usage:",
                        "libtraceevent: No such file or directory",
                        "  [kvm:kvm_inj_exception] bad op token }",
                        "java 19983 cycles:",
                        "     pv_test-53132: kvm_hypercall: nr 0x0 a0 0x0 a1 0x0 a2 0x0 a3 0x0",
                        "     pv_test-53132 [001] kvm_pio: pio_read at 0xe9 size 1 count 1 val 0x31",
                        "         swapper     0 [000]     0.000000: PERF_RECORD_FORK(2:2):(0:0)"))
                .containsExactly(
                        "this is the hexadecimal dump of perf script -D",
                        "this is the hexadecimal dump of perf script -D",
                        "this is the output of perf trace, whose states and times are not those of the kernel",
                        "this is the output of perf trace, whose states and times are not those of the kernel",
                        "this is a table of shares by perf top or perf report, not a trace",
                        "this is a table of perf sched, not a trace",
                        "this is a table of perf sched, not a trace",
                        "these are bare records of ftrace's raw or hex option",
                        "these are bare records of ftrace's raw or hex option",
                        "this is a log of QEMU's own trace points, not of the kernel's",
                        "these are sums by perf stat, not a trace",
                        "this is a summary by a BPF program, not a trace",
                        "this is a summary by a BPF program, not a trace",
                        "this is a summary by a BPF program, not a trace",
                        "these are system calls by strace, not the kernel's trace points",
                        "this is JSON, not a text log",
                        "these are buffer statistics of trace-cmd, not a trace",
                        "this is a command's usage text: the command that should have made the log failed",
                        "these are messages of perf, not its output",
                        "these are messages of perf, not its output",
                        "the events have no time",
                        "the events have no time",
                        "the events have no time",
                        "these are records of threads and mappings only, not one tracepoint is among them");
    }

    /** What is said about a log of this line and some prose. */
    private static List<String> refusals(String... lines) {
        return Arrays.stream(lines)
                .map(line -> Logs.refusal("Dear list,\n" + line + "\n").diagnostic())
                .peek(found -> assertThat(found.code()).isEqualTo(DiagnosticCode.OTHER_OUTPUT))
                .peek(found -> assertThat(found.hint()).isNotEmpty())
                .map(Diagnostic::message)
                .toList();
    }

    @Test
    void eventsWithoutPrefixOrNameSayWhatIsMissing() {
        assertThat(print("kvm_entry: vcpu 2\n"))
                .isEqualTo(said(
                        "PLE-009: not one of 1 lines is an event; the first of them that should be, line 1: expected comm,"
                                + " pid, [cpu] and time before the event, found none",
                        DiagnosticCode.DAMAGED_PREFIX.remedy()));
        assertThat(print("             cc1 14164 [001]   759.599689: vector=253\n"))
                .isEqualTo(said(
                        "PLE-009: not one of 1 lines is an event; the first of them that should be, line 1: expected an"
                                + " event name behind the time",
                        DiagnosticCode.NO_EVENT_NAME.remedy()));
    }

    @Test
    void severalRecordingsInOneFileAreToldApartByTheirClocks() {
        String first = ENTRY.repeat(15) + ENTRY.replace("3.299988", "3.999988").repeat(15);
        String second = ENTRY.replace("3.299988", "1.299988").repeat(10);
        assertThat(print(first + second))
                .isEqualTo(said(
                        "PLE-013: 10 of 40 events are older than others before them, from line 31 on:"
                                + " another recording begins there, or another clock",
                        "give each by itself: head -n 30 log.txt, and tail -n +31 log.txt"));
    }

    @Test
    void textWithoutOneEvent() {
        assertThat(print("Dear list,\nmy guest is slow.\n"))
                .isEqualTo(said(
                        "PLE-009: not one of 2 lines is an event",
                        "give a text log of perf script, trace-cmd report or ftrace"));
    }

    @Test
    void clockThatCountsTicks() {
        assertThat(print("       CPU 2/KVM-2679    [006] d..2.          849: kvm_entry: vcpu 2\n"))
                .isEqualTo("""
                        log.txt:1: error PLE-010: the clock counts ticks of unknown length, not seconds
                           1 |        CPU 2/KVM-2679    [006] d..2.          849: kvm_entry: vcpu 2
                          hint: give its ticks per second with --clock-hz (x86-tsc: the TSC's, uptime: CONFIG_HZ), or record with -C mono
                        """);
    }

    @Test
    void tooManyDamagedLines() {
        // 2 of 101 lines are 1.98 %, more than 1 %
        String bad = Logs.PERF + "kvm:kvm_entry: vcpu x\n";
        assertThat(print(ENTRY.repeat(99) + bad + bad))
                .isEqualTo(said(
                        "PLE-012: 2 of 101 lines are damaged or lost, more than the allowed 1 %;"
                                + " the first, in line 100: kvm_entry: expected the vCPU number, found 'x'",
                        "raise --max-loss if the rest is worth reading"));
        assertThat(Logs.read((ENTRY.repeat(99) + bad).getBytes(StandardCharsets.ISO_8859_1), ReadOptions.LENIENT)
                        .events())
                .hasSize(99);
    }

    @Test
    void timeDifferencesInsteadOfTimes() {
        String later = ENTRY.replace("3.299988", "3.299990");
        // forth and back: 20 of 40 events are older than the line before
        assertThat(print((later + ENTRY).repeat(20)))
                .isEqualTo(said(
                        "PLE-013: 20 of 40 events are older than the line before them",
                        "perf script without --deltatime; several recordings one by one"));
    }

    @Test
    void filesAreRead(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("log.txt"), ENTRY);
        int[] events = {0};
        try (TraceReader reader = TraceReader.open(log, ReadOptions.LENIENT)) {
            assertThat(reader.read(event -> events[0]++).source()).isEqualTo(log.toString());
        }
        assertThat(events[0]).isEqualTo(2); // the thread's name and the entry
    }
}
