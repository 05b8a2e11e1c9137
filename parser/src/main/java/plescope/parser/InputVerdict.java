package plescope.parser;

import java.math.BigDecimal;
import java.util.Optional;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.DiagnosticLog;
import plescope.parser.diagnostic.Severity;
import plescope.parser.diagnostic.UnusableInput;
import plescope.parser.input.TraceInput;
import plescope.parser.text.LineParser;
import plescope.parser.text.OtherOutput;

/** Whether what was read is worth anything: a text without events, in no order, or damaged beyond the limit is refused. */
final class InputVerdict {
    /** Merged per-CPU buffers stay far below; the differences that perf's --deltatime prints reach a half. */
    private static final double MAX_BACKWARD_SHARE = 0.25;

    /** Below this many steps back a share says nothing. */
    private static final long MIN_BACKWARD_STEPS = 16;

    private static final String WRAPPED = "the lines look wrapped: --rejoin puts them together";
    private static final String ESCAPED = "the lines look copied from a mail or a web page: --rejoin makes them whole";

    private final LineParser parser;
    private final DiagnosticLog log;
    private final ReadOptions options;
    private final String name;

    private InputVerdict(LineParser parser, ReadOptions options, String name) {
        this.parser = parser;
        log = parser.diagnostics();
        this.options = options;
        this.name = name;
    }

    /** @throws UnusableInput if the input as a whole cannot be used */
    static void refuseUseless(LineParser parser, ReadOptions options, String name) {
        InputVerdict verdict = new InputVerdict(parser, options, name);
        verdict.refuseEventless();
        verdict.refuseUnordered();
        verdict.refuseDamaged();
    }

    /** Not one event: another command's output, or damage that hit every line alike. */
    private void refuseEventless() {
        if (parser.events() > 0 || log.count(Severity.DATA_LOSS) > 0) {
            return;
        }
        OtherOutput other = parser.facts().otherOutput();
        Optional<Diagnostic> first = firstBad();
        String message = "not one of " + parser.lines() + " lines is an event";
        if (first.isPresent() && bad() > parser.facts().otherOutputLines()) {
            Diagnostic found = first.get();
            String example = "; the first of them that should be, line " + found.line() + ": " + found.message();
            throw refusal(DiagnosticCode.NO_EVENTS, message + example, hint(found.hint()));
        }
        if (other != null) {
            throw refusal(DiagnosticCode.OTHER_OUTPUT, other.message(), other.hint());
        }
        throw TraceInput.refusal(DiagnosticCode.NO_EVENTS, name, message);
    }

    private void refuseUnordered() {
        long backwards = parser.head().backwardSteps();
        if (backwards >= MIN_BACKWARD_STEPS && backwards > MAX_BACKWARD_SHARE * parser.events()) {
            throw unordered(backwards, "older than the line before them");
        }
        long unplaced = log.count(DiagnosticCode.CLOCK_BACKWARDS);
        if (isTooMuch() && 2 * unplaced > bad()) {
            throw backwards < MIN_BACKWARD_STEPS
                    ? anotherClock(unplaced)
                    : unordered(unplaced, "older than others before them");
        }
    }

    /** The clock goes back once or a few times and runs on from there: recordings one behind the other. */
    private UnusableInput anotherClock(long unplaced) {
        long from = log.kept().stream()
                .filter(found -> found.code() == DiagnosticCode.CLOCK_BACKWARDS)
                .findFirst()
                .map(Diagnostic::line)
                .orElse(0L);
        String message = unplaced + " of " + parser.events() + " events are older than others before them, from line "
                + from + " on: another recording begins there, or another clock";
        String hint = "give each by itself: head -n " + (from - 1) + ' ' + name + ", and tail -n +" + from + ' ' + name;
        return refusal(DiagnosticCode.UNORDERED, message, hint);
    }

    private UnusableInput unordered(long count, String how) {
        return TraceInput.refusal(
                DiagnosticCode.UNORDERED, name, count + " of " + parser.events() + " events are " + how);
    }

    private void refuseDamaged() {
        if (isTooMuch()) {
            String example = firstBad()
                    .map(found -> "; the first, in line " + found.line() + ": " + found.message())
                    .orElse("");
            String message = bad() + " of " + parser.lines() + " lines are damaged or lost, more than the allowed "
                    + percent(options.maxLoss()) + example;
            DiagnosticCode code = DiagnosticCode.TOO_MUCH_LOSS;
            throw refusal(code, message, hint(code.remedy()));
        }
    }

    private UnusableInput refusal(DiagnosticCode code, String message, String hint) {
        return new UnusableInput(new Diagnostic(code, name, 0, 0, "", message, hint));
    }

    private long bad() {
        return log.count(Severity.ERROR) + log.count(Severity.DATA_LOSS);
    }

    private boolean isTooMuch() {
        return bad() > options.maxLoss() * parser.lines();
    }

    /** Half of the damaged lines shown break off in the middle or hold escapes: a mail program or a browser did that. */
    private String hint(String other) {
        long shown = log.kept().stream()
                .filter(found -> found.severity() == Severity.ERROR)
                .count();
        if (options.rejoin()) {
            return other;
        }
        if (parser.escaped() > 0 && 2 * parser.escaped() >= shown) {
            return ESCAPED;
        }
        return parser.cutShort() > 0 && 2 * parser.cutShort() >= shown ? WRAPPED : other;
    }

    private Optional<Diagnostic> firstBad() {
        return log.kept().stream()
                .filter(found -> found.severity() == Severity.ERROR || found.severity() == Severity.DATA_LOSS)
                .findFirst();
    }

    /** A share as it is given to {@code --max-loss}. */
    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
