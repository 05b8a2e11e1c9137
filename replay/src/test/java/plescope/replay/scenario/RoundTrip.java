package plescope.replay.scenario;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wait;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSummary;
import plescope.replay.testing.RecordingScheduleSink;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadExtractor;

/** What reading a synthetic log makes of it, beside the truth. */
record RoundTrip(
        SyntheticSample truth,
        ReadSummary read,
        TimelineSummary timeline,
        SpinSummary spin,
        RecordingScheduleSink seen,
        Workload extracted) {

    /**
     * How well one question was answered.
     *
     * @param asked true episodes that have an answer
     * @param answered detected episodes that give one
     * @param right of those, the true one
     */
    record Score(int asked, int answered, int right) {
        double precision() {
            return (double) right / answered;
        }

        double recall() {
            return (double) right / asked;
        }

        @Override
        public String toString() {
            return "precision " + percent(precision()) + " recall " + percent(recall()) + " (" + right + " right of "
                    + answered + " answers, " + asked + " asked)";
        }

        private static String percent(double share) {
            return Math.round(share * 1000) / 10.0 + " %";
        }
    }

    static RoundTrip of(SyntheticSample truth) throws IOException {
        RecordingScheduleSink seen = new RecordingScheduleSink();
        WorkloadExtractor extractor = new WorkloadExtractor();
        SpinDetector detector =
                new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, ScheduleSink.both(seen, extractor));
        TimelineBuilder builder = new TimelineBuilder(ThreadMap.EMPTY, detector);
        byte[] text = SyntheticSample.file(truth.text()).getBytes(StandardCharsets.UTF_8);
        try (TraceReader reader =
                TraceReader.open(new ByteArrayInputStream(text), "synthetic-convoy", ReadOptions.LENIENT)) {
            ReadSummary read = reader.read(builder::accept);
            TimelineSummary timeline = builder.finish();
            SpinSummary spin = detector.finish(timeline.roster());
            Workload extracted = extractor.extract(timeline.roster(), read.spanNs());
            return new RoundTrip(truth, read, timeline, spin, seen, extracted);
        }
    }

    Roster trueRoster() {
        return truth.roster();
    }

    /** The scenario's index of a vCPU that the timeline found: threads have the same ids in both. */
    int trueVcpu(int found) {
        int tid = timeline.roster().vcpus().get(found).tid();
        return trueRoster().vcpus().stream()
                .filter(vcpu -> vcpu.tid() == tid)
                .findFirst()
                .orElseThrow()
                .index();
    }

    /** Time of the scenario at the timeline's time 0. */
    long offsetNs() {
        return read.firstTimestampNs() - SyntheticSample.START_NS;
    }

    /** Time the timeline gives a vCPU in some states. */
    long seenNs(int found, Predicate<VcpuState> states) {
        return seen.intervals.stream()
                .filter(i -> i.vcpu() == found && states.test(i.state()))
                .mapToLong(VcpuInterval::durationNs)
                .sum();
    }

    /** Time the vCPU really spent in them, from where the log first shows it to where it last does. */
    long trueNs(int found, Predicate<VcpuState> states) {
        long from = Long.MAX_VALUE;
        long to = 0;
        for (VcpuInterval i : seen.intervals) {
            if (i.vcpu() == found && i.state() != VcpuState.UNKNOWN) {
                from = Math.min(from, offsetNs() + i.startNs());
                to = Math.max(to, offsetNs() + i.endNs());
            }
        }
        long time = 0;
        for (VcpuInterval i : truth.schedule().intervals) {
            if (i.vcpu() == trueVcpu(found) && states.test(i.state())) {
                time += Math.max(0, Math.min(i.endNs(), to) - Math.max(i.startNs(), from));
            }
        }
        return time;
    }

    /** Guest time of a VM in PAUSE loops, as detected, over the true one. */
    double spinRatio(int vm) {
        long detected = 0;
        long real = 0;
        for (Roster.Vcpu vcpu : timeline.roster().vcpus()) {
            if (vcpu.vm() == vm) {
                detected += seenNs(vcpu.index(), VcpuState.SPINNING::equals);
                real += trueNs(vcpu.index(), VcpuState.SPINNING::equals);
            }
        }
        return (double) detected / real;
    }

    /** Guest work extracted for a vCPU over what it really did. */
    double workRatio(int found) {
        return (double) extracted.work(found).totalWorkNs()
                / truth.summary().vcpus().get(trueVcpu(found)).workNs();
    }

    /** True episodes that some detected episode has the first PAUSE exit of. */
    long episodesFound() {
        return trueEpisodes().values().stream().distinct().count();
    }

    /** Whether causes are told: of waits for locks, for IPIs. */
    Score causes() {
        Map<Long, Long> trueEpisodeOf = trueEpisodes();
        int answered = 0;
        int right = 0;
        for (Wait wait : seen.waits) {
            Wait real = trueWait(wait.episode(), trueEpisodeOf);
            if (wait.cause() != Wait.Cause.UNKNOWN && real != null) {
                answered++;
                right += isLock(wait) == isLock(real) ? 1 : 0;
            }
        }
        return new Score(truth.schedule().waits.size(), answered, right);
    }

    /** Whether the likeliest suspect is the one. */
    Score culprits(Wait.Cause of) {
        Map<Long, Long> trueEpisodeOf = trueEpisodes();
        int answered = 0;
        int right = 0;
        for (Wait wait : seen.waits) {
            Wait real = trueWait(wait.episode(), trueEpisodeOf);
            if (real != null
                    && real.cause() == of
                    && !real.candidates().isEmpty()
                    && !wait.candidates().isEmpty()) {
                answered++;
                int suspect = trueVcpu(wait.candidates().get(0).vcpu());
                right += suspect == real.candidates().get(0).vcpu() ? 1 : 0;
            }
        }
        int asked = (int) truth.schedule().waits.stream()
                .filter(wait -> wait.cause() == of && !wait.candidates().isEmpty())
                .count();
        return new Score(asked, answered, right);
    }

    private static boolean isLock(Wait wait) {
        return wait.cause() == Wait.Cause.LOCK;
    }

    private Wait trueWait(long episode, Map<Long, Long> trueEpisodeOf) {
        Long real = trueEpisodeOf.get(episode);
        return real == null
                ? null
                : truth.schedule().waits.stream()
                        .filter(wait -> wait.episode() == real)
                        .findFirst()
                        .orElseThrow();
    }

    /** By detected episode, the true one of its first PAUSE exit that no other detected episode has taken. */
    private Map<Long, Long> trueEpisodes() {
        Map<String, Long> byExit = new HashMap<>();
        for (DirectedYield yield : truth.schedule().yields) {
            byExit.put(yield.spinner() + " " + (SyntheticSample.START_NS + yield.exitNs()) / 1000, yield.episode());
        }
        Map<Long, Long> matched = new HashMap<>();
        for (DirectedYield yield : seen.yields) {
            long clockUs = (read.firstTimestampNs() + yield.exitNs()) / 1000;
            Long real = byExit.get(trueVcpu(yield.spinner()) + " " + clockUs);
            if (real != null && !matched.containsValue(real)) {
                matched.putIfAbsent(yield.episode(), real);
            }
        }
        return matched;
    }

    /** Detected episodes with PLE exits: those without are beyond the truth's reach. */
    long episodesWithExits() {
        return seen.episodes.stream()
                .mapToInt(SpinEpisode::pleExits)
                .filter(exits -> exits > 0)
                .count();
    }

    /** Guest work of a VM's vCPUs per second of simulated time in a replay of what was extracted. */
    double replayedRate(SimulationSummary replay, int vm) {
        long work = 0;
        for (Roster.Vcpu vcpu : timeline.roster().vcpus()) {
            work += vcpu.vm() == vm ? replay.vcpus().get(vcpu.index()).workNs() : 0;
        }
        return (double) work / replay.elapsedNs();
    }

    /** The same in the run that the log shows. */
    double trueRate(int vm) {
        long work = 0;
        for (Roster.Vcpu vcpu : trueRoster().vcpus()) {
            work += vcpu.vm() == vm ? truth.summary().vcpus().get(vcpu.index()).workNs() : 0;
        }
        return (double) work / truth.summary().elapsedNs();
    }
}
