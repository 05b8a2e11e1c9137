package plescope.parser.text;

/**
 * A line as it was before mail programs and web pages took hold of it: quotation marks go, HTML's and quoted-printable's
 * escapes become the characters they stand for, lines broken by quoted-printable come together.
 *
 * <p>All this may also be the text of a hostile comm, so it is done only where the user says the log was pasted.
 */
final class PastedLine {
    /** Quoted-printable breaks lines at 76 characters; shorter ones that end in {@code =} are prose. */
    private static final int SHORTEST_BROKEN = 60;

    /** More parts than the longest event has on lines of that length. */
    private static final int MAX_PARTS = 8;

    private static final String[][] ENTITIES = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&#x27;", "'"}, {"&nbsp;", " "}, {"&amp;", "&"}
    };

    private byte[] bytes = new byte[1024];
    private int length;
    private int parts;

    /** Takes a line of the text; false if the next one belongs to it. */
    boolean add(byte[] buffer, int from, int to) {
        if (parts == 0) {
            length = 0;
        }
        int begin = parts == 0 ? afterQuotation(buffer, from, to) : from;
        reserve(to - begin);
        boolean broken = to - from >= SHORTEST_BROKEN && buffer[to - 1] == '=' && buffer[to - 2] != '=';
        int end = broken ? to - 1 : to;
        System.arraycopy(buffer, begin, bytes, length, end - begin);
        length += end - begin;
        parts++;
        if (broken && parts < MAX_PARTS) {
            return false;
        }
        finish();
        return true;
    }

    /** Ends the line where the text ends; false if there is none. */
    boolean end() {
        if (parts == 0) {
            return false;
        }
        finish();
        return true;
    }

    private void reserve(int added) {
        int needed = length + added + 1 + LineSource.MARGIN;
        if (needed > bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, 2 * needed);
        }
    }

    private void finish() {
        parts = 0;
        boolean printable = holds("=3D");
        if (endsInEncodedBlank()) {
            length -= "=20".length();
            bytes[length++] = ' ';
        }
        int to = 0;
        for (int at = 0; at < length; to++) {
            if (holdsAt(at, "=C2=A0")) {
                bytes[to] = ' ';
                at += "=C2=A0".length();
            } else if (bytes[at] == '&') {
                at = entity(at, to);
            } else if (bytes[at] == '=' && printable && isEscape(at)) {
                bytes[to] = (byte)
                        (FromRight.hexDigit(bytes[at + 1] | 0x20) << 4 | FromRight.hexDigit(bytes[at + 2] | 0x20));
                at += 3;
            } else if (bytes[at] == (byte) 0xc2 && at + 1 < length && bytes[at + 1] == (byte) 0xa0) {
                bytes[to] = ' '; // a web page's no-break space
                at += 2;
            } else {
                bytes[to] = bytes[at] == '\t' && to > 0 ? (byte) ' ' : bytes[at];
                at++;
            }
        }
        length = to;
        bytes[length] = '\n';
    }

    /** Writes what an ampersand stands for; returns where the text goes on. */
    private int entity(int at, int to) {
        for (String[] entity : ENTITIES) {
            if (holdsAt(at, entity[0])) {
                bytes[to] = (byte) entity[1].charAt(0);
                return at + entity[0].length();
            }
        }
        bytes[to] = bytes[at];
        return at + 1;
    }

    /** {@code vcpu 0,=20}; behind a letter it is a field's value: {@code dest_cpu=20}. */
    private boolean endsInEncodedBlank() {
        int at = length - "=20".length();
        return at > 0 && holdsAt(at, "=20") && !Character.isLetter(bytes[at - 1]);
    }

    private boolean isEscape(int at) {
        return at + 2 < length && isCapitalHex(bytes[at + 1]) && isCapitalHex(bytes[at + 2]);
    }

    private static boolean isCapitalHex(byte digit) {
        return FromRight.isDigit(digit) || (digit >= 'A' && digit <= 'F');
    }

    private boolean holds(String word) {
        for (int at = 0; at + word.length() <= length; at++) {
            if (holdsAt(at, word)) {
                return true;
            }
        }
        return false;
    }

    private boolean holdsAt(int at, String word) {
        if (at + word.length() > length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a line that cannot be read holds what would be undone here. */
    static boolean isEscaped(String text) {
        return text.endsWith("=") || text.contains("=3D") || text.contains("&lt;") || text.contains("&gt;");
    }

    /** Where the text behind quotation marks begins: {@code > >> text}, {@code | text}. */
    private static int afterQuotation(byte[] buffer, int from, int to) {
        int text = from;
        for (int at = from; at < to && (buffer[at] == '>' || buffer[at] == '|' || buffer[at] == ' '); at++) {
            if (buffer[at] != ' ') {
                text = at + 1;
            }
        }
        return text > from && text < to && buffer[text] == ' ' ? text + 1 : text;
    }

    /** The line, followed as {@link LineSource} does by a newline and a margin. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
