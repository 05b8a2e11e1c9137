package plescope.replay.whatif;

import java.nio.charset.StandardCharsets;

/** Fuzz target: any text as a what-if, which is refused with its reason, or read, and then read again from what it prints. */
public final class WhatIfFuzz {
    private WhatIfFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) {
        WhatIf whatIf;
        try {
            whatIf = WhatIf.parse(new String(text, StandardCharsets.UTF_8));
        } catch (WhatIfException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("refused without a reason", e);
            }
            return;
        }
        String printed = whatIf.toString();
        String again;
        try {
            again = WhatIf.parse(printed).toString();
        } catch (WhatIfException e) {
            throw new AssertionError(printed + " is printed and not read", e);
        }
        if (!again.equals(printed)) {
            throw new AssertionError(printed + " is read as " + again);
        }
    }
}
