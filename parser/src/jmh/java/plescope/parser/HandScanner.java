package plescope.parser;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import plescope.parser.event.ExitReason;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;
import plescope.parser.grammar.EightBytes;

/**
 * What a scanner written by hand reaches: it knows three events of one dialect and trusts every byte of them. It makes the same
 * records as the reader and names threads by the comm of their lines, but sorts nothing, counts nothing, refuses nothing, and
 * takes no names from payloads. The rival of the reader, never a part of it.
 */
final class HandScanner {
    /** Where the bracket of the CPU stands in default perf text: comm of 16 bytes, blank, pid of 5, blank. */
    private static final int COMM_AND_PID = 22;

    private static final ExitReason PAUSE = new ExitReason(ExitReason.Isa.SVM, 0x77, "pause", ExitReason.Family.PAUSE);
    private static final ExitReason OTHER = new ExitReason(ExitReason.Isa.SVM, -1, "other", ExitReason.Family.OTHER);

    /** Thread ids of the log made for it are below. */
    private static final int MAX_TID = 1 << 16;

    private final byte[] log;
    private final Consumer<? super TraceEvent> sink;
    /** The comm column each thread last showed, as two words. */
    private final long[] comms = new long[2 * MAX_TID];

    private int at;
    private long line;

    HandScanner(byte[] log, Consumer<? super TraceEvent> sink) {
        this.log = log;
        this.sink = sink;
    }

    /** Reads to the end; the number of lines. */
    long read() {
        while (at < log.length) {
            line++;
            scanLine();
            while (log[at++] != '\n') {
                // what the event did not need
            }
        }
        return line;
    }

    private void scanLine() {
        int comm = at;
        at += COMM_AND_PID - 5;
        skipBlanks();
        int tid = (int) decimal();
        at += 2;
        int pcpu = (int) decimal();
        at++;
        skipBlanks();
        long seconds = decimal();
        at++;
        long timestampNs = seconds * 1_000_000_000 + decimal() * 1000;
        name(comm, timestampNs, pcpu, tid);
        at++;
        skipBlanks();
        // k v m : k v m _ e x|n, s c h e d : s c h e
        switch (log[at + 9]) {
            case 'x' -> exit(timestampNs, pcpu, tid);
            case 'n' -> entry(timestampNs, pcpu, tid);
            default -> schedSwitch(timestampNs, pcpu, tid);
        }
    }

    private void name(int comm, long timestampNs, int pcpu, int tid) {
        long low = EightBytes.at(log, comm);
        long high = EightBytes.at(log, comm + Long.BYTES);
        if (comms[2 * tid] != low || comms[2 * tid + 1] != high) {
            comms[2 * tid] = low;
            comms[2 * tid + 1] = high;
            String name = new String(log, comm, 2 * Long.BYTES, StandardCharsets.UTF_8).stripLeading();
            sink.accept(new ThreadNamed(timestampNs, pcpu, tid, line, tid, -1, name));
        }
    }

    private void exit(long timestampNs, int pcpu, int tid) {
        at += "kvm:kvm_exit: vcpu ".length();
        int vcpu = (int) decimal();
        at += " reason ".length();
        ExitReason reason = log[at] == 'p' && log[at + 1] == 'a' ? PAUSE : OTHER;
        while (log[at] != 'x') {
            at++;
        }
        at++;
        sink.accept(new KvmExit(timestampNs, pcpu, tid, line, vcpu, reason, hex()));
    }

    private void entry(long timestampNs, int pcpu, int tid) {
        at += "kvm:kvm_entry: vcpu ".length();
        int vcpu = (int) decimal();
        at += ", rip 0x".length();
        sink.accept(new KvmEntry(timestampNs, pcpu, tid, line, vcpu, hex()));
    }

    private void schedSwitch(long timestampNs, int pcpu, int tid) {
        behindKey("prev_pid=");
        int prevTid = (int) decimal();
        at += " prev_prio=".length();
        int prevPrio = (int) decimal();
        at += " prev_state=".length();
        TaskState state = log[at] != 'R' ? TaskState.SLEEPING : TaskState.RUNNABLE;
        behindKey("next_pid=");
        int nextTid = (int) decimal();
        at += " next_prio=".length();
        int nextPrio = (int) decimal();
        sink.accept(new SchedSwitch(timestampNs, pcpu, tid, line, prevTid, prevPrio, state, nextTid, nextPrio));
    }

    private void behindKey(String key) {
        int matched = 0;
        while (matched < key.length()) {
            matched = log[at++] == key.charAt(matched) ? matched + 1 : 0;
        }
    }

    private void skipBlanks() {
        while (log[at] == ' ') {
            at++;
        }
    }

    private long decimal() {
        long value = 0;
        for (int digit = log[at] - '0'; digit >= 0 && digit <= 9; digit = log[++at] - '0') {
            value = value * 10 + digit;
        }
        return value;
    }

    private long hex() {
        long value = 0;
        while (log[at] > ' ') {
            int c = log[at++];
            value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return value;
    }
}
