package plescope;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The rules of size and order that no compiler checks. */
class TidyTest {
    private static final int MAX_FILE_LINES = 500;
    private static final int MAX_METHOD_LINES = 60;
    private static final long MAX_FILE_BYTES = 256 * 1024;
    private static final long MAX_SAMPLES_BYTES = 25L * 1024 * 1024;
    private static final List<String> TOP_LEVEL =
            List.of("parser", "replay", "analysis", "samples", "README.md", "pom.xml", "mvnw", "mvnw.cmd", "plescope");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    private static final Path ROOT = Path.of(System.getProperty("plescope.root"));

    @Test
    void filesStaySmall() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : sources("**.java")) {
            long lines = Files.readAllLines(source).size();
            if (lines > MAX_FILE_LINES) {
                tooLong.add(ROOT.relativize(source) + ": " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void methodsStaySmall() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> tooLong = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(sources("**.java")));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                collectLongMethods(unit, positions, tooLong);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static void collectLongMethods(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
        LineMap lines = unit.getLineMap();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                if (method.getBody() != null) {
                    long first = lines.getLineNumber(positions.getStartPosition(unit, method));
                    long last = lines.getLineNumber(positions.getEndPosition(unit, method));
                    if (last - first + 1 > MAX_METHOD_LINES) {
                        tooLong.add(unit.getSourceFile().getName() + ": " + method.getName() + " has "
                                + (last - first + 1) + " lines");
                    }
                }
                return super.visitMethod(method, null);
            }
        }.scan(unit, null);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path source : sources("**.java")) {
            if (source.toString().contains("src/main/java")
                    && !Files.exists(source.resolveSibling("package-info.java"))) {
                silent.add(ROOT.relativize(source.getParent()).toString());
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void theTopLevelHoldsNothingElse() throws IOException {
        try (Stream<Path> entries = Files.list(ROOT)) {
            assertThat(entries.map(path -> path.getFileName().toString())
                            .filter(name -> !name.startsWith(".") && !name.equals("target"))
                            .filter(name -> !name.endsWith(".duckdb"))
                            .toList())
                    .isSubsetOf(TOP_LEVEL);
        }
    }

    @Test
    void linksInDocumentsResolve() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : sources("**.md")) {
            Matcher links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                String target = links.group(1);
                if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
                    broken.add(ROOT.relativize(document) + " -> " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void bigFilesLiveInSamplesOnlyAndThoseStayInBounds() throws IOException {
        List<String> big = new ArrayList<>();
        long samples = 0;
        for (Path file : sources("**")) {
            long bytes = Files.size(file);
            if (file.startsWith(ROOT.resolve("samples"))) {
                samples += bytes;
            } else if (bytes > MAX_FILE_BYTES) {
                big.add(ROOT.relativize(file) + ": " + bytes + " bytes");
            }
        }
        assertThat(big).isEmpty();
        assertThat(samples).isLessThan(MAX_SAMPLES_BYTES);
    }

    @Test
    void everySampleHasItsProvenance() throws IOException {
        String readme = Files.readString(ROOT.resolve("samples/README.md"));
        try (Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
            assertThat(samples.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString())
                            .filter(name -> !readme.contains("| `" + name + "` |"))
                            .toList())
                    .as("samples without a row in samples/README.md")
                    .isEmpty();
        }
    }

    /** Files of the project that match a glob, in a stable order, without build output and hidden folders. */
    private static List<Path> sources(String glob) throws IOException {
        var matcher = ROOT.getFileSystem().getPathMatcher("glob:" + glob);
        List<Path> found = new ArrayList<>();
        for (String top : TOP_LEVEL) {
            Path start = ROOT.resolve(top);
            if (!Files.exists(start)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(start)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                        .filter(file -> matcher.matches(file))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }
}
