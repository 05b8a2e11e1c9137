package plescope.parser.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.antlr.v4.runtime.Token;
import plescope.parser.grammar.EightBytes;
import plescope.parser.grammar.TraceLexer;

/**
 * What stands before the event's name, decoded from the right end of the prefix token.
 *
 * <p>From right to left: colon, clock, perf's date and misc letters or ftrace's flags, CPU, ids, comm. The grammar has
 * already decided which of them are there.
 */
final class Prefix {
    /** Bytes of the comm column when the tool's own columns are intact. */
    private static final int COMM_COLUMN = 16;

    /** Bytes of the comm in latency formats. */
    static final int LATENCY_COMM = 8;

    private static final String WALL_TIME = "0000-00-00 00:00:00.000000 ";

    /** 2^63 ns are 9,223,372,036 s; what ten digits hold beyond turns negative. */
    private static final int SECONDS_DIGITS = 10;

    private static final int NANO_DIGITS = 9;

    /** 2^63 has 19 digits. */
    private static final int TICKS_DIGITS = 19;

    private static final long[] NS_PER_UNIT = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };

    /** ftrace's and trace-cmd's stand-in for a comm they do not know. */
    private static final byte[] UNKNOWN_COMM = "<...>".getBytes(StandardCharsets.ISO_8859_1);

    private final LineBytes line;
    private final PrefixCache known;

    int tid;
    int tgid;
    int pcpu;
    /** Clock reading in nanoseconds; ticks where {@link #decimals} is 0; -1 where 63 bits do not hold it. */
    long clock;
    /** Digits behind the point: 6 microseconds, 9 nanoseconds, 0 a counter of unknown unit. */
    int decimals;
    /** The comm's bytes within the line; empty where the line has no whole comm. */
    int commFrom;

    int commTo;
    /** The comm's bytes, with zeros behind them. */
    long commLow;

    long commHigh;
    /** The comm is the thread's name, and no stand-in for one. */
    boolean named;

    private boolean columns;

    Prefix(LineBytes line, PrefixCache known) {
        this.line = line;
        this.known = known;
    }

    private FromRight begin(Token token) {
        tid = -1;
        tgid = -1;
        pcpu = -1;
        columns = isAtColumns(token.getType());
        commFrom = 0;
        commTo = 0;
        named = false;
        FromRight right = new FromRight(line, token);
        return right.peek() == ':' ? right.skip(1) : right;
    }

    private static boolean isAtColumns(int tokenType) {
        return tokenType == TraceLexer.PERF_PREFIX
                || tokenType == TraceLexer.FTRACE_PREFIX
                || tokenType == TraceLexer.VERBOSE_PREFIX;
    }

    void perf(Token token) {
        if (!known.recall(this)) {
            readPerf(token);
            name();
            known.remember(token, this);
        }
    }

    private void readPerf(Token token) {
        FromRight right = begin(token);
        clock(right);
        right.skipBlanks();
        skipDate(right);
        if (isLetter(right.peek())) {
            right.skipTo(' ').skipBlanks();
        }
        cpu(right);
        if (right.end() > 0 && !right.atDigit()) {
            right.skipTo(' ').skipBlanks();
        }
        if (!right.atDigit()) {
            return;
        }
        tid = (int) right.signed();
        if (right.peek() == '/') {
            tgid = (int) right.skip(1).signed();
        }
        comm(columns ? COMM_COLUMN : right.skipBlanks().end());
    }

    void ftrace(Token token) {
        if (!known.recall(this)) {
            readFtrace(token);
            name();
            known.remember(token, this);
        }
    }

    private void readFtrace(Token token) {
        FromRight right = begin(token);
        clock(right);
        right.skipBlanks();
        if (right.peek() != ']') {
            right.skipTo(' ').skipBlanks();
        }
        cpu(right);
        if (right.peek() == ')') {
            tgid(right);
        }
        tid = (int) right.decimal();
        if (token.getType() == TraceLexer.INSTANCE_PREFIX) {
            skipInstance();
        }
        comm(right.skip(1).end());
    }

    /** Comm cut to 8 bytes (so it names nobody), then pid, then the CPU glued to the flags. */
    void latency(Token token) {
        FromRight right = begin(token);
        if (right.atDigit()) {
            clock(right);
        } else {
            right.skip(1).skipWord("us"); // the mark for long delays
            clock = right.decimal() * 1000;
            decimals = 6;
        }
        int flagsEnd = right.skipBlanks().end();
        int at = right.skipTo(' ').end();
        pcpu = 0;
        while (at < flagsEnd && FromRight.isDigit(line.at(at))) {
            pcpu = pcpu * 10 + line.at(at++) - '0';
        }
        tid = (int) right.skipBlanks().decimal();
    }

    /** {@code comm pid cpu flags depth sequence [clock] 1061765.927ms (+3.997ms):}, the time in milliseconds and decimals. */
    void verbose(Token token) {
        FromRight right = begin(token);
        right.skipTo('(').skip(1).skipBlanks().skipWord("ms");
        long micros = right.decimal();
        clock = (right.skip(1).decimal() * 1000 + micros) * 1000;
        decimals = 6;
        for (int column = 0; column < 4; column++) {
            right.skipBlanks().skipTo(' ');
        }
        pcpu = (int) right.skipBlanks().decimal();
        tid = (int) right.skipBlanks().decimal();
        comm(COMM_COLUMN);
        name();
    }

    /** Only a time, perhaps behind a CPU. */
    void time(Token token) {
        FromRight right = begin(token);
        clock(right);
        right.skipBlanks();
        int end = right.end();
        int word = right.skipTo(' ').end();
        right.skip(isFlags(word, end) ? 0 : word - end).skipBlanks();
        cpu(right);
        // comm, dash and pid may fill a column that perf -F without tid fills with the comm alone
        boolean mayHavePid = token.getType() == TraceLexer.LOOSE_TIME || pcpu >= 0;
        if (mayHavePid && right.end() > 0 && right.atDigit()) {
            long id = right.decimal();
            if (right.peek() == '-') {
                tid = (int) id;
                comm(right.skip(1).end());
                name();
            }
        }
    }

    /** Dots and letters in a column of ftrace's, between CPU and clock. */
    private boolean isFlags(int from, int to) {
        boolean dots = false;
        for (int at = from; at < to; at++) {
            int c = line.at(at);
            if (!isLetter(c) && !FromRight.isDigit(c) && c != '.' && c != '#') {
                return false;
            }
            dots |= c == '.';
        }
        return dots;
    }

    private void skipInstance() {
        while (line.at(commFrom) != ':') {
            commFrom++;
        }
        commFrom++;
    }

    private void clock(FromRight right) {
        // microseconds and nanoseconds, nearly all there is: where the number ends need not be waited for
        if (right.before(6) == '.' && right.endsInDigits(6)) {
            decimals = 6;
            long micros = right.digits(6);
            int point = right.skip(7).end();
            long seconds = right.decimal();
            clock = point - right.end() > SECONDS_DIGITS ? -1 : seconds * NS_PER_UNIT[0] + micros * 1000;
            return;
        }
        int end = right.end();
        long digits = right.decimal();
        decimals = 0;
        clock = digits;
        if (right.peek() == '.') {
            decimals = Math.min(end - right.end(), NANO_DIGITS);
            int point = right.skip(1).end();
            long seconds = right.decimal();
            clock = seconds * NS_PER_UNIT[0] + digits * NS_PER_UNIT[decimals];
            if (point - right.end() > SECONDS_DIGITS || end - point > NANO_DIGITS + 1) {
                clock = -1;
            }
        } else if (end - right.end() > TICKS_DIGITS) {
            clock = -1;
        }
    }

    /** {@code 2026-11-20 10:47:14.551067}: wall time beside the clock, not used. */
    private void skipDate(FromRight right) {
        if (!right.atDigit()) {
            return;
        }
        int before = right.end();
        right.decimal();
        if (right.peek() == '.') {
            right.skipTo(' ').skipBlanks().skipTo(' ').skipBlanks();
        } else {
            right.skip(right.end() - before);
        }
    }

    private void cpu(FromRight right) {
        if (right.peek() != ']') {
            return;
        }
        right.skip(1);
        if (right.before(3) == '[') {
            pcpu = (int) right.digits(3);
            right.skip(3);
        } else {
            pcpu = (int) right.decimal();
        }
        right.skip(1).skipBlanks();
    }

    private void tgid(FromRight right) {
        right.skip(1);
        if (right.atDigit()) {
            tgid = (int) right.decimal();
        }
        right.skipTo('(').skip(1).skipBlanks();
    }

    private void comm(int to) {
        commTo = Math.max(to, 0);
        int begin = EightBytes.behindRun(line.buffer(), line.offset() + commFrom, EightBytes.BLANKS) - line.offset();
        commFrom = Math.min(begin, commTo);
        if (!columns) {
            skipPasted();
            if (isWallTime()) {
                commFrom += WALL_TIME.length();
                skipPasted();
            }
        }
    }

    private void name() {
        named = tid > 0 && commTo > 0 && !isUnknownComm();
        int from = line.offset() + commFrom;
        int to = line.offset() + commTo;
        commLow = EightBytes.upTo(line.buffer(), from, Math.min(to, from + Long.BYTES));
        commHigh = EightBytes.upTo(line.buffer(), from + Long.BYTES, Math.min(to, from + 2 * Long.BYTES));
    }

    private boolean isUnknownComm() {
        int first = line.at(commFrom);
        if (first == ':') {
            return isIdAsComm();
        }
        if (first != UNKNOWN_COMM[0]) {
            return false;
        }
        int from = line.offset() + commFrom;
        int to = line.offset() + commTo;
        return Arrays.equals(line.buffer(), from, to, UNKNOWN_COMM, 0, UNKNOWN_COMM.length);
    }

    /** perf's stand-in for a comm it does not know: {@code :256}, the thread's id. */
    private boolean isIdAsComm() {
        FromRight id = new FromRight(line, commTo);
        return id.decimal() == tid && id.end() == commFrom + 1;
    }

    /** Where the columns are lost: a mail's quotation marks and indentation. */
    private void skipPasted() {
        while (commFrom < commTo && "> \t|".indexOf(line.at(commFrom)) >= 0) {
            commFrom++;
        }
    }

    /** Tools around perf print the wall time first, which a comm of 15 bytes cannot imitate. */
    private boolean isWallTime() {
        if (commTo - commFrom < WALL_TIME.length()) {
            return false;
        }
        for (int i = 0; i < WALL_TIME.length(); i++) {
            int c = line.at(commFrom + i);
            if (WALL_TIME.charAt(i) == '0' ? !FromRight.isDigit(c) : c != WALL_TIME.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
