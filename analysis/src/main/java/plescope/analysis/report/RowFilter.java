package plescope.analysis.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import plescope.analysis.store.SqlResource;

/**
 * Which rows a report sees: a stretch of time and some VMs, vCPUs, host threads or host CPUs; an empty list chooses all.
 *
 * @param fromNs nanoseconds from the first event
 * @param toNs the same, not part of the stretch
 * @param vms names of VMs
 * @param vcpus labels such as {@code vm1/vcpu3}, or numbers, which choose that vCPU of every VM
 * @param pids host threads, or processes with all their vCPUs
 * @param pcpus host CPUs
 */
public record RowFilter(
        long fromNs, long toNs, List<String> vms, List<String> vcpus, List<Integer> pids, List<Integer> pcpus) {
    /** Everything. */
    public static final RowFilter NONE =
            new RowFilter(Long.MIN_VALUE, Long.MAX_VALUE, List.of(), List.of(), List.of(), List.of());

    /** By what rows can be chosen, as the command line has it. */
    public static final List<String> CHOICES = List.of("time", "cpu", "pid", "vm", "vcpu");

    private static final Pattern PARAMETER = Pattern.compile("\\$([a-z_]+)");

    public RowFilter {
        vms = List.copyOf(vms);
        vcpus = List.copyOf(vcpus);
        pids = List.copyOf(pids);
        pcpus = List.copyOf(pcpus);
    }

    /** Those of {@link #CHOICES} that choose something. */
    public List<String> choices() {
        List<String> made = new ArrayList<>();
        if (fromNs != NONE.fromNs || toNs != NONE.toNs) {
            made.add("time");
        }
        if (!pcpus.isEmpty()) {
            made.add("cpu");
        }
        if (!pids.isEmpty()) {
            made.add("pid");
        }
        if (!vms.isEmpty()) {
            made.add("vm");
        }
        if (!vcpus.isEmpty()) {
            made.add("vcpu");
        }
        return made;
    }

    /** The query over the chosen rows alone: its tables' names are taken by common table expressions. */
    public String applyTo(String query) {
        if (equals(NONE)) {
            return query;
        }
        Map<String, String> values = Map.of(
                "from_ns", Long.toString(fromNs),
                "to_ns", Long.toString(toNs),
                "vms", texts(vms),
                "vcpus", texts(vcpus),
                "pids", numbers(pids),
                "pcpus", numbers(pcpus));
        // In one pass: a name may hold what looks like a parameter.
        String rows = PARAMETER
                .matcher(SqlResource.read("filter/rows.sql").strip())
                .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
        return query.startsWith("WITH ") ? rows + ", " + query.substring("WITH ".length()) : rows + "\n" + query;
    }

    private static String texts(Collection<String> values) {
        return list(
                values.stream()
                        .map(value -> "'" + value.replace("'", "''") + "'")
                        .toList(),
                "VARCHAR");
    }

    private static String numbers(Collection<Integer> values) {
        return list(values.stream().map(String::valueOf).toList(), "INTEGER");
    }

    private static String list(List<String> literals, String type) {
        return literals.isEmpty()
                ? "CAST(NULL AS " + type + "[])"
                : literals.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
