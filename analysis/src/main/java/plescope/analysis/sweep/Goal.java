package plescope.analysis.sweep;

import java.util.Arrays;
import java.util.List;
import plescope.replay.model.Roster;
import plescope.replay.policy.EditDistance;
import plescope.replay.whatif.Measure;

/**
 * What a search improves: a measure of the host or of one VM, in the direction that is better.
 *
 * @param vm name of a VM, null for the host
 */
public record Goal(String vm, Measure measure) {
    /** Reads {@code [VM.]MEASURE}. */
    public static Goal parse(String text) {
        int dot = text.lastIndexOf('.');
        String label = text.substring(dot + 1).trim();
        Measure measure = Measure.find(label);
        List<String> known = Arrays.stream(Measure.values())
                .filter(each -> each.better() != Measure.Better.NEITHER)
                .map(Measure::label)
                .toList();
        if (measure == null) {
            throw new IllegalArgumentException("unknown measure '" + label + "', nearest is '"
                    + EditDistance.nearest(label, known) + "'; known are: " + String.join(", ", known));
        }
        if (measure.better() == Measure.Better.NEITHER) {
            throw new IllegalArgumentException(
                    "neither more nor less " + label + " is better; a goal may be: " + String.join(", ", known));
        }
        return new Goal(dot < 0 ? null : text.substring(0, dot).trim(), measure);
    }

    /** Throws {@code IllegalArgumentException} if it names a VM that is not there. */
    public void check(Roster roster) {
        scope(roster);
    }

    /** Dense id of its VM, {@link Comparison#HOST} for the host. */
    int scope(Roster roster) {
        if (vm == null) {
            return Comparison.HOST;
        }
        List<String> names = roster.vms().stream().map(Roster.Vm::name).toList();
        if (!names.contains(vm)) {
            throw new IllegalArgumentException(
                    "goal '" + this + "': there is no VM '" + vm + "'; known are: " + String.join(", ", names));
        }
        return names.indexOf(vm);
    }

    /** A number that is larger where the ratio is better. */
    double score(double ratio) {
        return measure.better() == Measure.Better.LESS ? 1 / ratio : ratio;
    }

    @Override
    public String toString() {
        return (vm == null ? "" : vm + ".") + measure.label();
    }
}
