package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import plescope.replay.guest.Instruction;
import plescope.replay.guest.LockSpec;
import plescope.replay.guest.Privilege;
import plescope.replay.guest.Span;
import plescope.replay.scenario.grammar.ScenarioParser.BodyContext;
import plescope.replay.scenario.grammar.ScenarioParser.BranchContext;
import plescope.replay.scenario.grammar.ScenarioParser.CallContext;
import plescope.replay.scenario.grammar.ScenarioParser.ChooseContext;
import plescope.replay.scenario.grammar.ScenarioParser.ComputeContext;
import plescope.replay.scenario.grammar.ScenarioParser.ExponentialContext;
import plescope.replay.scenario.grammar.ScenarioParser.FixedContext;
import plescope.replay.scenario.grammar.ScenarioParser.InstructionContext;
import plescope.replay.scenario.grammar.ScenarioParser.IoContext;
import plescope.replay.scenario.grammar.ScenarioParser.LockedContext;
import plescope.replay.scenario.grammar.ScenarioParser.MeetContext;
import plescope.replay.scenario.grammar.ScenarioParser.NameContext;
import plescope.replay.scenario.grammar.ScenarioParser.ReceiveContext;
import plescope.replay.scenario.grammar.ScenarioParser.RepeatContext;
import plescope.replay.scenario.grammar.ScenarioParser.SendContext;
import plescope.replay.scenario.grammar.ScenarioParser.ShootdownContext;
import plescope.replay.scenario.grammar.ScenarioParser.SleepContext;
import plescope.replay.scenario.grammar.ScenarioParser.SpanContext;
import plescope.replay.scenario.grammar.ScenarioParser.UniformContext;

/** Reads the program of a task, and refuses what no kernel would survive. */
final class ProgramReader {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final int MAX_WEIGHT = 1_000_000;
    private static final long MAX_TIMES = 1_000_000_000_000L;

    private final SourceText source;
    private final Values values;
    private final VmNames names;
    private final int vcpus;
    private final TaskFlow flow;
    private final LockOrder order;

    /** Locks held where the reading is, outermost first. */
    private final List<Integer> held = new ArrayList<>();

    private final Set<Integer> met = new HashSet<>();
    private final Set<Integer> sent = new HashSet<>();
    private final Set<Integer> received = new HashSet<>();

    ProgramReader(SourceText source, Values values, VmNames names, int vcpus, LockOrder order) {
        this.source = source;
        this.values = values;
        this.names = names;
        this.vcpus = vcpus;
        this.flow = new TaskFlow(vcpus);
        this.order = order;
    }

    /** Barriers the program meets at. */
    Set<Integer> met() {
        return met;
    }

    Set<Integer> sent() {
        return sent;
    }

    Set<Integer> received() {
        return received;
    }

    List<Instruction> read(BodyContext body) {
        List<Instruction> program = new ArrayList<>();
        for (InstructionContext each : body.instruction()) {
            if (!program.isEmpty() && TaskFlow.endless(program.get(program.size() - 1))) {
                throw source.error(
                        each.getStart(),
                        "nothing ever comes here: what stands before repeats for ever",
                        "give the repeat a number of times");
            }
            program.add(instruction(each));
        }
        return program;
    }

    private Instruction instruction(InstructionContext each) {
        if (each instanceof ComputeContext compute) {
            boolean user = compute.getChild(1).getText().equals("user");
            return new Instruction.Compute(span(compute.span()), user ? Privilege.USER : Privilege.KERNEL);
        }
        if (each instanceof LockedContext locked) {
            return locked(locked);
        }
        if (each instanceof RepeatContext repeat) {
            return repeat(repeat);
        }
        if (each instanceof ChooseContext choose) {
            return choose(choose);
        }
        if (each instanceof ShootdownContext) {
            return new Instruction.Shootdown();
        }
        if (each instanceof CallContext) {
            if (vcpus == 1) {
                throw source.error(each.getStart(), "a VM of one vCPU has no other vCPU to call");
            }
            return new Instruction.Call();
        }
        return waiting(each);
    }

