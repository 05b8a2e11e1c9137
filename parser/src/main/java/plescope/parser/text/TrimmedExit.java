package plescope.parser.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Isa;

/**
 * An exit without an instruction pointer, as people leave it in what they paste: {@code kvm_exit: vcpu 0 reason HLT},
 * {@code ... reason DR_ACCESS info1 0x216}.
 *
 * <p>Only a whole and known reason counts: {@code reason pau} is a line cut off. The exit is read as if its rip were 0, which
 * is what encrypted guests print.
 */
final class TrimmedExit {
    private static final byte[] EVENT = bytes("kvm_exit:");
    private static final byte[] REASON = bytes(" reason ");
    private static final byte[] ANY_RIP = bytes(" rip");
    private static final byte[] RIP = bytes(" rip 0x0");

    /** Fields that may follow the missing one. */
    private static final byte[][] FIELDS = {
        bytes(" info 0"), bytes(" info1 0x"), bytes(" info2 0x"), bytes(" intr_info 0x"), bytes(" error_code 0x")
    };

    /** How the rest of an exit begins if it was wrapped behind its reason. */
    private static final byte[][] REST = {bytes("rip 0x"), bytes("excp"), bytes("FAILED_VMENTRY"), bytes("info")};

    private final ExitReasons reasons;
    private byte[] bytes = {};
    private int length;

    TrimmedExit(ExitReasons reasons) {
        this.reasons = reasons;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Whether the line is such an exit, which then stands completed in {@link #bytes}. */
    boolean completes(byte[] line, int from, int to) {
        int event = find(EVENT, line, from, to);
        int reason = event < 0 ? -1 : find(REASON, line, event, to);
        if (reason < 0 || find(ANY_RIP, line, reason, to) >= 0) {
            return false;
        }
        int begin = reason + REASON.length;
        int end = to;
        for (byte[] field : FIELDS) {
            int at = find(field, line, begin, end);
            end = at < 0 ? end : at;
        }
        while (end > begin && (line[end - 1] == ' ' || line[end - 1] == '.')) {
            end--;
        }
        if (!isKnown(line, begin, end)) {
            return false;
        }
        put(line, from, end, to);
        return true;
    }

    private boolean isKnown(byte[] line, int from, int to) {
        ExitReason reason = reasons.resolve(new String(line, from, to - from, ISO_8859_1));
        return reason.isa() != Isa.UNKNOWN;
    }

    private void put(byte[] line, int from, int reasonEnd, int to) {
        length = to - from + RIP.length;
        bytes = new byte[length + 1 + LineSource.MARGIN];
        System.arraycopy(line, from, bytes, 0, reasonEnd - from);
        System.arraycopy(RIP, 0, bytes, reasonEnd - from, RIP.length);
        System.arraycopy(line, reasonEnd, bytes, reasonEnd - from + RIP.length, to - reasonEnd);
        bytes[length] = '\n';
    }

    /** Whether a line reads like what is missing, so that the exit was wrapped and not trimmed. */
    static boolean isRest(byte[] line, int from, int to) {
        int begin = from;
        while (begin < to && (line[begin] == ' ' || line[begin] == '\t' || line[begin] == '>')) {
            begin++;
        }
        int first = begin;
        return Arrays.stream(REST).anyMatch(rest -> startsWith(rest, line, first, to));
    }

    private static int find(byte[] word, byte[] line, int from, int to) {
        for (int at = from; at + word.length <= to; at++) {
            if (startsWith(word, line, at, to)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] word, byte[] line, int from, int to) {
        return from + word.length <= to && Arrays.equals(word, 0, word.length, line, from, from + word.length);
    }

    /** The completed line, followed as {@link LineSource} does by a newline and a margin. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
