package plescope.parser.generator;

import java.util.Locale;

/** Java source as it grows, indented. */
final class JavaText {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Adds a line; braces at its ends move the indentation. */
    void line(String line) {
        if (line.startsWith("}")) {
            depth--;
        }
        text.append(line.isEmpty() ? "" : "    ".repeat(depth)).append(line).append('\n');
        if (line.endsWith("{")) {
            depth++;
        }
    }

    void indent() {
        depth++;
    }

    void outdent() {
        depth--;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** {@code KVM_EXIT_TEXT} as {@code kvmExitText}. */
    static String camel(String constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(
                    name.length() == 0 || word.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}
