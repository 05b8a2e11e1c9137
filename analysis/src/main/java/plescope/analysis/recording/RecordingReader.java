package plescope.analysis.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import plescope.analysis.store.RecordedTrace;
import plescope.analysis.store.ScheduleReader;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.YieldTally;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.whatif.Recording;
import plescope.replay.workload.ScheduleCut;
import plescope.replay.workload.text.WorkloadFile;
import plescope.replay.workload.text.WorkloadReader;

/**
 * Reads what replays start from: a log, a plescope database, or a workload file, told apart by their content.
 *
 * @param options how strictly to read a log
 * @param threads who is who, where the user knows better than the log
 * @param symbols guest functions
 * @param recorded what the log was recorded under, null to take what the log itself tells
 * @param mostRows of a log's or database's schedule that fit into memory
 */
public record RecordingReader(
        ReadOptions options, ThreadMap threads, GuestSymbols symbols, Setting recorded, long mostRows) {
    /** As many rows as this process has memory for. */
    public RecordingReader(ReadOptions options, ThreadMap threads, GuestSymbols symbols, Setting recorded) {
        this(options, threads, symbols, recorded, BoundedSink.rowsThatFit());
    }

    /** Reads a file of any of the three kinds. */
    public Recording read(Path file) throws IOException {
        try (RecordingInput input = RecordingInput.open(file)) {
            return read(input, TimeWindow.ALL).recording();
        }
    }

    /** Reads a part of a log or database, or all of a workload file. @throws IllegalArgumentException for a part that is not there */
    public SourcedRecording read(RecordingInput input, TimeWindow window) throws IOException {
        return switch (input.kind()) {
            case LOG -> log(input, window);
            case DATABASE -> database(input, window);
            case WORKLOAD -> workload(input, window);
        };
    }

    private SourcedRecording log(RecordingInput input, TimeWindow window) throws IOException {
        if (window.isAll()) {
            RecordingMaker maker = new RecordingMaker(symbols, recorded, mostRows);
            LogReading log = readLog(input, maker.listener());
            Recording recording = maker.make(
                    input.name(), log.timeline().roster(), log.summary().spanNs(), log.host());
            return sourced(recording, log, 0);
        }
        if (!input.isReadable()) {
            throw new IllegalArgumentException(
                    "--time needs a file: where the window lies is known when it was read once");
        }
        ReadSummary whole;
        try (TraceReader reader = TraceReader.open(input.files(), options)) {
            whole = reader.read(event -> {});
        }
        TimeWindow.Stretch stretch = window.within(whole.firstTimestampNs(), whole.spanNs());
        RecordingMaker maker = new RecordingMaker(symbols, recorded, mostRows);
        ScheduleCut cut = new ScheduleCut(stretch.fromNs(), stretch.toNs(), maker.listener());
        LogReading log = readLog(input, cut);
        Recording recording =
                maker.make(input.name(), log.timeline().roster(), stretch.toNs() - stretch.fromNs(), log.host());
        return sourced(recording, log, cut.opened());
    }

    private LogReading readLog(RecordingInput input, ScheduleSink listener) throws IOException {
        LogReader logs = new LogReader(options, threads, symbols);
        try (TraceReader reader = input.log(options)) {
            LogReading log = logs.read(reader, listener);
            return recorded == null && input.isReadable() ? logs.settle(log, input.files()) : log;
        }
    }

    private static SourcedRecording sourced(Recording recording, LogReading log, long opened) {
        String kernel = log.summary().kernel().release();
        return new SourcedRecording(
                recording, log.summary().format().label(), kernel == null ? "" : kernel, opened, log);
    }

    private SourcedRecording database(RecordingInput input, TimeWindow window) {
        try (ScheduleReader reader = ScheduleReader.open(input.file())) {
            RecordedTrace trace = reader.trace();
            TimeWindow.Stretch stretch = window.within(trace.firstTimestampNs(), trace.spanNs());
            RecordingMaker maker = new RecordingMaker(symbols.or(trace.symbols()), recorded, mostRows);
            YieldTally yields = new YieldTally();
            ScheduleSink listener = maker.listener();
            ScheduleCut cut = new ScheduleCut(stretch.fromNs(), stretch.toNs(), listener);
            reader.tell(ScheduleSink.both(yields, window.isAll() ? listener : cut));
            Recording recording = maker.make(
                    input.name(),
                    trace.roster(),
                    stretch.toNs() - stretch.fromNs(),
                    new RecordedHost(trace.host(), trace.setting(), yields));
            return new SourcedRecording(recording, trace.producer(), trace.kernel(), cut.opened(), null);
        }
    }

    private SourcedRecording workload(RecordingInput input, TimeWindow window) throws IOException {
        if (!window.isAll()) {
            throw new IllegalArgumentException("a workload file has no times to cut at: cut the trace it is from");
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(input.text(), StandardCharsets.UTF_8));
        try {
            WorkloadFile file = WorkloadReader.read(input.name(), () -> next(lines));
            return RecordingText.sourced(input.name(), file, recorded);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String next(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
