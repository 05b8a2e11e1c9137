package plescope.analysis.report;

/**
 * Names of a trace as a page, table or terminal may show them: what cannot be seen, or changes how its neighbours look, becomes a
 * replacement mark.
 */
public final class VisibleText {
    private static final int REPLACEMENT = 0xfffd;

    /** Joins emoji to one sign; alone it does no harm. */
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private VisibleText() {}

    /** Line ends stay: queries have them. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isVisible(c) ? c : REPLACEMENT));
        return out.toString();
    }

    /** Whether a code point shows as itself and leaves its neighbours alone; control characters, bidirectional marks do not. */
    public static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n';
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
