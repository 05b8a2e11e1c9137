package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.event.TaskState;

/**
 * Values of scheduler payloads, whose comms are free text: everything is read from the right.
 *
 * <p>The comm's byte range is left in {@link #commFrom} and {@link #commTo}.
 */
final class SchedText {
    /** What 2.6.31 prints before a task's name. */
    private static final String TASK = "task ";

    private final LineBytes line;

    int tid;
    int prio;
    int pcpu;
    int fromPcpu;
    TaskState state = TaskState.UNKNOWN;
    /** Last character of the state as printed, but for the {@code +}. */
    int stateLetter;

    int commFrom;
    int commTo;

    SchedText(LineBytes line) {
        this.line = line;
    }

    /** {@code  prev_comm=C prev_pid=P prev_prio=N prev_state=S ==> next_comm=}; without the arrow S is a number. */
    void switchFrom(Token token) {
        FromRight right = new FromRight(line, token).skipWord(" next_comm=");
        if (right.peek() == '>') {
            right.skipWord(" ==>");
        }
        int stateEnd = right.end();
        int stateFrom = right.skipTo('=').end();
        state(stateFrom, stateEnd);
        prio = (int) right.skipWord(" prev_state=").number();
        tid = (int) right.skipWord(" prev_prio=").number();
        commAfterKey(token, right.skipWord(" prev_pid=").end());
    }

    private void state(int begin, int end) {
        state = TaskStates.kernel(line, begin, end);
        int last = end - 1;
        stateLetter = line.at(line.at(last) == '+' && last > begin ? last - 1 : last);
    }

    /** {@code C next_pid=P next_prio=N}. */
    void switchTo(Token token) {
        FromRight right = new FromRight(line, token);
        prio = (int) right.number();
        tid = (int) right.skipWord(" next_prio=").number();
        commFrom = token.getStartIndex();
        commTo = right.skipWord(" next_pid=").end();
    }

    /** {@code C:P [N] S ==> }. */
    void pluginFrom(Token token) {
        FromRight right = new FromRight(line, token);
        int stateEnd = right.skipWord(" ==> ").end();
        int stateFrom = right.skipTo(' ').end();
        boolean old = line.at(stateFrom) == '(';
        if (old) {
            state(stateFrom + 1, stateEnd - 1);
        } else {
            state(stateFrom, stateEnd);
        }
        pluginTask(token, right.skip(1));
        if (old) {
            skipTask();
        }
    }

    /** {@code C:P [N]}. */
    void pluginTo(Token token) {
        pluginTask(token, new FromRight(line, token));
    }

    private void pluginTask(Token token, FromRight right) {
        prio = (int) right.skipWord("]").signed();
        tid = (int) right.skipWord(" [").signed();
        commFrom = token.getStartIndex();
        commTo = right.skipWord(":").end();
        while (commFrom < commTo && line.at(commFrom) == ' ') {
            commFrom++;
        }
    }

    /** {@code  comm=C pid=P prio=N[ success=1] target_cpu=003}. */
    void wake(Token token) {
        FromRight right = new FromRight(line, token);
        pcpu = (int) right.number();
        skipSuccess(right.skipWord(" target_cpu="));
        prio = (int) right.number();
        tid = (int) right.skipWord(" prio=").number();
        commAfterKey(token, right.skipWord(" pid=").end());
    }

    /** {@code  C:P [N][ success=1] CPU:003}. */
    void pluginWake(Token token) {
        FromRight right = new FromRight(line, token);
        pcpu = (int) right.decimal();
        skipSuccess(right.skipWord(" CPU:"));
        pluginTask(token, right);
    }

    /** {@code  task C:P [N] success=1 [003]}. */
    void oldWake(Token token) {
        FromRight right = new FromRight(line, token).skip(1);
        pcpu = (int) right.decimal();
        skipSuccess(right.skipWord(" ["));
        pluginTask(token, right);
        skipTask();
    }

    private void skipTask() {
        if (commFrom + TASK.length() <= commTo
                && line.text(commFrom, commFrom + TASK.length()).equals(TASK)) {
            commFrom += TASK.length();
        }
    }

    /** {@code  comm=C pid=P prio=N orig_cpu=F dest_cpu=T}. */
    void migrate(Token token) {
        FromRight right = new FromRight(line, token);
        pcpu = (int) right.number();
        fromPcpu = (int) right.skipWord(" dest_cpu=").number();
        prio = (int) right.skipWord(" orig_cpu=").number();
        tid = (int) right.skipWord(" prio=").number();
        commAfterKey(token, right.skipWord(" pid=").end());
    }

    /** {@code  comm=C pid=P delay=N}, or runtime=N and perhaps {@code  [ns] vruntime=V}; returns N. */
    long stat(Token token, boolean vruntime) {
        FromRight right = new FromRight(line, token);
        if (vruntime) {
            right.decimal();
            right.skipWord(" vruntime=");
            if (right.peek() == ']') {
                right.skipWord(" [ns]");
            }
        }
        long ns = right.number();
        tid = (int) right.skipTo('=').skip(1).skipTo(' ').skip(1).number();
        commAfterKey(token, right.skipWord(" pid=").end());
        return ns;
    }

    /** {@code success=} stood between prio and target until 4.14; a prio never ends in {@code s=1}. */
    private void skipSuccess(FromRight at) {
        int before = at.end();
        at.number();
        if (at.peek() == '=' && at.end() > 1 && line.at(at.end() - 2) == 's') {
            at.skipWord(" success=");
        } else {
            at.skip(at.end() - before);
        }
    }

    private void commAfterKey(Token token, int end) {
        commFrom = token.getStartIndex();
        while (line.at(commFrom++) != '=') {
            // the token begins with blanks and the key of its first comm
        }
        commTo = end;
    }
}
