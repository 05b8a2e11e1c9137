package plescope.analysis.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plescope.analysis.report.ReportException;

/** Which VM of one side is which of the other: as told, else by name, else, where no name is on both sides, by order. */
final class VmPairs {
    /** Places of both in their sides. */
    record Pair(int a, int b, String name) {}

    private VmPairs() {}

    /** @throws ReportException for a name that is not there */
    static List<Pair> of(List<String> a, List<String> b, Map<String, String> told) {
        List<Pair> pairs = new ArrayList<>();
        told.forEach((left, right) -> pairs.add(pair(place(a, left), place(b, right), a, b)));
        boolean byName = a.stream().anyMatch(b::contains);
        for (int i = 0; i < a.size(); i++) {
            int other = byName ? b.indexOf(a.get(i)) : i < b.size() ? i : -1;
            int at = i;
            if (other >= 0 && pairs.stream().noneMatch(pair -> pair.a() == at || pair.b() == other)) {
                pairs.add(pair(i, other, a, b));
            }
        }
        return pairs;
    }

    private static Pair pair(int left, int right, List<String> a, List<String> b) {
        String name = a.get(left).equals(b.get(right)) ? a.get(left) : a.get(left) + "=" + b.get(right);
        return new Pair(left, right, name);
    }

    private static int place(List<String> names, String name) {
        if (!names.contains(name)) {
            throw new ReportException("there is no VM '" + name + "'; known are: " + String.join(", ", names));
        }
        return names.indexOf(name);
    }
}
