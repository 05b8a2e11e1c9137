package plescope.parser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import plescope.parser.event.TraceEvent;

/** Endless variety as a log: lines made while they are read, no two alike in what they name. */
final class HostileLog extends InputStream {
    /** What differs from line to line. */
    enum Variety {
        THREADS,
        IMPOSSIBLE_THREADS,
        NAMES_OF_ONE_THREAD,
        NAMES_IN_PAYLOADS,
        RIPS,
        REASONS,
        CLASSES,
        EVENTS,
        VCPUS_AND_PCPUS,
        DAMAGE,
        PROSE,
        HEADS,
        LOSSES,
        FORKS;

        String line(long i) {
            return switch (this) {
                case THREADS -> perf("t" + i, 1 + (int) i, 1, "kvm:kvm_entry: vcpu 1, rip 0x1");
                case IMPOSSIBLE_THREADS -> perf("t", 2_000_000_000 - (int) i, 1, "kvm:kvm_entry: vcpu 1, rip 0x1");
                case NAMES_OF_ONE_THREAD -> perf("t" + i, 7, 1, "kvm:kvm_entry: vcpu 1, rip 0x1");
                case NAMES_IN_PAYLOADS ->
                    perf("t", 7, 1, "sched:sched_waking: comm=w" + i + " pid=" + i + " prio=120 target_cpu=000");
                case RIPS -> perf("t", 7, 1, "kvm:kvm_exit: vcpu 1 reason HLT rip 0x" + Long.toHexString(i * 77));
                case REASONS -> perf("t", 7, 1, "kvm:kvm_exit: reason R" + i + "S".repeat(200) + " rip 0x1");
                case CLASSES ->
                    perf("t", 7, 1, "kvm:kvm_exit: TRAP: HSR_EC: 0x" + Long.toHexString(i) + " (W" + i + "), PC: 0x1");
                case EVENTS -> perf("t", 7, 1, "kvm:made_up_" + i + ": a=1");
                case VCPUS_AND_PCPUS -> perf("t", 7, (int) i, "kvm:kvm_entry: vcpu " + i + ", rip 0x1");
                case DAMAGE -> perf("t", 7, 1, "kvm:kvm_exit: vcpu x" + i);
                case PROSE -> "no event " + i;
                case HEADS -> "# fact " + i + " : " + "v".repeat(1000);
                case LOSSES -> "CPU:" + i % TraceEvent.MAX_PCPUS + " [LOST 342 EVENTS]";
                case FORKS -> perf("t", 7, 1, "PERF_RECORD_FORK(" + i + ":" + i + "):(7:7)");
            };
        }

        private static String perf(String comm, int tid, int pcpu, String event) {
            return " ".repeat(16 - comm.length()) + comm + " " + (100_000 + tid) + " [" + (1000 + pcpu)
                    + "]     3.299988: " + event;
        }
    }

    private final Variety variety;
    private final long lines;
    private long made;
    private byte[] line = new byte[0];
    private int at;

    HostileLog(Variety variety, long lines) {
        this.variety = variety;
        this.lines = lines;
    }

    /** Reads every variety, in a process of its own that has little memory. */
    public static void main(String[] arguments) throws IOException {
        long lines = Long.parseLong(arguments[0]);
        for (Variety variety : Variety.values()) {
            long events;
            try (TraceReader reader = TraceReader.open(new HostileLog(variety, lines), "log.txt", Logs.TOLERANT)) {
                events = reader.read(event -> {}).eventCount();
            } catch (TraceFormatException e) {
                events = -1;
            }
            System.out.println(variety + " " + events);
        }
    }

    @Override
    public int read() {
        return refilled() ? line[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int from, int length) {
        if (!refilled()) {
            return -1;
        }
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, buffer, from, count);
        at += count;
        return count;
    }

    private boolean refilled() {
        if (at < line.length) {
            return true;
        }
        if (made == lines) {
            return false;
        }
        line = (variety.line(++made) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        at = 0;
        return true;
    }
}
