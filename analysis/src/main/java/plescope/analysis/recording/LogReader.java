package plescope.analysis.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.calibration.HostCalibrator;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.fidelity.PickFingerprint;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSummary;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.TimelineSummary;

/**
 * Strings the first stages together: log text, timeline, spin episodes. Nothing else does. Where several threads may read, spin is found
 * on one of its own.
 *
 * @param options how strictly to read
 * @param threads who is who, where the user knows better than the log
 * @param symbols guest functions
 */
public record LogReader(ReadOptions options, ThreadMap threads, GuestSymbols symbols) {
    /** Reads a log to its end and tells its schedule to the listener, which may work on another thread until this returns. */
    public LogReading read(TraceReader reader, ScheduleSink listener) throws IOException {
        return readUntil(reader, Long.MAX_VALUE, listener);
    }

    /** The same as if nothing had been recorded from {@code endNs} on. */
    LogReading readUntil(TraceReader reader, long endNs, ScheduleSink listener) throws IOException {
        HostCalibrator calibrator = new HostCalibrator();
        SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, symbols, ScheduleSink.both(listener, calibrator));
        Rebuilt rebuilt;
        if (options.threads() == 1) {
            rebuilt = rebuild(reader, endNs, spin);
        } else {
            try (TimelineHandOver aside = new TimelineHandOver("plescope-spin", spin)) {
                rebuilt = rebuild(reader, endNs, aside);
                aside.finish();
            }
        }
        Roster roster = rebuilt.timeline().roster();
        SpinSummary spun = spin.finish(roster);
        RecordedHost host = RecordedHost.of(rebuilt.summary(), spun, calibrator, roster);
        return new LogReading(rebuilt.summary(), rebuilt.timeline(), spun, host, null);
    }

    private record Rebuilt(ReadSummary summary, TimelineSummary timeline) {}

    private Rebuilt rebuild(TraceReader reader, long endNs, TimelineSink sink) throws IOException {
        TimelineBuilder timeline = new TimelineBuilder(threads, sink);
        ReadSummary summary = reader.read(event -> {
            if (event.timestampNs() < endNs) {
                timeline.accept(event);
            }
        });
        return new Rebuilt(summary, timeline.finish());
    }

    /** The reading with its scheduler told by the log's picks where nothing else tells it: reads the log once more. */
    public LogReading settle(LogReading reading, List<Path> files) throws IOException {
        if (!reading.host().setting().assumed()) {
            return reading;
        }
        PickFingerprint picks = new PickFingerprint(
                reading.timeline().roster(),
                reading.summary().spanNs(),
                reading.spin().pauseExits() > 0);
        try (TraceReader reader = TraceReader.open(files, options)) {
            reader.read(picks::accept);
        }
        return reading.on(reading.host().under(picks.settle(reading.host().setting())));
    }
}
