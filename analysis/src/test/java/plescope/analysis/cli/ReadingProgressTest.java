package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ReadingProgressTest {
    /** Nanoseconds, advanced by hand. */
    private long nowNs;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private String take() {
        String text = said.toString(StandardCharsets.UTF_8);
        said.reset();
        return text;
    }

    private InputStream watched(int size) {
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new ReadingProgress(new ByteArrayInputStream(new byte[size]), size, err, () -> nowNs);
    }

    @Test
    void rateAndTimeLeftFollowFromTheBytesRead() {
        // 20 MB in 4 s are 5 MB/s; the other 60 MB take 12 s
        assertThat(ReadingProgress.line(20_000_000, 80_000_000, 4_000_000_000L))
                .isEqualTo("20.0 of 80.0 MB, 5.0 MB/s, 12 s left");
        // a file that grows while it is read is never negative
        assertThat(ReadingProgress.line(90_000_000, 80_000_000, 1_000_000_000L)).endsWith("0 s left");
    }

    @Test
    void shortReadingsSayNothing() throws IOException {
        try (InputStream in = watched(1_000)) {
            in.readAllBytes();
        }
        assertThat(take()).isEmpty();
    }

    @Test
    void theLineComesFiveTimesASecondAndGoesWithTheEnd() throws IOException {
        byte[] buffer = new byte[1_000_000];
        try (InputStream in = watched(3_000_000)) {
            in.readNBytes(buffer, 0, buffer.length);
            assertThat(take()).isEmpty();
            nowNs = 1_000_000_000;
            in.readNBytes(buffer, 0, buffer.length);
            // 2 MB in 1 s, 1 MB to go
            assertThat(take()).isEqualTo("\r\033[K2.0 of 3.0 MB, 2.0 MB/s, 1 s left");
            nowNs += 199_999_999;
            in.readNBytes(buffer, 0, 1);
            assertThat(take()).isEmpty();
            nowNs += 1;
            in.readNBytes(buffer, 0, 1);
            assertThat(take()).contains("of 3.0 MB");
            in.readAllBytes();
            assertThat(take()).isEqualTo("\r\033[K");
        }
        assertThat(take()).isEmpty();
    }

    @Test
    void aReadingThatFailsLeavesACleanLine() throws IOException {
        try (InputStream in = watched(10)) {
            nowNs = 1_000_000_000;
            assertThat(in.read()).isZero();
            assertThat(take()).contains("left");
        }
        assertThat(take()).isEqualTo("\r\033[K");
    }
}
