package plescope.replay.guest;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.guest.Program.Choice;
import plescope.replay.guest.Program.Line;
import plescope.replay.guest.Program.Op;

/** Lays a task's instructions out in a row and refuses what no kernel would do. */
final class ProgramCompiler {
    private final VmSpec vm;
    private final TaskSpec task;
    private final List<Line> lines = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private int loops;
    private String heldSpinlock;

    private ProgramCompiler(VmSpec vm, TaskSpec task) {
        this.vm = vm;
        this.task = task;
    }

    /**
     * The task's program.
     *
     * @throws IllegalArgumentException where it names what the VM does not have, or may sleep while it holds a spinlock
     */
    static Program compile(VmSpec vm, TaskSpec task) {
        ProgramCompiler compiler = new ProgramCompiler(vm, task);
        compiler.body(task.program());
        compiler.add(Op.END, 0, 0, 0, null);
        return new Program(compiler.lines, compiler.choices, compiler.loops);
    }

    private int add(Op op, int ref, int target, long ns, Span span) {
        lines.add(new Line(op, ref, target, ns, span));
        return lines.size() - 1;
    }

    private void body(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            instruction(instruction);
        }
    }

    private void instruction(Instruction instruction) {
        if (instruction instanceof Instruction.Compute compute) {
            boolean kernel = compute.privilege() == Privilege.KERNEL;
            add(kernel ? Op.COMPUTE_KERNEL : Op.COMPUTE_USER, 0, 0, 0, compute.span());
        } else if (instruction instanceof Instruction.Locked locked) {
            locked(locked);
        } else if (instruction instanceof Instruction.Shootdown) {
            add(Op.SHOOTDOWN, 0, 0, 0, null);
        } else if (instruction instanceof Instruction.Call) {
            add(Op.CALL, 0, 0, 0, null);
        } else if (instruction instanceof Instruction.Repeat repeat) {
            repeat(repeat);
        } else if (instruction instanceof Instruction.Choose choose) {
            choose(choose);
        } else if (instruction instanceof Instruction.Count) {
            add(Op.COUNT, 0, 0, 0, null);
        } else {
            sleeping(instruction);
        }
    }

    /** What may put the task to sleep. */
    private void sleeping(Instruction instruction) {
        if (instruction instanceof Instruction.Send send) {
            mayNotSleep("send");
            add(Op.SEND, within(send.channel(), vm.channels().size(), "channel"), 0, 0, null);
        } else if (instruction instanceof Instruction.Receive receive) {
            mayNotSleep("receive");
            add(Op.RECEIVE, within(receive.channel(), vm.channels().size(), "channel"), 0, 0, null);
        } else if (instruction instanceof Instruction.Sleep sleep) {
            mayNotSleep("sleep");
            add(Op.SLEEP, 0, 0, 0, sleep.span());
        } else if (instruction instanceof Instruction.Io io) {
            mayNotSleep("wait for a device");
            add(Op.IO, 0, 0, io.hostNs(), io.latency());
        } else if (instruction instanceof Instruction.Meet meet) {
            mayNotSleep("wait at a barrier");
            add(Op.MEET, within(meet.barrier(), vm.barriers().size(), "barrier"), 0, 0, null);
        } else {
            throw new IllegalArgumentException("unknown instruction " + instruction);
        }
    }

    private void locked(Instruction.Locked locked) {
        LockSpec lock = vm.locks().get(within(locked.lock(), vm.locks().size(), "lock"));
        String outer = heldSpinlock;
        if (lock.kind() == LockSpec.Kind.MUTEX) {
            mayNotSleep("take mutex " + lock.name());
        } else {
            heldSpinlock = lock.name();
        }
        add(Op.LOCK, locked.lock(), 0, 0, null);
        body(locked.body());
        add(Op.UNLOCK, locked.lock(), 0, 0, null);
        heldSpinlock = outer;
    }

    private void repeat(Instruction.Repeat repeat) {
        if (repeat.times() < 0) {
            throw refused("repeats " + repeat.times() + " times");
        }
        int counter = loops++;
        add(Op.REPEAT, counter, 0, repeat.times(), null);
        int start = lines.size();
        body(repeat.body());
        add(Op.LOOP, counter, start, repeat.times(), null);
    }

    private void choose(Instruction.Choose choose) {
        Choice choice = new Choice(new ArrayList<>(), new ArrayList<>());
        List<Integer> jumps = new ArrayList<>();
        add(Op.CHOOSE, choices.size(), 0, 0, null);
        choices.add(choice);
        int sum = 0;
        for (Instruction.Branch branch : choose.branches()) {
            if (branch.weight() < 1) {
                throw refused("chooses a branch by weight " + branch.weight());
            }
            sum = Math.addExact(sum, branch.weight());
            choice.sums().add(sum);
            choice.starts().add(lines.size());
            body(branch.body());
            jumps.add(add(Op.JUMP, 0, 0, 0, null));
        }
        if (jumps.isEmpty()) {
            throw refused("chooses among no branches");
        }
        for (int jump : jumps) {
            lines.set(jump, new Line(Op.JUMP, 0, lines.size(), 0, null));
        }
    }

    private int within(int index, int size, String what) {
        if (index < 0 || index >= size) {
            throw refused("names " + what + " " + index + " of " + size);
        }
        return index;
    }

    /** A kernel that sleeps in atomic context is broken ({@code scheduling while atomic}). */
    private void mayNotSleep(String what) {
        if (heldSpinlock != null) {
            throw refused("may " + what + " while it holds spinlock " + heldSpinlock);
        }
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("VM " + vm.name() + ", task " + task.name() + ": " + why);
    }
}
