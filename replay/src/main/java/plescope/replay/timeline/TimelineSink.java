package plescope.replay.timeline;

import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;

/**
 * What the timeline tells the next stage, in log order.
 *
 * <p>An interval comes when it closes, before the event that closed it. The intervals of one vCPU touch, from the start of
 * the log to its end.
 */
public interface TimelineSink {
    /** A state of one vCPU ended. */
    void interval(VcpuInterval interval);

    /** An event that this vCPU's own thread recorded. */
    void vcpuEvent(int vcpu, TraceEvent event);

    /** The event that it goes into its guest. Entries and exits are most of a log: who is told of them so need not ask their kind. */
    default void entered(int vcpu, KvmEntry entry) {
        vcpuEvent(vcpu, entry);
    }

    /** The event that it leaves its guest. */
    default void exited(int vcpu, KvmExit exit) {
        vcpuEvent(vcpu, exit);
    }

    /**
     * A pCPU changed its thread.
     *
     * @param prevVcpu dense index of the thread that left, -1 where it is no vCPU
     * @param nextVcpu dense index of the thread that came, -1 where it is no vCPU
     */
    void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu);

    /** A blocked vCPU became runnable. */
    void wakeup(Wakeup wakeup);

    /** The log contradicts itself or lost events: nothing before this may be joined with what this vCPU does later. */
    void broken(int vcpu, long timeNs, long line);

    /** What is now believed about who belongs to which VM; comes again whenever the belief changes. */
    void grouped(VmGrouping grouping);
}
