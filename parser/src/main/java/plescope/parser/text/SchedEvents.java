package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.parser.grammar.SchedActions;
import plescope.parser.grammar.TraceLexer;
import plescope.parser.text.Tracepoints.Tracepoint;

/** Makes events of what the grammar reports about the scheduler. */
final class SchedEvents implements SchedActions {
    private final LineHead head;
    private final EventSequence sequence;
    private final Findings findings;
    private final KernelFacts kernel;
    private final SchedText from;
    private final SchedText to;
    private final Tracepoint schedSwitch;
    private final Tracepoint waking;
    private final Tracepoint wakeup;
    private final Tracepoint wakeupNew;
    private final Tracepoint migrate;

    SchedEvents(
            LineBytes line,
            LineHead head,
            EventSequence sequence,
            LogFacts facts,
            Findings findings,
            Tracepoints tracepoints) {
        this.head = head;
        this.sequence = sequence;
        this.findings = findings;
        kernel = facts.kernel();
        from = new SchedText(line);
        to = new SchedText(line);
        schedSwitch = tracepoints.add("sched_switch");
        waking = tracepoints.add("sched_waking");
        wakeup = tracepoints.add("sched_wakeup");
        wakeupNew = tracepoints.add("sched_wakeup_new");
        migrate = tracepoints.add("sched_migrate_task");
    }

    private void add(TraceEvent event) {
        sequence.add(event, head.timestampNs());
    }

    @Override
    public void schedSwitch(Token prev, Token next) {
        from.switchFrom(prev);
        to.switchTo(next);
        if (from.state != TaskState.RUNNABLE && from.state != TaskState.SLEEPING) {
            dateKernel(from.stateLetter);
        }
        addSwitch();
    }

    /** Idle kernel threads got their letter, and others lost theirs, in 4.14. */
    private void dateKernel(int letter) {
        if (letter == 'I') {
            kernel.atLeast(KernelFacts.Version.V4_14);
        } else if (TaskStates.isOldLetter(letter)) {
            kernel.before(KernelFacts.Version.V4_14);
        }
    }

    @Override
    public void pluginSwitch(Token prev, Token next) {
        from.pluginFrom(prev);
        to.pluginTo(next);
        findings.note(DiagnosticCode.PLUGIN_TEXT, -1, "plugin text: R stands for preempted and yielding alike");
        if (TaskStates.isOldLetter(from.stateLetter)) {
            findings.note(
                    DiagnosticCode.STATE_LETTERS, -1, "no kernel since 4.14 has a state " + (char) from.stateLetter);
        }
        addSwitch();
    }

    private void addSwitch() {
        head.open(schedSwitch);
        head.payloadName(from.tid, from.commFrom, from.commTo);
        head.payloadName(to.tid, to.commFrom, to.commTo);
        add(new SchedSwitch(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                from.tid,
                from.prio,
                from.state,
                to.tid,
                to.prio));
    }

    @Override
    public void wake(Token name, Token payload) {
        to.wake(payload);
        addWake(name);
    }

    @Override
    public void pluginWake(Token name, Token payload) {
        to.pluginWake(payload);
        addWake(name);
    }

    @Override
    public void oldWake(Token name, Token payload) {
        to.oldWake(payload);
        addWake(name);
    }

    private void addWake(Token name) {
        SchedWake.Stage stage =
                switch (name.getType()) {
                    case TraceLexer.SCHED_WAKING -> SchedWake.Stage.WAKING;
                    case TraceLexer.SCHED_WAKEUP_NEW -> SchedWake.Stage.WAKEUP_NEW;
                    default -> SchedWake.Stage.WAKEUP;
                };
        head.open(
                switch (stage) {
                    case WAKING -> waking;
                    case WAKEUP -> wakeup;
                    case WAKEUP_NEW -> wakeupNew;
                });
        head.payloadName(to.tid, to.commFrom, to.commTo);
        add(new SchedWake(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                stage,
                to.tid,
                to.prio,
                head.named(to.pcpu)));
    }

    @Override
    public void migrate(Token payload) {
        to.migrate(payload);
        head.open(migrate);
        head.payloadName(to.tid, to.commFrom, to.commTo);
        add(new SchedMigrate(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                to.tid,
                to.prio,
                head.named(to.fromPcpu),
                head.named(to.pcpu)));
    }
}
