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
 * plugin as {@code UNKNOWN (40)}; such a code is looked up in the vendor's table, because newer tables have names for it. Codes,
 * and a few names of 2.6.3x, mean one thing on VMX and another on SVM: which one, {@link ExitVendor} knows.
 */
final class ExitReasons {
    /** Bit 31 of a VMX reason, printed as a word behind the name. */
    private static final String FAILED_VMENTRY = " FAILED_VMENTRY";

    private static final long FAILED_BIT = 1L << 31;

    /** The basic exit reason within VMX's exit reason field. */
    private static final int VMX_BASIC = 0xffff;

    private static final long NO_CODE = -1;

    private final Map<String, ExitReason> byArchitecture = new HashMap<>();
    private final Vendor vmx = new Vendor(Isa.VMX);
    private final Vendor svm = new Vendor(Isa.SVM);

    /** What one vendor's exits are called. */
    private static final class Vendor {
        final Isa isa;
        final Map<String, ExitReason> bySpelling = new HashMap<>();
        final Map<Integer, ExitReason> byCode = new HashMap<>();

        Vendor(Isa isa) {
            this.isa = isa;
        }

        /** Null where this vendor has no such name or code. */
        ExitReason find(String text) {
            boolean failed = isa == Isa.VMX && text.contains(FAILED_VMENTRY);
            ExitReason known = bySpelling.get(isa == Isa.VMX ? withoutFlags(text) : text);
            long code = bareCode(text);
            if (known == null && code != NO_CODE) {
                known = byCode.get(basic(isa, code));
                failed |= isa == Isa.VMX && (code & FAILED_BIT) != 0;
            }
            return known == null ? null : known.spelled(text, failed);
        }
    }

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
        Vendor vendor = isa == Isa.VMX ? vmx : svm;
        vendor.byCode.put(code, reason);
        vendor.bySpelling.put(column[2], reason);
        for (String other : column[4].split("\\|", -1)) {
            if (!other.isEmpty()) {
                vendor.bySpelling.put(other, reason);
            }
        }
    }

    /**
     * What a reason as printed means while nothing else of the log is known: the only vendor that has it; of names that both
     * have, SVM's, because VMX kernels print them in capitals since 2.6.36; else nothing but its code.
     */
    ExitReason resolve(String text) {
        ExitReason intel = vmx.find(text);
        ExitReason amd = svm.find(text);
        boolean ambiguous = intel != null && amd != null && isBareCode(text);
        if (ambiguous || (intel == null && amd == null)) {
            return new ExitReason(Isa.UNKNOWN, (int) bareCode(text), text, Family.OTHER);
        }
        return amd != null ? amd : intel;
    }

    /** What the same text means in a log of that vendor. */
    ExitReason resolve(String text, Isa isa) {
        ExitReason known = (isa == Isa.VMX ? vmx : svm).find(text);
        if (known != null) {
            return known;
        }
        long code = bareCode(text);
        return new ExitReason(code == NO_CODE ? Isa.UNKNOWN : isa, basic(isa, code), text, Family.OTHER);
    }

    /** Whether the text alone tells the vendor: a name that only one of them has. */
    boolean tellsVendor(String text) {
        return !isBareCode(text) && (vmx.find(text) == null) != (svm.find(text) == null);
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
        return resolve("0x" + Integer.toHexString(code), isa);
    }

    private static int basic(Isa isa, long code) {
        return isa == Isa.VMX && code != NO_CODE ? (int) code & VMX_BASIC : (int) code;
    }

    private static boolean isBareCode(String text) {
        return bareCode(text) != NO_CODE;
    }

    /** The number in {@code 0x28} or {@code UNKNOWN (40)}, both of 32 bits; {@link #NO_CODE} for anything else. */
    private static long bareCode(String text) {
        try {
            if (text.startsWith("0x")) {
                return Integer.toUnsignedLong(Integer.parseUnsignedInt(text, 2, text.length(), 16));
            }
            // very old plugins spell it UNKOWN
            if (text.startsWith("UNK") && text.endsWith(")") && text.indexOf('(') > 0) {
                return Integer.toUnsignedLong(
                        Integer.parseUnsignedInt(text, text.indexOf('(') + 1, text.length() - 1, 10));
            }
            return NO_CODE;
        } catch (NumberFormatException e) {
            return NO_CODE;
        }
    }
}
