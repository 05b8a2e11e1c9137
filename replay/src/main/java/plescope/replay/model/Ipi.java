package plescope.replay.model;

/**
 * One interprocessor interrupt between vCPUs of a VM, per receiver.
 *
 * @param sender dense index, -1 where the sender is invisible (posted interrupts)
 * @param receiver dense index
 * @param sentNs when KVM emulated the send
 * @param ackNs first evidence that the receiver handled it (its EOI of the vector, else guest time after delivery), -1 unknown
 * @param line line of the send, 0 in simulated schedules
 * @param ackLine line of the acknowledgement, 0 where none
 */
public record Ipi(int sender, int receiver, int vector, long sentNs, long ackNs, long line, long ackLine) {}
