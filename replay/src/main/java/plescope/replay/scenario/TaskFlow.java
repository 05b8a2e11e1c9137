package plescope.replay.scenario;

import java.util.List;
import plescope.replay.guest.Instruction;
import plescope.replay.guest.Span;

/** What can be said about a program without running it. */
final class TaskFlow {
    private final boolean alone;

    /** In a VM of one vCPU there is nobody to interrupt. */
    TaskFlow(int vcpus) {
        this.alone = vcpus == 1;
    }

    /** Whether some way through takes time of its own; waiting for other tasks does not count. */
    boolean takesTime(List<Instruction> program) {
        for (Instruction instruction : program) {
            if (takesTime(instruction)) {
                return true;
            }
        }
        return false;
    }

    private boolean takesTime(Instruction instruction) {
        if (instruction instanceof Instruction.Compute compute) {
            return lasts(compute.span());
        }
        if (instruction instanceof Instruction.Sleep sleep) {
            return lasts(sleep.span());
        }
        if (instruction instanceof Instruction.Io io) {
            return io.hostNs() > 0 || lasts(io.latency());
        }
        if (instruction instanceof Instruction.Shootdown || instruction instanceof Instruction.Call) {
            return !alone;
        }
        if (instruction instanceof Instruction.Locked locked) {
            return takesTime(locked.body());
        }
        if (instruction instanceof Instruction.Repeat repeat) {
            return takesTime(repeat.body());
        }
        if (instruction instanceof Instruction.Choose choose) {
            return choose.branches().stream().anyMatch(branch -> takesTime(branch.body()));
        }
        return false;
    }

    private static boolean lasts(Span span) {
        if (span instanceof Span.Fixed fixed) {
            return fixed.ns() > 0;
        }
        if (span instanceof Span.Uniform uniform) {
            return uniform.most() > 0;
        }
        return ((Span.Exponential) span).meanNs() > 0;
    }

    /** Whether no way through ever comes to the end. */
    static boolean endless(List<Instruction> program) {
        return program.stream().anyMatch(TaskFlow::endless);
    }

    static boolean endless(Instruction instruction) {
        if (instruction instanceof Instruction.Repeat repeat) {
            return repeat.times() == 0 || endless(repeat.body());
        }
        if (instruction instanceof Instruction.Locked locked) {
            return endless(locked.body());
        }
        return instruction instanceof Instruction.Choose choose
                && choose.branches().stream().allMatch(branch -> endless(branch.body()));
    }
}
