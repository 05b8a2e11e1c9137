package plescope.analysis.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What both sides are, and which of their differences make a comparison doubtful. */
final class Context {
    /** Facts whose difference alone may change what is measured. */
    private static final Map<String, String> DOUBTS = new TreeMap<>(Map.of(
            "kernel", "another kernel: scheduler and costs differ, whatever else does",
            "virtualisation", "exits are compared by what both vendors have",
            "producer", "another tool: tracing itself costs time, and not the same",
            "resolution_ns", "short lengths are rounded differently",
            "pCPUs", "another number of CPUs seen",
            "VMs", "VMs without a counterpart share the host all the same",
            "vCPUs", "another number of vCPUs: rates are per VM",
            "PLE", "PLE differs: without PLE exits spinning looks like work",
            "PLE windows", "PLE windows differ",
            "recorded setting", "another setting, by what the log shows: all that differs may come of it"));

    private static final List<String> SHOWN = List.of(
            "trace",
            "schedule",
            "kernel",
            "recorded setting",
            "virtualisation",
            "producer",
            "resolution_ns",
            "pCPUs",
            "VMs",
            "vCPUs",
            "PLE",
            "PLE windows");

    /** A fact of both, and why it matters that they differ, empty where it does not. */
    record Row(String fact, String a, String b, String doubt) {}

    private Context() {}

    /** Doubts first. */
    static List<Row> rows(Comparison comparison) {
        Side a = comparison.a().get(0);
        Side b = comparison.b().get(0);
        List<Row> rows = new ArrayList<>();
        for (String fact : SHOWN) {
            String left = a.facts().text(fact);
            String right = b.facts().text(fact);
            if (!left.isEmpty() || !right.isEmpty()) {
                rows.add(new Row(
                        fact,
                        left,
                        right,
                        left.equals(right) || left.isEmpty() || right.isEmpty() ? "" : DOUBTS.getOrDefault(fact, "")));
            }
        }
        rows.add(new Row(
                "seconds compared",
                seconds(a),
                seconds(b),
                Needs.missing("A", withoutLoss(a)) + Needs.missing("B", withoutLoss(b))));
        rows.add(new Row(
                "recordings", "" + comparison.a().size(), "" + comparison.b().size(), ""));
        rows.add(new Row("blocks", blocks(a), blocks(b), ""));
        rows.add(new Row(
                "events lost",
                lost(a),
                lost(b),
                a.facts().lost() + b.facts().lost() > 0 ? "what was lost is missing in every rate" : ""));
        tracepoints(a, b, rows);
        return sorted(rows);
    }

    private static Side withoutLoss(Side side) {
        return new Side(new Side.Facts(Map.of()), side.vms(), side.grid(), side.counts());
    }

    private static List<Row> sorted(List<Row> rows) {
        List<Row> sorted = new ArrayList<>(
                rows.stream().filter(row -> !row.doubt().isEmpty()).toList());
        sorted.addAll(rows.stream().filter(row -> row.doubt().isEmpty()).toList());
        return sorted;
    }

    private static void tracepoints(Side a, Side b, List<Row> rows) {
        if (!a.facts().isRecorded() || !b.facts().isRecorded()) {
            return;
        }
        TreeSet<String> left =
                new TreeSet<>(Arrays.asList(a.facts().text("tracepoints").split(" ", -1)));
        TreeSet<String> right =
                new TreeSet<>(Arrays.asList(b.facts().text("tracepoints").split(" ", -1)));
        TreeSet<String> onlyLeft = new TreeSet<>(left);
        onlyLeft.removeAll(right);
        right.removeAll(left);
        if (!onlyLeft.isEmpty() || !right.isEmpty()) {
            rows.add(new Row(
                    "tracepoints of one alone",
                    String.join(" ", onlyLeft),
                    String.join(" ", right),
                    "what never happened leaves none either"));
        }
    }

    private static String seconds(Side side) {
        return String.format(
                Locale.ROOT, "%.3f", side.grid().cells() * side.grid().cellNs() / 1e9);
    }

    private static String blocks(Side side) {
        return side.grid().blocks() + " of " + side.grid().blockNs() / 1_000_000 + " ms";
    }

    private static String lost(Side side) {
        return side.facts().number("events lost") + " of "
                + (side.facts().number("events lost") + side.facts().number("events"));
    }
}