    /** Instructions that may put the task to sleep, or count. */
    private Instruction waiting(InstructionContext each) {
        Token at = each.getStart();
        if (each instanceof SendContext send) {
            refuseSleepUnderSpinlock(at);
            return new Instruction.Send(channel(send.name(), sent));
        }
        if (each instanceof ReceiveContext receive) {
            refuseSleepUnderSpinlock(at);
            return new Instruction.Receive(channel(receive.name(), received));
        }
        if (each instanceof SleepContext sleep) {
            refuseSleepUnderSpinlock(at);
            return new Instruction.Sleep(span(sleep.span()));
        }
        if (each instanceof IoContext io) {
            refuseSleepUnderSpinlock(at);
            return new Instruction.Io(values.nanos(io.value(), "host time of the exit", 0, HOUR_NS), span(io.span()));
        }
        if (each instanceof MeetContext meet) {
            return meet(meet);
        }
        return new Instruction.Count();
    }

    private int channel(NameContext name, Set<Integer> used) {
        int channel = names.channels().find(name.getStart(), Values.name(name));
        used.add(channel);
        return channel;
    }

    private Instruction meet(MeetContext meet) {
        if (!held.isEmpty()) {
            throw source.error(
                    meet.getStart(),
                    "meeting others while holding lock '" + names.locks().name(held.get(held.size() - 1))
                            + "' waits for ever if one of them needs it",
                    "meet outside the lock");
        }
        int barrier = names.barriers().find(meet.name().getStart(), Values.name(meet.name()));
        met.add(barrier);
        return new Instruction.Meet(barrier);
    }

    private void refuseSleepUnderSpinlock(Token at) {
        for (int lock : held) {
            if (names.kinds().get(lock) != LockSpec.Kind.MUTEX) {
                throw source.error(
                        at,
                        "a task cannot sleep while it holds the spinlock '"
                                + names.locks().name(lock) + "'",
                        "make the lock a mutex, or sleep outside it");
            }
        }
    }

    private Instruction locked(LockedContext locked) {
        Token at = locked.name().getStart();
        int lock = names.locks().find(at, Values.name(locked.name()));
        if (held.contains(lock)) {
            throw source.error(
                    at, "the task holds lock '" + names.locks().name(lock) + "' already and would wait for itself");
        }
        if (names.kinds().get(lock) == LockSpec.Kind.MUTEX) {
            refuseSleepUnderSpinlock(locked.getStart());
        }
        order.taken(lock, held, at);
        held.add(lock);
        List<Instruction> body = read(locked.body());
        held.remove(held.size() - 1);
        if (TaskFlow.endless(body)) {
            throw source.error(at, "lock '" + names.locks().name(lock) + "' is never let go: its block never ends");
        }
        return new Instruction.Locked(lock, body);
    }

    private Instruction repeat(RepeatContext repeat) {
        long times = repeat.value() == null ? 0 : values.number(repeat.value(), "repetitions", 1, MAX_TIMES);
        List<Instruction> body = read(repeat.body());
        if (times == 0 && !flow.takesTime(body)) {
            throw source.error(
                    repeat.getStart(),
                    "this repeats for ever without taking time",
                    "add a compute, a sleep or io to it; waiting for other tasks takes no time of its own");
        }
        return new Instruction.Repeat(times, body);
    }

    private Instruction choose(ChooseContext choose) {
        List<Instruction.Branch> branches = new ArrayList<>();
        for (BranchContext branch : choose.branch()) {
            branches.add(new Instruction.Branch(
                    values.integer(branch.value(), "weight", 1, MAX_WEIGHT), read(branch.body())));
        }
        return new Instruction.Choose(branches);
    }

    private Span span(SpanContext span) {
        if (span instanceof FixedContext fixed) {
            return new Span.Fixed(values.nanos(fixed.value(), "a duration", 0, HOUR_NS));
        }
        if (span instanceof ExponentialContext exponential) {
            return new Span.Exponential(values.nanos(exponential.value(), "a mean", 1, HOUR_NS));
        }
        UniformContext uniform = (UniformContext) span;
        long least = values.nanos(uniform.value(0), "a duration", 0, HOUR_NS);
        return new Span.Uniform(least, values.nanos(uniform.value(1), "the longer duration", least, HOUR_NS));
    }
}
