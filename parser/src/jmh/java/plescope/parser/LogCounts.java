package plescope.parser;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a log is known to hold, found by looking for bytes and not by the reader, whose answers it judges.
 *
 * @param lines each is one event
 * @param exits lines of {@code kvm_exit}
 * @param pauseExits those whose reason is the PAUSE loop
 */
record LogCounts(long lines, long exits, long pauseExits) {
    private static final byte[] EXIT = bytes("kvm_exit:");
    private static final byte[] SVM_PAUSE = bytes("reason pause ");
    private static final byte[] VMX_PAUSE = bytes("reason PAUSE_INSTRUCTION ");

    /** With one more line. */
    LogCounts with(byte[] log, int from, int end) {
        boolean exit = holds(log, from, end, EXIT);
        boolean pause = exit && (holds(log, from, end, SVM_PAUSE) || holds(log, from, end, VMX_PAUSE));
        return new LogCounts(lines + 1, exits + (exit ? 1 : 0), pauseExits + (pause ? 1 : 0));
    }

    /** Of so many copies. */
    LogCounts times(long copies) {
        return new LogCounts(lines * copies, exits * copies, pauseExits * copies);
    }

    String json() {
        return String.format(
                Locale.ROOT, "{\"lines\": %d, \"exits\": %d, \"pause_exits\": %d}%n", lines, exits, pauseExits);
    }

    private static boolean holds(byte[] log, int from, int end, byte[] word) {
        for (int at = from; at <= end - word.length; at++) {
            int same = 0;
            while (same < word.length && log[at + same] == word[same]) {
                same++;
            }
            if (same == word.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
