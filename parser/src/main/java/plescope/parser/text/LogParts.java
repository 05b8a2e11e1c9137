package plescope.parser.text;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.input.TraceInput;

/** The texts of one recording, opened as they are named, and the archives they lie in. */
public final class LogParts implements Closeable {
    private final List<LogPart> logs = new ArrayList<>();
    private final List<TarMembers> archives = new ArrayList<>();

    /** Opens a file or a folder of per-CPU files. @throws plescope.parser.diagnostic.UnusableInput if it is no log */
    public void add(Path log) throws IOException {
        String name = log.toString();
        if (!Files.exists(log)) {
            throw TraceInput.refusal(DiagnosticCode.MISSING_FILE, name, "there is no such file");
        }
        if (!Files.isDirectory(log)) {
            // not of Files, whose streams ask a pipe for its position
            add(new FileInputStream(log.toFile()), name);
            return;
        }
        List<LogPart> cpus = PerCpuFiles.of(log);
        if (cpus.isEmpty()) {
            throw TraceInput.refusal(DiagnosticCode.DIRECTORY, name, "this is a directory");
        }
        logs.addAll(cpus);
    }

    /** Takes a log or an archive of logs from a stream. */
    public void add(InputStream in, String name) throws IOException {
        try {
            InputStream text = TraceInput.text(in, name);
            if (!TraceInput.isArchive(text)) {
                logs.add(new LogPart(name, text));
                return;
            }
            TarMembers members = TarMembers.of(text, name);
            archives.add(members);
            logs.addAll(members.logs());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    public List<LogPart> logs() {
        return logs;
    }

    /** What the texts are called in messages. */
    public List<String> names() {
        return logs.stream().map(LogPart::name).toList();
    }

    @Override
    public void close() throws IOException {
        for (LogPart log : logs) {
            log.text().close();
        }
        for (TarMembers archive : archives) {
            archive.close();
        }
    }
}
