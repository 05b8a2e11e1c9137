package plescope.parser.text;

import plescope.parser.event.TaskState;

/**
 * {@code prev_state} as letters ({@code |} between) or as a raw number.
 *
 * <p>The first letter decides. Plugins before libtraceevent 1.8 print W for I, X for Z, Z for X and x for P; dead and zombie
 * are one state here, so that mistake does not matter. Kernels up to 4.13 have letters of their own: x, K, W, N; their W and K
 * say how a sleeper may be woken, and stand behind a D.
 */
final class TaskStates {
    /** TASK_REPORT_MAX of 4.14 and later: the bit behind the {@code +} of {@code R+}. */
    private static final long PREEMPTED_BIT = 0x100;

    /** TASK_STATE_MAX of 3.x, from 4.2 and from 4.8 on: what stood in its place up to 4.13. */
    private static final long OLD_PREEMPTED_BITS = 0x400 | 0x800 | 0x1000;

    private TaskStates() {}

    /** Letters that only kernels up to 4.13 print [R]; in plugin text, libtraceevent's mistakes of before 1.8. */
    static boolean isOldLetter(int letter) {
        return letter == 'x' || letter == 'W' || letter == 'K' || letter == 'N';
    }

    static TaskState kernel(LineBytes line, int from, int to) {
        int first = line.at(from);
        if (FromRight.isDigit(first)) {
            return number(line, from, to);
        }
        return switch (first) {
            case 'R' -> line.at(to - 1) == '+' ? TaskState.PREEMPTED : TaskState.RUNNABLE;
            case 'S' -> TaskState.SLEEPING;
            case 'D', 'K' -> TaskState.UNINTERRUPTIBLE;
            case 'T', 't' -> TaskState.STOPPED;
            case 'X', 'Z' -> TaskState.DEAD;
            case 'P', 'x' -> TaskState.PARKED;
            case 'I', 'W' -> TaskState.IDLE;
            default -> TaskState.UNKNOWN;
        };
    }

    private static TaskState number(LineBytes line, int from, int to) {
        long bits = 0;
        boolean hex = from + 1 < to && line.at(from + 1) == 'x';
        int digit;
        for (int i = hex ? from + 2 : from; i < to && (digit = FromRight.hexDigit(line.at(i))) >= 0; i++) {
            bits = bits * (hex ? 16 : 10) + digit;
        }
        if (bits == 0) {
            return TaskState.RUNNABLE;
        }
        if ((bits & (PREEMPTED_BIT | OLD_PREEMPTED_BITS)) != 0) {
            return TaskState.PREEMPTED;
        }
        return switch ((int) Long.lowestOneBit(bits)) {
            case 0x1 -> TaskState.SLEEPING;
            case 0x2 -> TaskState.UNINTERRUPTIBLE;
            case 0x4, 0x8 -> TaskState.STOPPED;
            case 0x10, 0x20 -> TaskState.DEAD;
            case 0x40 -> TaskState.PARKED;
            case 0x80 -> TaskState.IDLE;
            default -> TaskState.UNKNOWN;
        };
    }
}
