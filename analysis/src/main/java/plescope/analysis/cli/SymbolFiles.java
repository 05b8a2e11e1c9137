package plescope.analysis.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import plescope.replay.spin.GuestSymbols;

/** Reads {@code --symbols}: {@code VM=FILE} for one VM, {@code FILE} for all. */
final class SymbolFiles {
    private SymbolFiles() {}

    static GuestSymbols read(String[] values) throws IOException {
        GuestSymbols symbols = GuestSymbols.NONE;
        for (String value : values == null ? new String[0] : values) {
            int equals = value.indexOf('=');
            String vm = equals < 0 ? GuestSymbols.EVERY_VM : value.substring(0, equals);
            Path file = Path.of(value.substring(equals + 1));
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                symbols = symbols.with(vm, lines);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        return symbols;
    }
}
