package plescope.parser.text;

import java.util.Arrays;
import org.antlr.v4.runtime.Token;
import plescope.parser.grammar.EightBytes;

/**
 * Values of a record printed as bare fields: {@code vcpu_id=1 new=3000}, or {@code vcpu_id=0x1 (1)} by ftrace's {@code fields}
 * option. A value without {@code 0x} has the base of the kernel's own text, which the caller knows.
 */
final class RawFields {
    private final LineBytes line;
    private int from;
    private int to;
    /** Where the fields' equals signs are. */
    private int[] nameEnds = new int[16];

    private int fields;

    RawFields(LineBytes line) {
        this.line = line;
    }

    RawFields of(Token token) {
        from = token.getStartIndex();
        to = token.getStopIndex() + 1;
        findFields();
        return this;
    }

    /** No value holds an equals sign, so each ends a field's name. */
    private void findFields() {
        byte[] bytes = line.buffer();
        int offset = line.offset();
        fields = 0;
        for (int at = from; at < to; at += Long.BYTES) {
            long found = EightBytes.findAll(EightBytes.at(bytes, offset + at), '=');
            for (; found != 0; found &= found - 1) {
                add(at + EightBytes.first(found));
            }
        }
    }

    private void add(int nameEnd) {
        if (fields == nameEnds.length) {
            nameEnds = Arrays.copyOf(nameEnds, 2 * fields);
        }
        if (nameEnd < to) {
            nameEnds[fields++] = nameEnd;
        }
    }

    /** The field's number, decimal unless marked {@code 0x}; {@code absent} where the record has no such field. */
    long number(String name, long absent) {
        int at = find(name);
        if (at < 0) {
            return absent;
        }
        if (isMarked(at)) {
            return hexAt(at + 2);
        }
        boolean negative = line.at(at) == '-';
        long value = 0;
        for (int i = negative ? at + 1 : at; i < to && FromRight.isDigit(line.at(i)); i++) {
            value = value * 10 + line.at(i) - '0';
        }
        return negative ? -value : value;
    }

    long number(String name) {
        return number(name, 0);
    }

    boolean flag(String name) {
        return number(name, 0) != 0;
    }

    /** The number of a field that the kernel's text prints in hexadecimal without a mark, such as an APIC id. */
    long hex(String name) {
        int at = find(name);
        return at < 0 ? 0 : hexAt(isMarked(at) ? at + 2 : at);
    }

    /** Whether the field's value says {@code 0x}. */
    boolean isMarked(String name) {
        int at = find(name);
        return at >= 0 && isMarked(at);
    }

    private boolean isMarked(int at) {
        return at + 1 < to && line.at(at) == '0' && (line.at(at + 1) | 0x20) == 'x';
    }

    private long hexAt(int at) {
        long value = 0;
        for (int i = at; i < to && FromRight.hexDigit(line.at(i)) >= 0; i++) {
            value = value << 4 | FromRight.hexDigit(line.at(i));
        }
        return value;
    }

    /** Where the value behind {@code  name=} begins, -1 without such a field. */
    private int find(String name) {
        for (int i = 0; i < fields; i++) {
            int begin = nameEnds[i] - name.length();
            if (begin > from && line.at(begin - 1) == ' ' && isNamed(name, begin)) {
                return nameEnds[i] + 1;
            }
        }
        return -1;
    }

    private boolean isNamed(String name, int at) {
        for (int i = 0; i < name.length(); i++) {
            if (line.at(at + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
