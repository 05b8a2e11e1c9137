package plescope.replay.spin;

import java.nio.charset.StandardCharsets;

/** Fuzz target: any text as a System.map or kallsyms, which is read or refused with its reason. */
public final class GuestSymbolsFuzz {
    private GuestSymbolsFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) {
        try {
            GuestSymbols symbols =
                    GuestSymbols.NONE.with("shop", new String(text, StandardCharsets.ISO_8859_1).lines());
            for (long rip : new long[] {0, -1, 1, 0xffffffff81000000L, Long.MIN_VALUE, Long.MAX_VALUE}) {
                symbols.lookup("shop", rip);
                symbols.spinPlace("shop", rip);
            }
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null || e instanceof NumberFormatException) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
