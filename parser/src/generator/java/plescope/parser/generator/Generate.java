package plescope.parser.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import plescope.parser.grammar.TraceLexer;

/** The build's step behind ANTLR: writes the Java that reads logs by default. */
public final class Generate {
    private static final String PACKAGE_FOLDER = ScannerGenerator.PACKAGE.replace('.', '/');

    private Generate() {}

    /** Arguments: folder of the grammars, of what ANTLR made of them, and of the output. A file that is up to date stays. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, String> file :
                files(Path.of(args[0]), Path.of(args[1])).entrySet()) {
            Path path = Path.of(args[2], file.getKey());
            if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }
    }

    /** Names and contents of all files, from today's grammars. */
    static Map<String, String> files(Path grammars, Path antlrOutput) {
        String scanner = new ScannerGenerator(
                        "TraceLexer", TraceLexer._ATN, TraceLexer.VOCABULARY, TraceLexer.modeNames)
                .source();
        Path parserGrammar = grammars.resolve(PACKAGE_FOLDER).resolve("TraceParser.g4");
        Map<String, String> files = new LinkedHashMap<>();
        files.put(PACKAGE_FOLDER + "/" + ScannerGenerator.CLASS + ".java", scanner);
        files.put(
                PACKAGE_FOLDER + "/" + DriverGenerator.CLASS + ".java",
                new DriverGenerator(parserGrammar, antlrOutput).source());
        return files;
    }
}
