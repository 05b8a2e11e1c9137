package plescope.replay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The stored sample is what the scenario's seed gives; {@code -Dgolden.update=true} rewrites it, never under CI. */
class SyntheticSampleTest {
    private static final int COMPRESSION_LEVEL = 19;
    private static final int MAX_TEXT_BYTES = 3_000_000;
    private static final int MAX_STORED_BYTES = 300_000;

    @Test
    void storedSampleIsRegeneratedByteForByte() throws IOException {
        SyntheticSample made = SyntheticSample.run();
        byte[] text = SyntheticSample.file(made.text()).getBytes(StandardCharsets.UTF_8);
        String truth = SyntheticSample.file(made.truth());
        Path log = SyntheticSample.folder().resolve("trace.txt.zst");
        Path csv = SyntheticSample.folder().resolve("truth.csv");
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI"))
                    .as("samples are not rewritten under CI")
                    .isNull();
            Files.createDirectories(log.getParent());
            Files.write(log, Zstd.compress(text, COMPRESSION_LEVEL));
            Files.writeString(csv, truth);
        }
        assertThat(text.length).isLessThan(MAX_TEXT_BYTES);
        assertThat(Files.size(log)).isLessThan(MAX_STORED_BYTES);
        byte[] stored = Zstd.decompress(Files.readAllBytes(log), MAX_TEXT_BYTES);
        assertThat(new String(stored, StandardCharsets.UTF_8).equals(new String(text, StandardCharsets.UTF_8)))
                .as("the scenario writes what %s holds; rewrite with -Dgolden.update=true and read the difference", log)
                .isTrue();
        assertThat(csv).hasContent(truth);
    }
}
