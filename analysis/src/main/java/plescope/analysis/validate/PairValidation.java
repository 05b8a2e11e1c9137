package plescope.analysis.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Ensemble;
import plescope.replay.whatif.EnsemblePlan;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.Judge;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Prediction;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.ScheduleKeeper;
import plescope.replay.whatif.Verdict;
import plescope.replay.whatif.WhatIf;

/**
 * Predicts each recording of a pair from the other and compares.
 *
 * @param traces where recordings lie
 * @param recordings reads them; the one replayed is held, of others only what they measured
 */
public record PairValidation(TraceFolder traces, Recordings recordings, Knobs knobs, EnsemblePlan plan, int jobs) {
    /** One replayed recording and all that is asked of it: the same direction of one pair, for each of its VMs. */
    private record Direction(String id, String from, String to, List<Pair> vms) {}

    /** Hears how far it is; for a terminal. */
    public interface Progress {
        void asked(String from, String to);
    }

    /** All pairs in their order, each in both directions. */
    public List<Comparison> both(List<Pair> pairs, Progress progress) throws IOException {
        Map<String, Direction> directions = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            collect(directions, pair, ">");
            collect(directions, pair.reversed(), "<");
        }
        return compare(directions, progress);
    }

    /** One direction only: {@code traceB} from {@code traceA}. */
    public List<Comparison> forward(List<Pair> pairs, Progress progress) throws IOException {
        Map<String, Direction> directions = new LinkedHashMap<>();
        pairs.forEach(pair -> collect(directions, pair, ">"));
        return compare(directions, progress);
    }

    private static void collect(Map<String, Direction> directions, Pair pair, String way) {
        directions
                .computeIfAbsent(
                        pair.id() + way,
                        key -> new Direction(
                                pair.id(), pair.a().trace(), pair.b().trace(), new ArrayList<>()))
                .vms()
                .add(pair);
    }

    private List<Comparison> compare(Map<String, Direction> directions, Progress progress) throws IOException {
        Recent recent = new Recent();
        List<Comparison> comparisons = new ArrayList<>();
        for (Direction direction : directions.values()) {
            progress.asked(direction.from(), direction.to());
            comparisons.addAll(compare(direction, recent));
        }
        return comparisons;
    }

    /** The two recordings read last: both directions of a pair need the same two. */
    private final class Recent {
        private final Map<String, Recording> read = new LinkedHashMap<>();

        private Recording of(String trace, Path file) throws IOException {
            Recording known = read.remove(trace);
            if (known == null) {
                if (read.size() > 1) {
                    read.remove(read.keySet().iterator().next());
                }
                known = recordings.read(trace, file);
            }
            read.put(trace, known);
            return known;
        }
    }

    private List<Comparison> compare(Direction direction, Recent recent) throws IOException {
        Optional<Path> from = traces.find(direction.from());
        Optional<Path> to = traces.find(direction.to());
        if (from.isEmpty() || to.isEmpty()) {
            String missing = from.isEmpty() ? direction.from() : direction.to();
            return without(direction, Judgement.SKIPPED, "", "no log of " + missing);
        }
        Recording asked = recent.of(direction.to(), to.get());
        Recording replayed = recent.of(direction.from(), from.get());
        Pair first = direction.vms().get(0);
        String question = "";
        try {
            if (replayed.roster().vms().size() < direction.vms().size()) {
                throw new IllegalArgumentException(
                        "the log shows " + replayed.roster().vms().size() + " VMs");
            }
            Recording told = told(replayed, knobs.told(first, replayed, asked));
            WhatIf whatIf = knobs.asked(first, told, asked);
            question = whatIf.text();
            Ensemble ensemble = Ensemble.of(told, plan, List.of(whatIf), jobs, ScheduleKeeper.NONE);
            return compare(direction, new Judge(ensemble), told, asked, question);
        } catch (IllegalArgumentException e) {
            return without(direction, Judgement.CANNOT_ANSWER, question, e.getMessage());
        }
    }

    private static List<Comparison> without(Direction direction, Judgement judgement, String question, String reason) {
        return direction.vms().stream()
                .map(pair -> Comparison.without(pair, judgement, question, reason))
                .toList();
    }

    /** The recording with what its log does not show about its host. */
    private static Recording told(Recording recording, WhatIf truth) {
        if (truth.changes().isEmpty()) {
            return recording;
        }
        RecordedHost host = recording.host();
        RecordedSetting setting = host.setting();
        Experiment experiment =
                truth.apply(new Experiment(recording.work().draw(0), host.model(), Setting.parse(setting.setting())));
        RecordedSetting known = new RecordedSetting(
                experiment.setting().toString(), setting.origin(), setting.assumed(), setting.reason());
        return new Recording(
                recording.name(),
                recording.roster(),
                recording.work(),
                new RecordedHost(experiment.host(), known, host.yields()),
                recording.measured(),
                recording.spin(),
                recording.spinReason());
    }

    private static List<Comparison> compare(
            Direction direction, Judge judge, Recording replayed, Recording asked, String question) {
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < direction.vms().size(); i++) {
            Pair pair = direction.vms().get(i);
            // Both list VMs by their threads' ids; labels of truth are in the same order.
            Prediction throughput = judge.prediction(1, i, Measure.THROUGHPUT);
            Prediction exits = judge.prediction(1, i, Measure.PLE_EXITS);
            double measuredExits = asked.measured().of(i, Measure.PLE_EXITS) / exits.recorded();
            Judgement judgement = Judgement.of(pair, throughput);
            String reason = judgement == Judgement.CANNOT_ANSWER ? reason(throughput.verdict(), replayed) : "";
            comparisons.add(new Comparison(pair, question, throughput, exits, measuredExits, judgement, reason));
        }
        return comparisons;
    }

    private static String reason(Verdict verdict, Recording replayed) {
        return verdict == Verdict.SPIN_NOT_RECORDED ? replayed.spinReason() : verdict.text(Measure.THROUGHPUT);
    }
}
