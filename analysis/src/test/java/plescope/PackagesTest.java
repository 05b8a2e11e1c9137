package plescope;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page of packages is drawn from the compiled code, so that it cannot grow old: who uses whom, lowest first. An arrow that
 * follows from two others is left out of the picture, not out of the table.
 */
class PackagesTest {
    private static final Path PAGE = Path.of("docs/packages.md");
    private static final Path ROOT = Path.of("..");
    private static final String PREFIX = "plescope.";

    /** The first sentence of a package's own comment, references as their words. */
    private static final Pattern SENTENCE = Pattern.compile("(?s)/\\*\\*\\s*(.*?)\\s*\\*/\\s*package ");

    private final Map<String, Set<String>> uses = new TreeMap<>();

    PackagesTest() {
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("plescope")) {
            Set<String> used = uses.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String other = dependency.getTargetClass().getPackageName();
                if (other.startsWith(PREFIX) && !other.equals(type.getPackageName())) {
                    used.add(other);
                }
            }
        }
    }

    @Test
    void thePageShowsEveryPackageAndWhatItUses() throws IOException {
        Golden.check(PAGE, page());
    }

    @Test
    void thePictureKeepsEveryPathThatTheCodeHas() {
        Map<String, Set<String>> drawn = new TreeMap<>();
        uses.keySet().forEach(name -> drawn.put(name, direct(name)));
        for (String name : uses.keySet()) {
            assertThat(below(name, drawn)).as(name).isEqualTo(below(name, uses));
        }
    }

    private String page() throws IOException {
        StringBuilder text = new StringBuilder("# Packages\n\n")
                .append(
                        "Drawn from the compiled code by `PackagesTest`, which fails where this page and the code differ; ")
                .append(
                        "`-Dgolden.update=true`\ndraws it anew. Arrows point to what is used; one that follows from others ")
                .append("is left out of the pictures. Modules use\nonly those before them, and there are no circles ")
                .append("(`ArchitectureTest`).\n");
        for (String module : new String[] {"parser", "replay", "analysis"}) {
            text.append("\n## ").append(module).append("\n\n```mermaid\nflowchart TD\n");
            for (String name : in(module)) {
                text.append("    ")
                        .append(node(name))
                        .append("[\"")
                        .append(shown(name, module))
                        .append("\"]\n");
            }
            for (String name : in(module)) {
                for (String used : direct(name)) {
                    if (moduleOf(used).equals(module)) {
                        text.append("    ")
                                .append(node(name))
                                .append(" --> ")
                                .append(node(used))
                                .append('\n');
                    }
                }
            }
            text.append("```\n\n| package | what it is for | uses |\n|---|---|---|\n");
            for (String name : in(module)) {
                text.append("| `")
                        .append(shown(name, module))
                        .append("` | ")
                        .append(sentence(name))
                        .append(" | ")
                        .append(String.join(
                                ", ",
                                uses.get(name).stream()
                                        .map(used -> shown(used, module))
                                        .toList()))
                        .append(" |\n");
            }
        }
        return text.toString();
    }

    /** Packages of one module, those that use fewest first: a package stands below all that it uses. */
    private Set<String> in(String module) {
        Set<String> names = new TreeSet<>((one, two) -> {
            int byDepth = Integer.compare(depth(one), depth(two));
            return byDepth != 0 ? byDepth : one.compareTo(two);
        });
        uses.keySet().stream().filter(name -> moduleOf(name).equals(module)).forEach(names::add);
        return names;
    }

    /** Length of the longest chain of uses from here down. */
    private int depth(String name) {
        int depth = 0;
        for (String used : uses.get(name)) {
            depth = Math.max(depth, 1 + depth(used));
        }
        return depth;
    }

    /** What a package uses but for what it reaches through another package, too. */
    private Set<String> direct(String name) {
        Set<String> direct = new TreeSet<>(uses.get(name));
        for (String used : uses.get(name)) {
            direct.removeAll(below(used, uses));
        }
        return direct;
    }

    private static Set<String> below(String name, Map<String, Set<String>> graph) {
        Set<String> below = new TreeSet<>();
        for (String used : graph.get(name)) {
            below.add(used);
            below.addAll(below(used, graph));
        }
        return below;
    }

    private static String moduleOf(String name) {
        int end = name.indexOf(".", PREFIX.length());
        return name.substring(PREFIX.length(), end < 0 ? name.length() : end);
    }

    private static String node(String name) {
        return name.substring(PREFIX.length()).replace('.', '_');
    }

    /** Without the part that all packages of the page's section share. */
    private static String shown(String name, String module) {
        String inside = PREFIX + module + '.';
        return name.startsWith(inside) ? name.substring(inside.length()) : name.substring(PREFIX.length());
    }

    private static String sentence(String name) throws IOException {
        Path info = ROOT.resolve(moduleOf(name))
                .resolve("src/main/java")
                .resolve(name.replace('.', '/'))
                .resolve("package-info.java");
        assertThat(info).as("a sentence that says what %s is for", name).exists();
        Matcher comment = SENTENCE.matcher(Files.readString(info));
        assertThat(comment.find()).as("comment of %s", info).isTrue();
        return comment.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ").replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`");
    }
}
