package plescope.replay.workload.text;

import java.util.HashMap;
import java.util.Map;
import plescope.replay.model.Roster;

/** How workload files call VMs, vCPUs and locks, and how they keep free text on its line. */
final class Names {
    static final String VM = "vm";
    private static final String VCPU = "/vcpu";

    private final Map<String, Integer> vcpus = new HashMap<>();
    private final Map<Integer, String> labels = new HashMap<>();

    /** The names of a roster's vCPUs. @throws IllegalArgumentException if two vCPUs of a VM have one number */
    static Names of(Roster roster) {
        Names names = new Names();
        roster.vcpus().forEach(vcpu -> {
            String label = VM + vcpu.vm() + VCPU + vcpu.number();
            if (!names.add(label, vcpu.index())) {
                throw new IllegalArgumentException("two vCPUs are called " + label
                        + "; a map of threads would tell which is which: --threads FILE");
            }
        });
        return names;
    }

    /** False where the name is taken. */
    boolean add(String label, int vcpu) {
        labels.put(vcpu, label);
        return vcpus.putIfAbsent(label, vcpu) == null;
    }

    String vcpu(int index) {
        return labels.get(index);
    }

    /** Dense index, -1 for an unknown name. */
    int vcpu(String label) {
        return vcpus.getOrDefault(label, -1);
    }

    static String lock(int lock) {
        return "L" + lock;
    }

    /** The number behind a prefix, as in {@code vm3} or {@code vcpu12}; -1 where the word is no such name. */
    static int numbered(String prefix, String word) {
        int digits = word.length() - prefix.length();
        if (!word.startsWith(prefix) || digits < 1 || digits > 9) {
            return -1;
        }
        // One spelling per number: vcpu01 beside vcpu1 would be two of one name.
        if (digits > 1 && word.charAt(prefix.length()) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = prefix.length(); i < word.length(); i++) {
            int digit = word.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Free text in one line: control characters and backslashes as {@code \}{@code uXXXX}. */
    static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '\\' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
                String hex = Integer.toHexString(c);
                line.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    /** Undoes {@link #escaped}. @throws IllegalArgumentException for a backslash that begins nothing */
    static String unescaped(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) != '\\') {
                text.append(line.charAt(i));
                continue;
            }
            if (!line.startsWith("\\u", i) || i + 6 > line.length()) {
                throw new IllegalArgumentException("a backslash is written \\u005c");
            }
            try {
                text.append((char) Integer.parseUnsignedInt(line, i + 2, i + 6, 16));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("\\u needs four hexadecimal digits", e);
            }
            i += 5;
        }
        return text.toString();
    }
}
