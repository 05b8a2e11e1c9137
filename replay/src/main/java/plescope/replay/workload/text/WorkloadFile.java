package plescope.replay.workload.text;

import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.workload.Workload;

/**
 * All that a workload file says: what the guests had to do, on what machine, and where that is known from. Enough to replay without
 * the log.
 *
 * @param host the machine of the identity replay
 * @param measured what the recorded schedule itself came to, empty where the file does not say
 * @param bursts by dense VM id, the recorded PLE exits of every episode that has any, ascending; empty where the file does not say
 */
public record WorkloadFile(
        Provenance provenance, HostModel host, Workload work, List<MeasuredValue> measured, List<int[]> bursts) {
    /** First word of every workload file. */
    public static final String MAGIC = "plescope-workload";

    /** Raised whenever a line changes its meaning; readers refuse others. */
    public static final int VERSION = 1;

    public WorkloadFile {
        measured = List.copyOf(measured);
        bursts = List.copyOf(bursts);
    }

    /**
     * One number about the recorded schedule.
     *
     * @param vm dense VM id, -1 for the whole host
     * @param name label of the measure, such as {@code throughput}
     */
    public record MeasuredValue(int vm, String name, double value) {}
}
