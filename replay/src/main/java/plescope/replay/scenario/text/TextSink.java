package plescope.replay.scenario.text;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes a text as it is written: UTF-8, whole lines at a time, each with its line feed. */
public interface TextSink {
    /** The bytes up to {@code length}; they are overwritten afterwards. */
    void write(byte[] text, int length);

    /** Hands on line by line, without line feeds. */
    static TextSink lines(Consumer<String> lines) {
        return (text, length) -> {
            int start = 0;
            for (int at = 0; at < length; at++) {
                if (text[at] == '\n') {
                    lines.accept(new String(text, start, at - start, StandardCharsets.UTF_8));
                    start = at + 1;
                }
            }
        };
    }
}
