package plescope.analysis.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What processes left that were killed (SIGKILL, power cut) before they could clean up. Its names hold the id of its writer, which
 * must be gone; and nobody may hold a lock on it, for ids say nothing across containers that share a folder.
 */
final class Leftovers {
    /** A file in a folder holds the lock for it, as folders cannot be locked. */
    static final String LOCK = "lock";

    /** Times of processes are known to the second, and clocks are set. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private Leftovers() {}

    /**
     * Removes what cannot be in use any more; what cannot be removed stays.
     *
     * @param names with the process id as their first group
     */
    static void remove(Path folder, Pattern names) throws IOException {
        find(folder, names).forEach(Unfinished::removeQuietly);
    }

    /** The same where everybody may write: only what belongs to this user. */
    static void removeOwn(Path folder, Pattern names) throws IOException {
        String user = System.getProperty("user.name");
        for (Path left : find(folder, names)) {
            if (Files.getOwner(left, LinkOption.NOFOLLOW_LINKS).getName().equals(user)) {
                Unfinished.removeQuietly(left);
            }
        }
    }

    /** Entries of a folder whose writer is gone, in no order. */
    static List<Path> find(Path folder, Pattern names) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Matcher name = names.matcher(entry.getFileName().toString());
                if (name.matches() && isAbandoned(entry, name.group(1))) {
                    found.add(entry);
                }
            }
        } catch (AccessDeniedException e) {
            // A folder may be there to write in only.
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static boolean isAbandoned(Path path, String id) {
        try {
            long pid = Long.parseLong(id);
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (pid == ProcessHandle.current().pid() || now.isSymbolicLink() || now.isOther()) {
                return false;
            }
            return isGone(pid, now.lastModifiedTime().toInstant()) && !isLocked(path);
        } catch (NumberFormatException | IOException e) {
            return false;
        }
    }

    /** Ids are used again: a process that began after the last change did not make it. */
    private static boolean isGone(long pid, Instant lastChange) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isEmpty()
                || process.get()
                        .info()
                        .startInstant()
                        .filter(start -> start.isAfter(lastChange.plus(SLACK)))
                        .isPresent();
    }

    /** Whether another process holds a lock on a file, as DuckDB does, or on a folder's lock file. Never ask about one's own. */
    static boolean isLocked(Path path) {
        Path file = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? path.resolve(LOCK) : path;
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
