package plescope.analysis.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.analysis.file.PartialFile;
import plescope.replay.model.Roster;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;

/**
 * Finished replays, in memory and in a CSV file that only grows: a replay is appended whole when it is done, so that a killed sweep
 * loses the replays that were running, and the next one goes on. The first lines say what the numbers belong to; another recording or
 * another program never mixes with them.
 */
public final class ReplayJournal implements Closeable {
    private static final String LAYOUT = "# plescope replays, layout 1";
    private static final String PROGRAM = "# program: ";
    private static final String RECORDING = "# recording: ";
    private static final String HOST = "all";
    private static final int KEYS = 4;
    private static final Measure[] MEASURES = Measure.values();
    private static final ObjectWriter CSV_LINE = new CsvMapper().writerFor(String[].class);
    private static final ObjectReader CSV_FIELDS = new CsvMapper().readerFor(String[].class);

    private final Roster roster;
    private final Path path;
    private final FileChannel file;
    private final Map<Key, Measures> replays = new HashMap<>();

    private record Key(String whatIf, Draw draw) {}

    private ReplayJournal(Roster roster, Path path, FileChannel file) {
        this.roster = roster;
        this.path = path;
        this.file = file;
    }

    /** A journal without a file. */
    public static ReplayJournal inMemory(Roster roster) {
        return new ReplayJournal(roster, null, null);
    }

    /**
     * Opens a journal, or starts it. Throws {@link JournalMismatchException} where the file belongs to something else.
     *
     * @param program that made the replays, in its exact build
     * @param recording that was replayed, and how it was read
     */
    public static ReplayJournal open(Path path, String program, String recording, Roster roster) throws IOException {
        PartialFile.requireFile(path);
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(file, path);
            ReplayJournal journal = new ReplayJournal(roster, path, file);
            String head = String.join(
                    "\n", LAYOUT, PROGRAM + program, RECORDING + recording, String.join(",", columns()), "");
            journal.load(head);
            return journal;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void lock(FileChannel file, Path path) throws IOException {
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(path + " is being written by another sweep or search", e);
        }
        throw new IOException(path + " is being written by another sweep or search");
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("what_if", "member", "seed", "vm"));
        for (Measure measure : MEASURES) {
            columns.add(measure.label());
        }
        return columns;
    }

    private void load(String head) throws IOException {
        // Not Files.readString: a kill may tear a letter in two.
        byte[] bytes = Files.readAllBytes(path);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (head.startsWith(text)) {
            // New, or killed while its head was written.
            file.truncate(0);
            append(head);
            return;
        }
        if (!text.startsWith(head)) {
            throw new JournalMismatchException(path, difference(text, head));
        }
        int end = head.length();
        List<String> block = new ArrayList<>();
        for (int from = end, to = text.indexOf('\n', from); to >= 0; from = to + 1, to = text.indexOf('\n', from)) {
            block.add(text.substring(from, to));
            if (block.size() == roster.vms().size() + 1) {
                keep(block);
                block.clear();
                end = to + 1;
            }
        }
        // What a kill tore off in the middle of a replay is replayed again.
        byte[] whole = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
        if (whole.length > bytes.length || !Arrays.equals(whole, 0, whole.length, bytes, 0, whole.length)) {
            throw new JournalMismatchException(path, "it is damaged: a replay in it is no UTF-8");
        }
        file.truncate(whole.length);
        file.position(file.size());
    }

    private static String difference(String text, String head) {
        String[] found = text.split("\n", -1);
        String[] expected = head.split("\n", -1);
        for (int i = 0; i < expected.length; i++) {
            if (i >= found.length || !found[i].equals(expected[i])) {
                return i == 0 || i >= found.length
                        ? "it is no journal of replays"
                        : "it says '" + found[i] + "', and now it is '" + expected[i] + "'";
            }
        }
        return "it is no journal of replays";
    }

    private void keep(List<String> block) throws IOException {
        List<Map<Measure, Double>> scopes = new ArrayList<>();
        Key key = null;
        for (int i = 0; i < block.size(); i++) {
            try {
                String[] fields = CSV_FIELDS.readValue(block.get(i));
                if (fields.length != KEYS + MEASURES.length || !fields[3].equals(scope(i))) {
                    throw damaged(block.get(i));
                }
                key = new Key(fields[0], new Draw(Integer.parseInt(fields[1]), Long.parseLong(fields[2])));
                scopes.add(values(fields));
            } catch (NumberFormatException | JsonProcessingException e) {
                throw damaged(block.get(i));
            }
        }
        replays.put(key, new Measures(scopes.subList(1, scopes.size()), scopes.get(0), List.of()));
    }

    private JournalMismatchException damaged(String line) {
        return new JournalMismatchException(path, "it is damaged: '" + line + "'");
    }

    private static Map<Measure, Double> values(String[] fields) {
        Map<Measure, Double> values = new HashMap<>();
        for (int m = 0; m < MEASURES.length; m++) {
            if (!fields[KEYS + m].isEmpty()) {
                values.put(MEASURES[m], Double.valueOf(fields[KEYS + m]));
            }
        }
        return values;
    }

    /** Rows of a replay: the host, then its VMs. */
    private String scope(int row) {
        return row == 0 ? HOST : roster.vms().get(row - 1).name();
    }

    /** What that replay came to, null if it has not been done. */
    public synchronized Measures find(String whatIf, Draw draw) {
        return replays.get(new Key(whatIf, draw));
    }

    public synchronized int size() {
        return replays.size();
    }

    /** Adds a finished replay; whatever becomes of this process, it survives from then on, a power cut within seconds aside. */
    public synchronized void add(String whatIf, Draw draw, Measures measures) {
        StringBuilder block = new StringBuilder();
        try {
            for (int row = 0; row <= roster.vms().size(); row++) {
                List<String> fields = new ArrayList<>(
                        Arrays.asList(whatIf, Integer.toString(draw.member()), Long.toString(draw.seed()), scope(row)));
                Map<Measure, Double> values =
                        row == 0 ? measures.host() : measures.vms().get(row - 1);
                for (Measure measure : MEASURES) {
                    double value = values.getOrDefault(measure, Double.NaN);
                    fields.add(Double.isNaN(value) ? "" : Double.toString(value));
                }
                block.append(CSV_LINE.writeValueAsString(fields.toArray(String[]::new)));
            }
            append(block.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        replays.put(new Key(whatIf, draw), measures);
    }

    private void append(String text) throws IOException {
        if (file != null) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            try {
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException e) {
                throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.force(false);
            file.close();
        }
    }
}
