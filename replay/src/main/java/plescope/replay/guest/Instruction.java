package plescope.replay.guest;

import java.util.List;

/** One thing a guest task does; a task's program is a list of them. References are indices into the {@link VmSpec}'s lists. */
public sealed interface Instruction {
    /** Works. */
    record Compute(Span span, Privilege privilege) implements Instruction {}

    /** Takes a lock, does the body, lets it go. */
    record Locked(int lock, List<Instruction> body) implements Instruction {
        public Locked {
            body = List.copyOf(body);
        }
    }

    /** Interrupts all other vCPUs that run tasks of this VM and waits for all to answer, as {@code flush_tlb_others} does. */
    record Shootdown() implements Instruction {}

    /** Interrupts one other vCPU, drawn each time, and waits for its answer: {@code smp_call_function_single}. */
    record Call() implements Instruction {}

    /** Puts a message into a channel; waits while it is full. */
    record Send(int channel) implements Instruction {}

    /** Takes a message from a channel; waits while it is empty. */
    record Receive(int channel) implements Instruction {}

    /** Sleeps on a timer. */
    record Sleep(Span span) implements Instruction {}

    /** Asks a device and sleeps until its interrupt: an exit of {@code hostNs}, then {@code latency}. */
    record Io(long hostNs, Span latency) implements Instruction {}

    /** Waits for all tasks of the barrier, spinning in user mode or asleep. */
    record Meet(int barrier) implements Instruction {}

    /** Does the body {@code times} over; 0 for ever. */
    record Repeat(long times, List<Instruction> body) implements Instruction {
        public Repeat {
            body = List.copyOf(body);
        }
    }

    /** Does one of the bodies, drawn by weight. */
    record Choose(List<Branch> branches) implements Instruction {
        public Choose {
            branches = List.copyOf(branches);
        }
    }

    /** A way to go on, as likely as its share of all weights. */
    record Branch(int weight, List<Instruction> body) {
        public Branch {
            body = List.copyOf(body);
        }
    }

    /** Counts one operation done: the throughput of the VM. */
    record Count() implements Instruction {}
}
