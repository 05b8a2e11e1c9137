package plescope.parser.grammar;

/**
 * Who receives what the lines say.
 *
 * @param lines heads, losses, side-band records and what is read by name only
 * @param kvm KVM's text on x86
 * @param raw KVM's bare fields on x86
 * @param arch KVM's text on other architectures
 * @param sched the scheduler's switches, wakes and migrations
 * @param host hypercalls, booked time and the host's interrupts
 */
public record TraceActions(
        LineActions lines, KvmActions kvm, RawKvmActions raw, ArchActions arch, SchedActions sched, HostActions host) {}
