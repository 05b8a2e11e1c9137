package plescope.replay.whatif;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code name:value,name:value}; a part without a colon belongs to the value before it, as in {@code vm0:0-1,3}. */
final class NamedValues {
    private NamedValues() {}

    /** In the order given. */
    static Map<String, String> read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        String last = null;
        for (String part : text.split(",", -1)) {
            int colon = part.lastIndexOf(':');
            if (colon < 0 && last == null) {
                throw new IllegalArgumentException("expected name:value such as vm0:1, found '" + part.strip() + "'");
            }
            if (colon < 0) {
                values.merge(last, part.strip(), (before, more) -> before + "," + more);
                continue;
            }
            last = part.substring(0, colon).strip();
            if (values.put(last, part.substring(colon + 1).strip()) != null) {
                throw new IllegalArgumentException("'" + last + "' is named twice");
            }
        }
        return values;
    }
}
