package plescope.replay.workload.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Fuzz target: any text as a workload file, which is refused with its reason, or read, and then read again from what is written. */
public final class WorkloadFuzz {
    private WorkloadFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) {
        WorkloadFile file;
        try {
            file = read(new String(text, StandardCharsets.UTF_8).lines().toList());
        } catch (WorkloadFormatException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("refused without a reason", e);
            }
            return;
        }
        List<String> written = written(file);
        if (!written(read(written)).equals(written)) {
            throw new AssertionError("what is written is not read again");
        }
    }

    private static List<String> written(WorkloadFile file) {
        List<String> lines = new ArrayList<>();
        WorkloadWriter.write(file, lines::add);
        return lines;
    }

    private static WorkloadFile read(List<String> lines) {
        Iterator<String> next = lines.iterator();
        return WorkloadReader.read("work.plescope", () -> next.hasNext() ? next.next() : null);
    }
}
