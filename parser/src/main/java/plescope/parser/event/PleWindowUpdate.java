package plescope.parser.event;

/**
 * The PLE window changed ({@code kvm_ple_window_update}): TSC-rate cycles on VMX, PAUSE count on SVM. Growth belongs to a
 * PAUSE exit, shrinking to a sched-in of the vCPU.
 */
public record PleWindowUpdate(long timestampNs, int pcpu, int tid, long line, int vcpu, int oldWindow, int newWindow)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.PLE_WINDOW_UPDATE;
    }
}
