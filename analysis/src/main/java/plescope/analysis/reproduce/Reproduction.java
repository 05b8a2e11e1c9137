package plescope.analysis.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One figure, reproduced.
 *
 * @param before level of the metric in the run the change is counted from
 * @param ours the predicted change in percent, or the predicted level
 * @param order pairs of the figure's order group that rank as published, of those it is in; empty without a group
 */
record Reproduction(Figure figure, Interval before, Interval ours, Verdict verdict, String order) {
    /** Judges all figures, in their order. */
    static List<Reproduction> of(List<Figure> figures, Trials trials) {
        Map<Figure, Interval> ours = new LinkedHashMap<>();
        Map<Figure, Interval> levels = new LinkedHashMap<>();
        for (Figure figure : figures) {
            double[] before = trials.values(figure, figure.before());
            double[] after = trials.values(figure, figure.after());
            levels.put(figure, Interval.ofLevels(before));
            ours.put(figure, figure.expect().level() ? Interval.ofLevels(after) : Interval.ofChanges(before, after));
        }
        List<Reproduction> all = new ArrayList<>();
        for (Figure figure : figures) {
            Interval predicted = ours.get(figure);
            all.add(new Reproduction(
                    figure,
                    levels.get(figure),
                    predicted,
                    Verdict.of(figure.expect(), predicted),
                    order(figure, ours)));
        }
        return all;
    }

    /** How the figure ranks among those of its group: concordant pairs, as in Kendall's tau. */
    private static String order(Figure figure, Map<Figure, Interval> ours) {
        if (figure.order().isEmpty()) {
            return "";
        }
        int pairs = 0;
        int asPublished = 0;
        for (Map.Entry<Figure, Interval> entry : ours.entrySet()) {
            Figure other = entry.getKey();
            if (other.id().equals(figure.id())
                    || !other.order().equals(figure.order())
                    || other.published() == figure.published()) {
                continue;
            }
            pairs++;
            double here = ours.get(figure).middle() - entry.getValue().middle();
            asPublished += here * (figure.published() - other.published()) > 0 ? 1 : 0;
        }
        return asPublished + " of " + pairs;
    }
}
