package plescope.analysis.recording;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plescope.analysis.store.RecordedTrace;
import plescope.analysis.store.ScheduleReader;
import plescope.replay.spin.SpinCodeCollector;
import plescope.replay.spin.SpinPlace;

/**
 * Reads where guests spin: from a plescope database of another recording of the same guests, made with PLE on, or from a CSV file with
 * the columns vm, from, to and kind, and unit_ps if it is known.
 */
public final class SpinCodeFile {
    private static final Set<String> COLUMNS = Set.of("vm", "from", "to", "kind");
    private static final String UNIT = "unit_ps";

    private SpinCodeFile() {}

    /** Reads a file of either kind, told apart by its content. */
    public static List<SpinPlace.Range> read(Path file) throws IOException {
        try (RecordingInput input = RecordingInput.open(file)) {
            if (input.kind() == RecordingInput.Kind.DATABASE) {
                return database(file);
            }
            if (input.text() == null) {
                throw new IOException(file + ": spin code: this is a folder");
            }
            return csv(file, input);
        }
    }

    private static List<SpinPlace.Range> database(Path file) throws IOException {
        try (ScheduleReader reader = ScheduleReader.open(file)) {
            RecordedTrace trace = reader.trace();
            SpinCodeCollector collector = new SpinCodeCollector();
            reader.tell(collector);
            List<SpinPlace.Range> ranges =
                    collector.ranges(trace.roster(), trace.host().ple().unitPicos());
            if (ranges.isEmpty()) {
                throw new IOException(
                        file + ": no PLE exits that would show where guests spin; record them with PLE on");
            }
            return ranges;
        }
    }

    private static List<SpinPlace.Range> csv(Path file, RecordingInput input) throws IOException {
        List<SpinPlace.Range> ranges = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withComments())
                .with(CsvParser.Feature.TRIM_SPACES)
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .readValues(input.text())) {
            while (rows.hasNextValue()) {
                int line = rows.getCurrentLocation().getLineNr();
                ranges.add(range(file, line, rows.nextValue()));
            }
        } catch (JacksonException | CharConversionException e) {
            throw new IOException(file + ": spin code: " + e.getMessage(), e);
        }
        if (ranges.isEmpty()) {
            throw new IOException(file + ": spin code: no rows under a header with vm, from, to and kind");
        }
        return ranges;
    }

    private static SpinPlace.Range range(Path file, int line, Map<String, String> row) throws IOException {
        if (!row.keySet().containsAll(COLUMNS)) {
            throw new IOException(file + ":" + line + ": spin code: the columns must be vm, from, to and kind, found "
                    + row.keySet());
        }
        try {
            String unit = row.getOrDefault(UNIT, "");
            return new SpinPlace.Range(
                    row.get("vm"),
                    address(row.get("from")),
                    address(row.get("to")),
                    SpinPlace.Kind.parse(row.get("kind")),
                    unit.isEmpty() ? 0 : Long.parseLong(unit));
        } catch (NumberFormatException e) {
            throw new IOException(file + ":" + line + ": spin code: not a number: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ":" + line + ": spin code: " + e.getMessage(), e);
        }
    }

    /** Hexadecimal, with or without 0x. */
    private static long address(String text) {
        return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, 16);
    }
}
