package plescope.analysis.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plescope.analysis.report.ReportTable;
import plescope.replay.model.Roster;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;

/** Holds stored predictions against {@link FailOn}: means over the trials, per setting. */
final class PredictionGate {
    private static final String HOST = "host";

    private final ReportTable predictions;

    /** @param predictions the report of that name */
    PredictionGate(ReportTable predictions) {
        this.predictions = predictions;
    }

    /** Names every condition that holds under a setting. @return whether any does */
    boolean found(FailOn failOn, PrintStream err) {
        Map<String, Map<String, Map<Measure, Double>>> predicted = values("predicted");
        Map<String, Map<String, Map<Measure, Double>>> identity = values("identity");
        boolean any = false;
        for (String setting : predicted.keySet()) {
            Roster roster = roster(predicted.get(setting));
            failOn.check(roster);
            any |= failOn.holds(
                    setting,
                    roster,
                    measures(predicted.get(setting), roster),
                    measures(identity.get(setting), roster),
                    err);
        }
        return any;
    }

    /** By setting, then by VM or host. */
    private Map<String, Map<String, Map<Measure, Double>>> values(String column) {
        int setting = column("setting");
        int vm = column("vm");
        int measure = column("measure");
        int value = column(column);
        Map<String, Map<String, Map<Measure, Double>>> values = new LinkedHashMap<>();
        for (List<Object> row : predictions.rows()) {
            Map<Measure, Double> measures = values.computeIfAbsent(
                            (String) row.get(setting), any -> new LinkedHashMap<>())
                    .computeIfAbsent((String) row.get(vm), any -> new HashMap<>());
            Measure known = Measure.find((String) row.get(measure));
            if (known != null && row.get(value) instanceof Number number) {
                measures.put(known, number.doubleValue());
            }
        }
        return values;
    }

    private int column(String name) {
        List<String> names =
                predictions.columns().stream().map(ReportTable.Column::name).toList();
        return names.indexOf(name);
    }

    private static Roster roster(Map<String, Map<Measure, Double>> scopes) {
        List<Roster.Vm> vms = new ArrayList<>();
        for (String name : scopes.keySet()) {
            if (!name.equals(HOST)) {
                vms.add(new Roster.Vm(vms.size(), name, -1, Roster.Grouping.INFERRED));
            }
        }
        return new Roster(vms, List.of(), List.of(), 0);
    }

    private static Measures measures(Map<String, Map<Measure, Double>> scopes, Roster roster) {
        return new Measures(
                roster.vms().stream().map(vm -> scopes.get(vm.name())).toList(),
                scopes.getOrDefault(HOST, Map.of()),
                List.of());
    }
}
