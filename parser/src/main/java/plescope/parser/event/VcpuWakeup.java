package plescope.parser.event;

/**
 * A halted vCPU goes on ({@code kvm_vcpu_wakeup}).
 *
 * @param polled true for "poll time" (never blocked), false for "wait time"
 * @param waitedNs how long it polled or slept, nanoseconds
 */
public record VcpuWakeup(
        long timestampNs, int pcpu, int tid, long line, boolean polled, long waitedNs, boolean pollValid)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.VCPU_WAKEUP;
    }
}
