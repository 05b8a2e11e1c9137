package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.policy.PartialSetting;

/** Reads {@code [SETTING] [; CHANGE]...}, where a change is {@code name=value} or {@code +policy}. */
final class WhatIfParser {
    private final String text;
    private final List<Change> changes = new ArrayList<>();

    WhatIfParser(String text) {
        this.text = text;
    }

    List<Change> parse() {
        int start = 0;
        while (start <= text.length()) {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            read(skipBlanks(start, end), end);
            start = end + 1;
        }
        return changes;
    }

    private int skipBlanks(int from, int end) {
        int at = from;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private void read(int start, int end) {
        String part = text.substring(start, end).stripTrailing();
        if (part.isEmpty()) {
            throw wrong(start, "expected a setting or a change such as pcpus=4");
        }
        int equals = part.indexOf('=');
        int brace = part.indexOf('{');
        if (part.charAt(0) == '+') {
            changes.add(SettingChange.added(setting(start + 1, part.substring(1))));
        } else if (equals >= 0 && (brace < 0 || equals < brace)) {
            changes.add(change(start, part, equals));
        } else if (changes.isEmpty()) {
            changes.add(SettingChange.replaced(setting(start, part)));
        } else {
            throw wrong(start, "expected a change such as pcpus=4, found '" + part + "'; a setting comes first");
        }
    }

    private Change change(int start, String part, int equals) {
        String name = part.substring(0, equals).stripTrailing();
        ChangeSpec spec = ChangeCatalog.find(name);
        if (spec == null) {
            throw wrong(start, "unknown change '" + name + "', nearest is '" + ChangeCatalog.nearest(name) + "'");
        }
        int value = skipBlanks(start + equals + 1, start + part.length());
        String given = text.substring(value, start + part.length());
        if (given.isEmpty()) {
            throw wrong(value, name + " needs a value, such as " + spec.values());
        }
        try {
            return spec.reader().apply(given);
        } catch (IllegalArgumentException e) {
            throw wrong(value, e.getMessage());
        }
    }

    private PartialSetting setting(int start, String part) {
        try {
            return PartialSetting.parse(part);
        } catch (IllegalArgumentException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw wrong(start + Math.max(0, part.indexOf(firstQuoted(reason))), reason);
        }
    }

    /** The word a message is about. */
    private static String firstQuoted(String message) {
        int from = message.indexOf('\'');
        int to = message.indexOf('\'', from + 1);
        return from < 0 || to < 0 ? "" : message.substring(from + 1, to);
    }

    private WhatIfException wrong(int at, String message) {
        return new WhatIfException(text, at + 1, message);
    }
}
