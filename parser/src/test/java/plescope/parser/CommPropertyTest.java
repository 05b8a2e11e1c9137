package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedStat;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TaskState;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;

/**
 * A comm of 0 to 15 arbitrary bytes survives every producer's prefix and the scheduler's payloads. A line cannot hold NUL,
 * which ends a comm, nor a newline; leading blanks are the column's own padding.
 */
final class CommPropertyTest {
    private static final int COMMS = 500;

    /** Pieces of the formats themselves, which a comm may well contain. */
    private static final String[] HOSTILE = {
        " ==> ",
        " pid=1",
        "-7 [001]",
        " 3.2: ",
        "] 1.5:",
        ":9 [120]",
        "kvm_exit:",
        "comm=",
        "/5 ",
        "(12)",
        "d..2.",
        ": ",
        "<...>",
        "VM:1",
        " cpu=0",
        " prio=1",
        " pid=1 delay=1",
        "\t",
        "#",
        "CPU:1 [",
        "0x1",
        "..."
    };

    /** Each of the pieces by itself, then anything. */
    private static byte[] comm(SplittableRandom random, int i) {
        if (i < HOSTILE.length) {
            return HOSTILE[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        StringBuilder comm = new StringBuilder();
        int length = random.nextInt(16);
        while (comm.length() < length) {
            if (random.nextInt(3) == 0) {
                comm.append(HOSTILE[random.nextInt(HOSTILE.length)]);
            } else {
                char c = (char) (random.nextInt(255) + 1);
                comm.append(c == '\n' ? 'x' : c);
            }
        }
        comm.setLength(length);
        return comm.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String shown(byte[] comm) {
        int from = 0;
        while (from < comm.length && comm[from] == ' ') {
            from++;
        }
        return new String(comm, from, comm.length - from, StandardCharsets.UTF_8);
    }

    private static Logs read(String line) {
        return Logs.read((line + "\n").getBytes(StandardCharsets.ISO_8859_1), new ReadOptions(true, 0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void theCommOfThePrefix(Producers producer) {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 7));
        for (int i = 0; i < COMMS; i++) {
            byte[] comm = comm(random, i);
            int tid = 1 + random.nextInt(4_000_000);
            int tgid = 1 + random.nextInt(4_000_000);
            int pcpu = random.nextInt(2000);
            String line = producer.line(comm, tid, tgid, pcpu, "kvm_entry: vcpu 2");
            Logs log = read(line);
            assertThat(log.events()).as(line).containsExactly(new KvmEntry(0, producer.cpus ? pcpu : -1, tid, 1, 2, 0));
            if (shown(comm).equals("<...>")) {
                assertThat(log.named()).as(line).isEmpty();
            } else {
                assertThat(log.named())
                        .as(line)
                        .containsExactly(new ThreadNamed(
                                0,
                                producer.cpus ? pcpu : -1,
                                tid,
                                1,
                                tid,
                                producer.processes ? tgid : -1,
                                shown(comm)));
            }
        }
    }

    /**
     * Latency formats cut the comm to its first eight bytes, whatever they are: the line is read, and names nobody. Only a hash at the
     * line's begin cannot be told from a comment.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"%8.8s-%-7d %3dd..2. 3.299988: ", "%8.8s-%-7d %3dd..2. 3299us : ", "%8.8s %5d %3d     3.299988: "
            })
    void commsCutByLatencyFormatsNameNobody(String format) {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 9));
        for (int i = 0; i < COMMS; i++) {
            String comm = new String(comm(random, i), StandardCharsets.ISO_8859_1).replaceFirst("^#", "x");
            int tid = 1 + random.nextInt(4_000_000);
            String line = String.format(Locale.ROOT, format, comm, tid, 2) + "kvm_entry: vcpu 2";
            Logs log = read(line);
            assertThat(log.events()).as(comm).containsExactly(new KvmEntry(0, 2, tid, 1, 2, 0));
            assertThat(log.named()).as(comm).isEmpty();
        }
    }

    /** prctl lets a comm hold a newline, which breaks its line in two: the rest is read without its columns, under what is left of the name. */
    @Test
    void aNewlineInACommBreaksItsLineButLosesNoEvent() {
        String line =
                Producers.PERF.line("ab\ncd".getBytes(StandardCharsets.ISO_8859_1), 174, 170, 1, "kvm_entry: vcpu 2");
        Logs log = Logs.read((line + "\n").getBytes(StandardCharsets.ISO_8859_1), new ReadOptions(true, 0, 0));
        assertThat(log.events()).containsExactly(new KvmEntry(0, 1, 174, 2, 2, 0));
        assertThat(log.named()).containsExactly(new ThreadNamed(0, 1, 174, 2, 174, -1, "cd"));
        assertThat(log.summary.diagnostics().counts()).containsExactly(Map.entry(DiagnosticCode.NOT_A_TRACE_LINE, 1L));
    }

    @ParameterizedTest
    @EnumSource
    void theCommsOfPayloads(Producers producer) {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 8));
        int pcpu = producer.cpus ? 1 : -1;
        for (int i = 0; i < COMMS / 4; i++) {
            byte[] first = comm(random, i);
            byte[] second = comm(random, i + 3);
            String a = new String(first, StandardCharsets.ISO_8859_1);
            String b = new String(second, StandardCharsets.ISO_8859_1);
            assertPayload(
                    producer,
                    "sched_switch: prev_comm=" + a + " prev_pid=7 prev_prio=120 prev_state=R+ ==> next_comm=" + b
                            + " next_pid=8 next_prio=-1",
                    new SchedSwitch(0, pcpu, 174, 1, 7, 120, TaskState.PREEMPTED, 8, -1),
                    first,
                    second);
            assertPayload(
                    producer,
                    "sched_wakeup: comm=" + a + " pid=7 prio=120 target_cpu=003",
                    new SchedWake(0, pcpu, 174, 1, SchedWake.Stage.WAKEUP, 7, 120, 3),
                    first);
            assertPayload(
                    producer,
                    "sched_migrate_task: comm=" + a + " pid=7 prio=120 orig_cpu=3 dest_cpu=4",
                    new SchedMigrate(0, pcpu, 174, 1, 7, 120, 3, 4),
                    first);
            assertPayload(
                    producer,
                    "sched_stat_runtime: comm=" + a + " pid=7 runtime=16304 [ns]",
                    new SchedStat(0, pcpu, 174, 1, SchedStat.Type.RUNTIME, 7, 16304),
                    first);
            assertPayload(
                    producer,
                    "sched_stat_wait: comm=" + a + " pid=7 delay=5 [ns]",
                    new SchedStat(0, pcpu, 174, 1, SchedStat.Type.WAIT, 7, 5),
                    first);
            assertPayload(
                    producer,
                    "sched_wakeup: " + a + ":7 [120] CPU:003",
                    new SchedWake(0, pcpu, 174, 1, SchedWake.Stage.WAKEUP, 7, 120, 3),
                    first);
        }
    }

    private static void assertPayload(Producers producer, String payload, TraceEvent event, byte[]... comms) {
        Logs log = read(producer.line("CPU 2/KVM".getBytes(StandardCharsets.US_ASCII), 174, 170, 1, payload));
        assertThat(log.events()).as(payload).containsExactly(event);
        List<String> names = log.named().stream()
                .map(ThreadNamed.class::cast)
                .filter(name -> name.namedTid() != 174)
                .map(ThreadNamed::comm)
                .toList();
        for (int i = 0; i < comms.length; i++) {
            // payloads do not pad: a leading blank there belongs to the comm, only the plugin's cannot be told
            boolean plugin = payload.endsWith("CPU:003");
            String expected = plugin ? shown(comms[i]) : new String(comms[i], StandardCharsets.UTF_8);
            assertThat(names.get(i)).as(payload).isEqualTo(expected);
        }
    }
}
