package plescope.parser;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A random log, mostly in order, of all that makes a line depend on lines before it: threads that change names and are forked, records of
 * the side band, losses, IPIs inside guests, reasons told later, damage, other dialects, lines out of order.
 */
final class HostLog {
    private static final String[] COMMS = {"CPU 0/KVM", "CPU 1/KVM", "kworker/1:1", "kworker/1:1-vir", "qemu", "x"};
    private static final int THREADS = 5;

    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private final String[] comms = new String[THREADS];
    private final int disorder;
    private final boolean dashes;
    private int line;
    private long ns = 1_000_000_000L;

    private HostLog(SplittableRandom random) {
        this.random = random;
        disorder = 2 << random.nextInt(12);
        dashes = random.nextInt(4) == 0;
        for (int i = 0; i < THREADS; i++) {
            comms[i] = comm();
        }
    }

    static byte[] of(SplittableRandom random, int lines) {
        HostLog log = new HostLog(random);
        for (int i = 0; i < lines; i++) {
            log.line();
        }
        return log.text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String comm() {
        return COMMS[random.nextInt(COMMS.length)];
    }

    private int tid() {
        return 100 + random.nextInt(THREADS);
    }

    private void line() {
        int kind = random.nextInt(100);
        int thread = random.nextInt(THREADS);
        String end = random.nextInt(20) == 0 ? "\r\n" : "\n";
        if (kind < 80) {
            text.append(prefix(thread)).append(event()).append(end);
        } else if (kind < 90) {
            text.append(prefix(thread)).append(record()).append(end);
        } else if (random.nextInt(8) == 0) {
            text.append(rare(thread)).append(end);
        }
    }

    private String prefix(int thread) {
        ns += random.nextInt(2000);
        if (random.nextInt(40) == 0) {
            comms[thread] = comm();
        }
        long shown = random.nextInt(disorder) == 0 ? ns - random.nextInt(2_000_000) : ns;
        if (dashes) {
            return dashPrefix(thread, shown);
        }
        String ids = random.nextInt(3) == 0 ? "    7/" + (100 + thread) : "  " + (100 + thread);
        return String.format(
                Locale.ROOT,
                "%16s %s [00%d] %d.%09d: ",
                comms[thread],
                ids,
                random.nextInt(3),
                shown / 1_000_000_000,
                shown % 1_000_000_000);
    }

    /** The first events are padded as trace-cmd does, those behind as little as ftrace does. */
    private String dashPrefix(int thread, long shown) {
        return String.format(
                Locale.ROOT,
                "%16s-%d     [00%d] .... %d.%06d: %s",
                comms[thread],
                100 + thread,
                random.nextInt(3),
                shown / 1_000_000_000,
                shown / 1000 % 1_000_000,
                line++ < 40 ? "kvm_eoi:              apicid 1 vector 2\n" : "");
    }

    private String event() {
        return switch (random.nextInt(9)) {
            case 0 -> "kvm:kvm_exit: vcpu 0 reason pause rip 0x8 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0";
            case 1 -> "kvm:kvm_exit: vcpu 0 reason MSR_WRITE rip 0x8";
            case 2 -> "kvm:kvm_apic_ipi: dst 1 vec 253 (Fixed|physical|assert|edge|dst)";
            case 3 -> "kvm:kvm_exit: TRAP: HSR_EC: 0x0001 (WFx), PC: 0x0000ffff8000809c";
            case 4 -> "kvm:kvm_wfx_arm64: guest executed wf" + (random.nextBoolean() ? "e" : "i") + " at: 0x08";
            case 5 -> "sched:sched_wakeup: comm=" + comm() + " pid=" + tid() + " prio=120 target_cpu=001";
            case 6 -> "probe:event_" + random.nextInt(40) + ": 1";
            default -> "kvm:kvm_entry: vcpu 0, rip 0x10";
        };
    }

    private String record() {
        return switch (random.nextInt(8)) {
            case 0 -> "PERF_RECORD_FORK(7:" + tid() + "):(7:" + tid() + ")";
            case 1 -> "PERF_RECORD_EXIT(8:" + tid() + "):(7:" + tid() + ")";
            case 2 -> "PERF_RECORD_COMM exec: " + comm() + ":7/" + tid();
            case 3 -> "PERF_RECORD_SWITCH_CPU_WIDE OUT preempt  next pid/tid:     7/" + tid();
            case 4 ->
                "sched:sched_switch: prev_comm=" + comm() + " prev_pid=" + tid()
                        + " prev_prio=120 prev_state=S ==> next_comm=" + comm() + " next_pid=" + tid()
                        + " next_prio=120";
            case 5 -> "PERF_RECORD_LOST lost 5";
            default -> "kvm:kvm_entry: vcpu 3, rip 0x10";
        };
    }

    private String rare(int thread) {
        return switch (random.nextInt(8)) {
            case 0 -> "# os release : 6.1" + random.nextInt(9);
            case 1 -> "CPU:1 [LOST 17 EVENTS]";
            case 2 -> prefix(thread) + "kvm:kvm_exit: vcpu 0 reason pau";
            case 3 -> prefix(thread) + "sched:sched_wakeup: comm=x pid=";
            case 4 -> prefix(thread) + "kvm:kvm_entry: vcpu x";
            case 5 -> "prose around the trace " + "x".repeat(random.nextInt(40));
            case 6 ->
                "       CPU 0/KVM-100     [000] ....  " + ns / 1_000_000_000 + "."
                        + String.format(Locale.ROOT, "%06d", ns / 1000 % 1_000_000) + ": kvm_entry: vcpu 0, rip 0x10";
            default -> "       CPU 0/KVM   100 [000]  " + ns / 1000 + ": kvm:kvm_entry: vcpu 0, rip 0x10";
        };
    }
}
