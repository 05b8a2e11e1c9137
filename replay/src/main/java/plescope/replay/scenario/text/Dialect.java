package plescope.replay.scenario.text;

import plescope.parser.event.ExitReason.Isa;

/**
 * In whose words a trace is written.
 *
 * @param isa whose names the exits have, VMX or SVM
 * @param header whether perf's header stands above (a trace file and a report always have theirs)
 */
public record Dialect(Producer producer, KernelEra kernel, Isa isa, boolean header) {
    public Dialect {
        if (isa == Isa.UNKNOWN) {
            throw new IllegalArgumentException("exits have the names of VMX or of SVM");
        }
    }

    boolean svm() {
        return isa == Isa.SVM;
    }

    /** Whether libtraceevent's plugins word the events they know. */
    boolean plugin() {
        return producer == Producer.TRACE_CMD;
    }
}
