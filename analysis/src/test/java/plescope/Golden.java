package plescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts kept in files. {@code -Dgolden.update=true} rewrites them, for a human to read the difference; a build server
 * may not, it would approve whatever it finds.
 */
final class Golden {
    private static final String UPDATE = "golden.update";

    private Golden() {}

    static boolean isUpdating() {
        if (!Boolean.getBoolean(UPDATE)) {
            return false;
        }
        if (System.getenv("CI") != null) {
            fail("-D" + UPDATE
                    + " is refused where CI is set: expected files are rewritten by hand and read before commit");
        }
        return true;
    }

    /** Compares, or rewrites; line ends do not count. */
    static void check(Path expected, String actual) throws IOException {
        String text = actual.replace("\r\n", "\n");
        if (isUpdating()) {
            Files.createDirectories(expected.getParent());
            Files.writeString(expected, text);
            return;
        }
        assertThat(expected).as("expected file; -D%s=true writes it", UPDATE).exists();
        assertThat(text)
                .as("%s; -D%s=true rewrites it", expected.getFileName(), UPDATE)
                .isEqualTo(Files.readString(expected));
    }
}
