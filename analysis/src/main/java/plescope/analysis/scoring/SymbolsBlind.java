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
 * @param counts by the cause that symbols name, then by the cause told without
 */
public record SymbolsBlind(String log, Map<Cause, Map<Cause, Long>> counts) {
    /** Reads a log twice, with symbols and without. */
    public static SymbolsBlind of(Path log, ReadOptions options, ThreadMap threads, GuestSymbols symbols)
            throws IOException {
        Map<Long, Wait> named = waits(log, options, threads, symbols);
        Map<Long, Wait> blind = waits(log, options, threads, GuestSymbols.NONE);
        Map<Cause, Map<Cause, Long>> counts = new EnumMap<>(Cause.class);
        for (Map.Entry<Long, Wait> entry : named.entrySet()) {
            Wait told = blind.get(entry.getKey());
            if (entry.getValue().evidence() == Wait.Evidence.DIRECT && told != null) {
                counts.computeIfAbsent(entry.getValue().cause(), c -> new EnumMap<>(Cause.class))
                        .merge(told.cause(), 1L, Long::sum);
            }
        }
        return new SymbolsBlind(log.toString(), counts);
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

    /** Share of the waits that were told apart as lock or IPI at all and rightly so; NaN without any. */
    public double precision() {
        long right = 0;
        long answered = 0;
        for (Cause named : Cause.values()) {
            for (Cause told : Cause.values()) {
                if (told != Cause.UNKNOWN) {
                    answered += count(named, told);
                    right += (named == Cause.LOCK) == (told == Cause.LOCK) ? count(named, told) : 0;
                }
            }
        }
        return answered == 0 ? Double.NaN : (double) right / answered;
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
