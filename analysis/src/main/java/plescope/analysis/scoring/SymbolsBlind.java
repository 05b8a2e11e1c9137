package plescope.analysis.scoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;
import plescope.replay.model.Wait.Cause;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

/**
 * Causes told from timing alone against causes named by guest symbols, wait by wait of one log.
 *
 * @param log its name, for the reader
 * @param counts by the cause that symbols name, then by the cause told without
 * @param suspects whom the two readings name
 */
public record SymbolsBlind(String log, Map<Cause, Map<Cause, Long>> counts, Suspects suspects) {
    /**
     * Whom both readings name.
     *
     * @param both waits where each names somebody
     * @param same those where they name the same
     */
    public record Suspects(long both, long same) {
        static final Suspects NONE = new Suspects(0, 0);

        Suspects plus(Suspects other) {
            return new Suspects(both + other.both, same + other.same);
        }

        private static Suspects of(Wait named, Wait told) {
            boolean both = named.culprit() >= 0 && told.culprit() >= 0;
            return new Suspects(both ? 1 : 0, both && named.culprit() == told.culprit() ? 1 : 0);
        }
    }

    /** Reads a log twice, with symbols and without. */
    public static SymbolsBlind of(String name, Path log, ReadOptions options, ThreadMap threads, GuestSymbols symbols)
            throws IOException {
        Map<Long, Wait> named = waits(log, options, threads, symbols);
        Map<Long, Wait> blind = waits(log, options, threads, GuestSymbols.NONE);
        Map<Cause, Map<Cause, Long>> counts = new EnumMap<>(Cause.class);
        Suspects suspects = Suspects.NONE;
        for (Map.Entry<Long, Wait> entry : named.entrySet()) {
            Wait told = blind.get(entry.getKey());
            if (entry.getValue().evidence() == Wait.Evidence.DIRECT && told != null) {
                counts.computeIfAbsent(entry.getValue().cause(), c -> new EnumMap<>(Cause.class))
                        .merge(told.cause(), 1L, Long::sum);
                suspects = suspects.plus(Suspects.of(entry.getValue(), told));
            }
        }
        return new SymbolsBlind(name, counts, suspects);
    }

    /** Waits whose function has a name. */
    public long named() {
        return counts.values().stream()
                .flatMap(told -> told.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Waits with that cause by symbols, told as {@code told} without. */
    public long count(Cause named, Cause told) {
        return counts.getOrDefault(named, Map.of()).getOrDefault(told, 0L);
    }

    /** Of those, the ones told as lock or IPI without symbols. */
    public long told() {
        return sum(false);
    }

    /** Of those, the ones told rightly. */
    public long right() {
        return sum(true);
    }

    /** Share of the waits told as lock or IPI that is right; NaN without any. */
    public double precision() {
        return told() == 0 ? Double.NaN : (double) right() / told();
    }

    private long sum(boolean rightOnly) {
        long sum = 0;
        for (Cause named : Cause.values()) {
            for (Cause told : Cause.values()) {
                boolean right = (named == Cause.LOCK) == (told == Cause.LOCK);
                sum += told != Cause.UNKNOWN && (right || !rightOnly) ? count(named, told) : 0;
            }
        }
        return sum;
    }

    /** Verdicts by the line of the first PLE exit, which is the same in both readings. */
    private static Map<Long, Wait> waits(Path log, ReadOptions options, ThreadMap threads, GuestSymbols symbols)
            throws IOException {
        Map<Long, Long> lineOf = new HashMap<>();
        Map<Long, Wait> waits = new HashMap<>();
        SelectiveSink sink = new SelectiveSink() {
            @Override
            public void episode(SpinEpisode episode) {
                lineOf.put(episode.id(), episode.firstLine());
            }

            @Override
            public void waited(Wait wait) {
                waits.put(lineOf.remove(wait.episode()), wait);
            }
        };
        try (TraceReader reader = TraceReader.open(log, options)) {
            SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, symbols, sink);
            TimelineBuilder timeline = new TimelineBuilder(threads, spin);
            reader.read(timeline::accept);
            spin.finish(timeline.finish().roster());
        }
        return waits;
    }
}
