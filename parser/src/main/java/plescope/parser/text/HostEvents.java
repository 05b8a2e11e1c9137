package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.event.HostInterrupt;
import plescope.parser.event.HostInterrupt.Phase;
import plescope.parser.event.HostInterrupt.Source;
import plescope.parser.event.HostIpi;
import plescope.parser.event.Hypercall;
import plescope.parser.event.SchedStat;
import plescope.parser.grammar.HostActions;
import plescope.parser.grammar.TraceLexer;
import plescope.parser.text.Tracepoints.Tracepoint;

/** Makes events of hypercalls, booked time and the host's own interrupts. */
final class HostEvents implements HostActions {
    private final LineBytes line;
    private final LineHead head;
    private final EventSequence sequence;
    private final LogFacts facts;
    private final Tracepoints tracepoints;
    private final SchedText task;
    private final Tracepoint hypercall;
    private final Tracepoint hypervHypercall;
    private final Tracepoint statRuntime;
    private final Tracepoint ipiSendCpu;

    HostEvents(LineBytes line, LineHead head, EventSequence sequence, LogFacts facts, Tracepoints tracepoints) {
        this.line = line;
        this.head = head;
        this.sequence = sequence;
        this.facts = facts;
        this.tracepoints = tracepoints;
        task = new SchedText(line);
        hypercall = tracepoints.add("kvm_hypercall");
        hypervHypercall = tracepoints.add("kvm_hv_hypercall");
        statRuntime = tracepoints.add("sched_stat_runtime");
        ipiSendCpu = tracepoints.add("ipi_send_cpu");
    }

    @Override
    public void hypercall(Token arguments) {
        head.open(hypercall);
        FromRight value = new FromRight(line, arguments);
        long a3 = value.hex();
        long a2 = value.skipWord(" a3 0x").hex();
        long a1 = value.skipWord(" a2 0x").hex();
        long a0 = value.skipWord(" a1 0x").hex();
        long number = value.skipWord(" a0 0x").hex();
        add(Hypercall.Interface.KVM, number, a0, a1, a2, a3);
    }

    @Override
    public void hypervHypercall(Token arguments) {
        head.open(hypervHypercall);
        FromRight value = new FromRight(line, arguments);
        value.hex();
        long input = value.skipWord(" out 0x").hex();
        int at = arguments.getStartIndex();
        while (line.at(at) != 'x') {
            at++;
        }
        long number = 0;
        while (FromRight.hexDigit(line.at(++at)) >= 0) {
            number = number << 4 | FromRight.hexDigit(line.at(at));
        }
        add(Hypercall.Interface.HYPERV, number, input, 0, 0, 0);
    }

    private void add(Hypercall.Interface api, long number, long a0, long a1, long a2, long a3) {
        sequence.add(
                new Hypercall(head.timestampNs(), head.pcpu(), head.tid(), head.number(), api, number, a0, a1, a2, a3));
    }

    @Override
    public void statRuntime(Token payload, boolean vruntime) {
        facts.runtime(vruntime);
        stat(statRuntime, SchedStat.Type.RUNTIME, payload, vruntime);
    }

    @Override
    public void statDelay(Token name, Token payload) {
        Tracepoint tracepoint = named(name);
        SchedStat.Type type =
                switch (tracepoint.name) {
                    case "sched_stat_wait" -> SchedStat.Type.WAIT;
                    case "sched_stat_sleep" -> SchedStat.Type.SLEEP;
                    case "sched_stat_iowait" -> SchedStat.Type.IOWAIT;
                    default -> SchedStat.Type.BLOCKED;
                };
        stat(tracepoint, type, payload, false);
    }

    private void stat(Tracepoint tracepoint, SchedStat.Type type, Token payload, boolean vruntime) {
        head.open(tracepoint);
        long ns = task.stat(payload, vruntime);
        head.payloadName(task.tid, task.commFrom, task.commTo);
        sequence.add(new SchedStat(head.timestampNs(), head.pcpu(), head.tid(), head.number(), type, task.tid, ns));
    }

    @Override
    public void ipiSendCpu(Token payload) {
        head.open(ipiSendCpu);
        facts.kernel().atLeast(KernelFacts.Version.V6_4);
        int at = payload.getStartIndex();
        while (line.at(at) != '=') {
            at++;
        }
        int end = at + 1;
        while (FromRight.isDigit(line.at(end))) {
            end++;
        }
        // the fields option prints 0x1 (1): the number behind the bracket
        if (line.at(end) == 'x') {
            while (line.at(end) != ')') {
                end++;
            }
            end++;
        }
        int target = (int) new FromRight(line, end).number();
        boolean reschedule = payload.getType() == TraceLexer.IPI_RESCHEDULE;
        sequence.add(new HostIpi(
                head.timestampNs(), head.pcpu(), head.tid(), head.number(), head.named(target), reschedule));
    }

    @Override
    public void deviceInterrupt(Token name, Token number) {
        interrupt(Source.DEVICE, named(name), number);
    }

    @Override
    public void softInterrupt(Token name, Token number) {
        interrupt(Source.SOFTIRQ, named(name), number);
    }

    @Override
    public void vector(Token name, Token number) {
        Tracepoint tracepoint = named(name);
        interrupt(source(tracepoint.name), tracepoint, number);
    }

    private static Source source(String tracepoint) {
        return switch (tracepoint.charAt(0)) {
            case 'r' -> Source.RESCHEDULE;
            case 'c' -> Source.CALL_FUNCTION;
            case 'l' -> Source.LOCAL_TIMER;
            case 'i' -> Source.IRQ_WORK;
            default -> Source.PLATFORM_IPI;
        };
    }

    private void interrupt(Source source, Tracepoint tracepoint, Token token) {
        head.open(tracepoint);
        Phase phase =
                switch (tracepoint.name.charAt(tracepoint.name.length() - 1)) {
                    case 'y' -> Phase.ENTRY;
                    case 't' -> Phase.EXIT;
                    default -> Phase.RAISE;
                };
        FromRight value = new FromRight(line, token);
        int number = (int) value.number();
        sequence.add(
                new HostInterrupt(head.timestampNs(), head.pcpu(), head.tid(), head.number(), source, phase, number));
    }

    /** {@code   irq:softirq_entry:}: the tracepoint of that name. */
    private Tracepoint named(Token name) {
        int to = name.getStopIndex();
        int from = to;
        while (line.at(from - 1) != ' ' && line.at(from - 1) != ':') {
            from--;
        }
        return tracepoints.get(line.buffer(), line.offset() + from, line.offset() + to);
    }
}
