package plescope.parser.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Family;
import plescope.parser.event.ExitReason.Isa;

/**
 * Exit reasons by any spelling: VMX and SVM kernel names of all versions, plugin names, bare codes.
 *
 * <p>The names are data, in {@code exit-reasons.csv}. A kernel that does not know a code prints it as {@code 0x28}, the
 * plugin as {@code UNKNOWN (40)}; such a code is looked up in the vendor's table, because newer tables have names for it.
 */
final class ExitReasons {
    /** Bit 31 of a VMX reason, printed as a word behind the name. */
    private static final String FAILED_VMENTRY = " FAILED_VMENTRY";

    /** The basic exit reason within VMX's exit reason field. */
    private static final int VMX_BASIC = 0xffff;

    private final Map<String, ExitReason> byArchitecture = new HashMap<>();
    private final Map<String, ExitReason> bySpelling = new HashMap<>();
    private final Map<Integer, ExitReason> vmxByCode = new HashMap<>();
    private final Map<Integer, ExitReason> svmByCode = new HashMap<>();

    ExitReasons() {
        try (InputStream in = ExitReasons.class.getResourceAsStream("exit-reasons.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String row) {
        String[] column = row.split(",", -1);
        Isa isa = Isa.valueOf(column[0]);
        int code = column[1].isEmpty() ? -1 : (int) Long.parseLong(column[1], 16);
        ExitReason reason = new ExitReason(isa, code, column[2], Family.valueOf(column[3]));
        if (isa != Isa.VMX && isa != Isa.SVM) {
            byArchitecture.put(isa + " " + column[2], reason);
            byArchitecture.put(isa + " 0x" + column[1], reason);
            return;
        }
        (isa == Isa.VMX ? vmxByCode : svmByCode).put(code, reason);
        bySpelling.put(column[2], reason);
        for (String other : column[4].split("\\|", -1)) {
            if (!other.isEmpty()) {
                bySpelling.put(other, reason);
            }
        }
    }

    /** Resolves a reason as printed, once per distinct text. */
    ExitReason resolve(String text) {
        String spelling = withoutFlags(text);
        ExitReason known = bySpelling.get(spelling);
        if (known != null) {
            return known;
        }
        int code = bareCode(spelling);
        if (code < 0) {
            return new ExitReason(Isa.UNKNOWN, -1, text, Family.OTHER);
        }
        ExitReason vmx = vmxByCode.get(code);
        ExitReason svm = svmByCode.get(code);
        if ((vmx == null) == (svm == null)) {
            return new ExitReason(Isa.UNKNOWN, code, text, Family.OTHER);
        }
        return vmx != null ? vmx : svm;
    }

    /** Names of known flags and the bits of others follow a VMX reason: {@code EXTERNAL_INTERRUPT FAILED_VMENTRY 0x4000000}. */
    private static String withoutFlags(String text) {
        int bits = text.lastIndexOf(" 0x");
        String named = bits < 0 ? text : text.substring(0, bits);
        return named.endsWith(FAILED_VMENTRY) ? named.substring(0, named.length() - FAILED_VMENTRY.length()) : named;
    }

    /** The reason of another architecture than x86, by its name there or its {@code 0x} code; {@code code} goes with what the table lacks. */
    ExitReason of(Isa isa, String name, int code) {
        ExitReason known = byArchitecture.get(isa + " " + name);
        return known != null ? known : new ExitReason(isa, code, name, Family.OTHER);
    }

    /** The reason of a record's bare number; bit 31 and other flags of a VMX reason are not part of its code. */
    ExitReason of(Isa isa, int code) {
        ExitReason known = isa == Isa.VMX ? vmxByCode.get(code & VMX_BASIC) : svmByCode.get(code);
        return known != null ? known : new ExitReason(isa, code, "0x" + Integer.toHexString(code), Family.OTHER);
    }

    /** The number in {@code 0x28} or {@code UNKNOWN (40)}, -1 for anything else. */
    private static int bareCode(String text) {
        try {
            if (text.startsWith("0x")) {
                return Integer.parseInt(text, 2, text.length(), 16);
            }
            // very old plugins spell it UNKOWN
            if (text.startsWith("UNK") && text.endsWith(")") && text.indexOf('(') > 0) {
                return Integer.parseInt(text, text.indexOf('(') + 1, text.length() - 1, 10);
            }
            return -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
