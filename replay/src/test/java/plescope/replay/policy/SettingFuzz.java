package plescope.replay.policy;

import java.nio.charset.StandardCharsets;

/** Fuzz target: any text as a setting, which is refused with its reason, or read, and then read again from what it prints. */
public final class SettingFuzz {
    private SettingFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) {
        Setting setting;
        try {
            setting = Setting.parse(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("refused without a reason", e);
            }
            return;
        }
        String printed = setting.toString();
        if (!Setting.parse(printed).toString().equals(printed)) {
            throw new AssertionError(printed + " is read as " + Setting.parse(printed));
        }
    }
}
