package plescope.analysis.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plescope.replay.model.Roster;
import plescope.replay.timeline.ThreadMap;

/**
 * Which thread belongs to which process, as two commands list it on the host:
 *
 * <pre>
 * ps -eLo pid,tid,comm           columns named PID and TID (or LWP, SPID), and COMMAND behind all others
 * grep . /proc/[0-9]*&#47;task/*&#47;comm  lines like /proc/123/task/137/comm:CPU 0/KVM
 * </pre>
 */
final class ThreadList {
    private static final Pattern PROC = Pattern.compile("/proc/(\\d{1,9})/task/(\\d{1,9})/comm:(.*)");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final List<String> THREAD_COLUMNS = List.of("TID", "LWP", "SPID");

    private final List<Roster.HostThread> threads = new ArrayList<>();
    private int pid = -1;
    private int tid = -1;
    private int columns;

    private ThreadList() {}

    /** Empty if the file is something else. */
    static Optional<ThreadMap> read(Path file) throws IOException {
        List<String> lines =
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        ThreadList list = new ThreadList();
        boolean isList = lines.stream().anyMatch(line -> PROC.matcher(line).matches());
        for (String line : lines) {
            if (list.columns > 0) {
                list.row(line);
            } else if (isList) {
                list.proc(line);
            } else if (!line.isBlank() && !list.head(line)) {
                return Optional.empty();
            }
        }
        return list.threads.isEmpty() ? Optional.empty() : Optional.of(new ThreadMap(List.of(), list.threads));
    }

    private void proc(String line) {
        Matcher found = PROC.matcher(line);
        if (found.matches()) {
            add(found.group(1), found.group(2), found.group(3));
        }
    }

    private boolean head(String line) {
        List<String> names = Arrays.asList(BLANKS.split(line.strip().toUpperCase(Locale.ROOT)));
        pid = names.indexOf("PID");
        for (String name : THREAD_COLUMNS) {
            tid = tid < 0 ? names.indexOf(name) : tid;
        }
        boolean known = pid >= 0 && tid >= 0;
        columns = known ? names.size() : 0;
        return known;
    }

    /** A line of ps; its last column may hold blanks. Other lines, as of a second head, say nothing. */
    private void row(String line) {
        String[] words = BLANKS.split(line.strip(), columns);
        if (words.length == columns) {
            add(words[pid], words[tid], words[columns - 1]);
        }
    }

    private void add(String process, String thread, String comm) {
        try {
            threads.add(new Roster.HostThread(Integer.parseInt(thread), Integer.parseInt(process), comm));
        } catch (NumberFormatException e) {
            // no thread: a head that ps repeats, or a remark
            return;
        }
    }
}
