package plescope.analysis.compare;

import java.util.List;
import java.util.Map;

/**
 * One schedule as comparisons see it.
 *
 * @param facts about the log and its host, by name
 * @param vms in the order of the database
 * @param counts per VM, in the same order
 */
public record Side(Facts facts, List<Vm> vms, TimeGrid grid, List<CellCounts> counts) {
    public Side {
        vms = List.copyOf(vms);
        counts = List.copyOf(counts);
    }

    /** Names of the VMs. */
    List<String> names() {
        return vms.stream().map(Vm::name).toList();
    }

    /** A VM and its number of vCPUs. */
    public record Vm(String name, int vcpus) {}

    /** What is known beside the numbers. */
    public record Facts(Map<String, String> values) {
        public Facts {
            values = Map.copyOf(values);
        }

        /** Empty where it is not known. */
        String text(String fact) {
            return values.getOrDefault(fact, "");
        }

        long number(String fact) {
            return Long.parseLong(values.getOrDefault(fact, "0"));
        }

        /** Share of events that the recorder lost. */
        double lost() {
            double lost = number("events lost");
            return lost == 0 ? 0 : lost / (lost + number("events"));
        }

        /** Whether it is a recording, of which tracepoints may be missing. */
        boolean isRecorded() {
            return text("schedule").equals("recorded");
        }

        boolean recorded(String tracepoint) {
            return List.of(text("tracepoints").split(" ", -1)).contains(tracepoint);
        }
    }
}
