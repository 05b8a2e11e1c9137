package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Names of files with {@code *}, {@code ?} and {@code [...]}, as a shell expands them where they are not quoted. */
final class FilePattern {
    private static final String WILD = "*?[{";

    private FilePattern() {}

    /** The files of a pattern, by name; the word itself where it is no pattern, or names a file. @throws IOException if none matches */
    static List<String> expand(String word) throws IOException {
        if (!isPattern(word) || Files.exists(Path.of(word))) {
            return List.of(word);
        }
        Path pattern = Path.of(word);
        Path folder = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        int depth = 0;
        while (!isPattern(pattern.getName(depth).toString())) {
            folder = folder.resolve(pattern.getName(depth++));
        }
        int levels = pattern.getNameCount() - depth;
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.subpath(depth, pattern.getNameCount()));
        } catch (PatternSyntaxException e) {
            throw new IOException("no file matches " + word + ", which is no whole pattern: " + e.getDescription(), e);
        }
        if (Files.isDirectory(folder)) {
            Path from = folder;
            try (Stream<Path> files = Files.walk(from, levels)) {
                List<String> found = files.filter(file -> matcher.matches(from.relativize(file)))
                        .map(Path::toString)
                        .sorted()
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        throw new IOException("no file matches " + word);
    }

    private static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
    }
}
