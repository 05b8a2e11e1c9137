package plescope.analysis.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plescope.parser.event.TraceEvent;
import plescope.replay.timeline.ThreadMap;

/**
 * Reads {@code --threads}: a CSV file with the columns tid, tgid, vm and vcpu, in any order; tgid may be empty. Or a list of the
 * host's threads, see {@link ThreadList}.
 */
final class ThreadMapFile {
    private static final Set<String> COLUMNS = Set.of("tid", "tgid", "vm", "vcpu");

    private ThreadMapFile() {}

    static ThreadMap read(Path file) throws IOException {
        Optional<ThreadMap> listed = ThreadList.read(file);
        if (listed.isPresent()) {
            return listed.get();
        }
        CsvSchema header = CsvSchema.emptySchema().withHeader().withComments();
        ObjectReader reader = new CsvMapper()
                .readerForMapOf(String.class)
                .with(header)
                .with(CsvParser.Feature.TRIM_SPACES)
                .with(CsvParser.Feature.SKIP_EMPTY_LINES);
        List<ThreadMap.Entry> entries = new ArrayList<>();
        Set<Integer> tids = new HashSet<>();
        try (MappingIterator<Map<String, String>> rows = reader.readValues(file.toFile())) {
            while (rows.hasNextValue()) {
                int line = rows.getCurrentLocation().getLineNr();
                Map<String, String> row = rows.nextValue();
                if (!row.keySet().containsAll(COLUMNS)) {
                    throw fault(file, line, "the columns must be tid, tgid, vm and vcpu, found " + row.keySet());
                }
                ThreadMap.Entry entry = new ThreadMap.Entry(
                        number(file, line, "tid", row.get("tid")),
                        row.get("tgid").isEmpty() ? -1 : number(file, line, "tgid", row.get("tgid")),
                        row.get("vm"),
                        number(file, line, "vcpu", row.get("vcpu")));
                if (entry.vcpu() >= TraceEvent.MAX_VCPU_IDS) {
                    throw fault(file, line, "no VM has a vCPU of number " + entry.vcpu());
                }
                if (entry.vm().isEmpty()) {
                    throw fault(file, line, "the VM has no name");
                }
                if (!tids.add(entry.tid())) {
                    throw fault(file, line, "thread " + entry.tid() + " is listed twice");
                }
                entries.add(entry);
            }
        } catch (JacksonException | CharConversionException e) {
            throw new IOException(file + ": thread map: " + e.getMessage(), e);
        }
        return new ThreadMap(entries);
    }

    private static int number(Path file, int line, String column, String text) throws IOException {
        try {
            int value = Integer.parseInt(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw fault(file, line, column + " must be a number, found '" + text + "'");
        }
        throw fault(file, line, column + " must not be negative, found " + text);
    }

    private static IOException fault(Path file, int line, String message) {
        return new IOException(file + ":" + line + ": thread map: " + message);
    }
}
