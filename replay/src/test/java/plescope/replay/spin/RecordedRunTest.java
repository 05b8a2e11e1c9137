package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.model.Roster;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wait;
import plescope.replay.testing.RecordingScheduleSink;
import plescope.replay.testing.TraceRuns;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;

/** Recorded runs against what is known about them: thread maps, event counts, symbols. */
class RecordedRunTest {
    private static final Pattern VCPU_THREAD =
            Pattern.compile("\"(\\d+)\":\\s*\\{[^}]*\"vm\":\\s*\"(\\w+)\",\\s*\"vcpu\":\\s*\\d+");
    private static final Pattern PAUSES = Pattern.compile("\"exit_reasons\":\\s*\\{[^}]*\"pause\":\\s*(\\d+)");

    private record Result(RecordingScheduleSink schedule, TimelineSummary timeline, SpinSummary spin) {}

    static Stream<Path> runs() throws IOException {
        return TraceRuns.traced().stream();
    }

    private static Result detect(Path run, GuestSymbols symbols) throws IOException {
        RecordingScheduleSink schedule = new RecordingScheduleSink();
        SpinDetector detector = new SpinDetector(SpinOptions.DEFAULT, symbols, schedule);
        TimelineBuilder builder = new TimelineBuilder(ThreadMap.EMPTY, detector);
        try (TraceReader reader = TraceReader.open(TraceRuns.log(run), ReadOptions.LENIENT)) {
            reader.read(builder::accept);
        }
        TimelineSummary timeline = builder.finish();
        return new Result(schedule, timeline, detector.finish(timeline.roster()));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyRunIsGroupedCountedAndCoveredWithoutGaps(Path run) throws IOException {
        Result result = detect(run, GuestSymbols.NONE);

        Roster roster = result.timeline.roster();
        Map<Integer, Set<Integer>> inferred = new TreeMap<>();
        roster.vcpus().forEach(v -> inferred.computeIfAbsent(v.vm(), k -> new TreeSet<>())
                .add(v.tid()));
        Set<Integer> seen = new TreeSet<>();
        inferred.values().forEach(seen::addAll);
        List<Set<Integer>> mapped = vms(run, seen);
        // The map was made at the end: a VM that died during the recording is not in it, and must stay apart.
        Set<Integer> known = new TreeSet<>();
        mapped.forEach(known::addAll);
        inferred.values().removeIf(group -> group.stream().noneMatch(known::contains));
        assertThat(inferred.values()).containsExactlyInAnyOrderElementsOf(mapped);

        Matcher pauses = PAUSES.matcher(Files.readString(run.resolve("summary.json")));
        long expected = pauses.find() ? Long.parseLong(pauses.group(1)) : 0;
        assertThat(result.spin.pauseExits()).isEqualTo(expected);
        assertThat(result.schedule.exits.stream().filter(e -> e.reason().isPause()))
                .hasSize((int) expected);
        assertThat(result.schedule.yields).hasSize((int) expected);
        assertThat(result.schedule.episodes.stream()
                        .mapToLong(SpinEpisode::pleExits)
                        .sum())
                .isEqualTo(expected);
        assertThat(result.schedule.early).isEmpty();
        assertCovered(result);
    }

    private static void assertCovered(Result result) {
        long[] at = new long[result.timeline.roster().vcpus().size()];
        for (VcpuInterval i : result.schedule.intervals) {
            assertThat(i.startNs()).isEqualTo(at[i.vcpu()]);
            at[i.vcpu()] = i.endNs();
        }
        assertThat(at).containsOnly(result.timeline.endNs());
    }

    private static List<Set<Integer>> vms(Path run, Set<Integer> seen) throws IOException {
        Map<String, Set<Integer>> byVm = new TreeMap<>();
        Matcher thread = VCPU_THREAD.matcher(Files.readString(run.resolve("tidmap.json")));
        while (thread.find()) {
            int tid = Integer.parseInt(thread.group(1));
            if (seen.contains(tid)) {
                byVm.computeIfAbsent(thread.group(2), k -> new TreeSet<>()).add(tid);
            }
        }
        return List.copyOf(byVm.values());
    }

    /** In Linux guests symbols tell locks from IPIs; without symbols the verdict must hardly ever say the other one. */
    @Test
    void causesWithoutSymbolsAgreeWithSymbols() throws IOException {
        Path map = TraceRuns.folder().resolve("symbols/guest-linux-6.1.0-56-amd64.System.map");
        GuestSymbols symbols;
        try (Stream<String> lines = Files.lines(map)) {
            symbols = GuestSymbols.parse(GuestSymbols.EVERY_VM, lines);
        }
        for (String name : List.of("61-linux-mix-ple-pooled-perf", "612-linux-mix-ple-pooled-perf")) {
            Path run = TraceRuns.folder().resolve(name);
            Map<Long, Boolean> isLock = new HashMap<>();
            for (Wait wait : detect(run, symbols).schedule.waits) {
                assertThat(wait.evidence()).isEqualTo(Wait.Evidence.DIRECT);
                isLock.put(wait.episode(), wait.cause() == Wait.Cause.LOCK);
            }
            int decided = 0;
            int agree = 0;
            List<Wait> inferred = detect(run, GuestSymbols.NONE).schedule.waits;
            for (Wait wait : inferred) {
                if (wait.cause() != Wait.Cause.UNKNOWN) {
                    decided++;
                    agree += isLock.get(wait.episode()) == (wait.cause() == Wait.Cause.LOCK) ? 1 : 0;
                }
            }
            assertThat(agree).as(name).isGreaterThan(decided * 98 / 100);
            assertThat(decided).as(name).isGreaterThan(inferred.size() * 90 / 100);
        }
    }

    /** Ticket guests spin in 3000 PAUSEs of 22.2 ns (66.6 us); both kernels run on the same emulated CPU. */
    @Test
    void windowUnitIsTheSameOnBothKernels() throws IOException {
        for (String name : List.of("61-ticket-ple-pooled-perf", "612-ticket-ple-pooled-perf")) {
            SpinSummary spin = detect(TraceRuns.folder().resolve(name), GuestSymbols.NONE).spin;

            assertThat(spin.unitPicos()).as(name).isBetween(21_700L, 22_700L);
            assertThat(spin.baseWindow()).isEqualTo(3000);
            assertThat(spin.windowEvents()).isTrue();
            assertThat(spin.loops()).isEqualTo(1);
        }
    }
}
