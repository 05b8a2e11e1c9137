package plescope.parser.text;

import java.util.Locale;

/** Says in words what should have stood where a known event's text stopped fitting its format. */
final class Expectation {
    /** Key before the damage, and what follows it in every format that has the key. */
    private static final String[][] AFTER_KEY = {
        {"vcpu ", "the vCPU number"},
        {"reason ", "an exit reason"},
        {"rip 0x", "the guest's instruction pointer"},
        {"dst ", "a hexadecimal destination"},
        {"apicid ", "a hexadecimal APIC id"},
        {"vec ", "a decimal vector"},
        {"vector ", "a decimal vector"},
        {"irq ", "a decimal vector"},
        {"IRQ 0x", "a hexadecimal vector"},
        {"pid=", "a thread id"},
        {"prio=", "a priority"},
        {"_state=", "a task state"},
        {"cpu=", "a CPU number"},
        {"old ", "the old window"},
        {"new ", "the new window"},
        {"time ", "nanoseconds"},
        {"= 0x", "the MSR's value"},
    };

    private Expectation() {}

    /** {@code kvm_exit: expected the vCPU number, found 'x'}. */
    static String message(LineBytes line, int at) {
        String before = line.text(0, Math.min(at, line.size()));
        String found = at >= line.size() ? "the end of the line" : "'" + word(line, at) + "'";
        return event(before) + "expected " + expected(line, at, before) + ", found " + found;
    }

    private static String expected(LineBytes line, int at, String before) {
        for (String[] key : AFTER_KEY) {
            if (before.endsWith(key[0])) {
                return key[1];
            }
        }
        return at >= line.size() ? "the rest of the event" : "the event's own text";
    }

    /** The first word that is named like an event; a hostile comm can only spoil the message. */
    private static String event(String before) {
        for (String word : before.split("[ :]+", -1)) {
            String small = word.toLowerCase(Locale.ROOT);
            if (small.startsWith("kvm_") || small.startsWith("sched_")) {
                return word + ": ";
            }
        }
        return "";
    }

    private static String word(LineBytes line, int at) {
        int end = at;
        while (end < line.size() && end < at + 20 && line.at(end) > ' ') {
            end++;
        }
        return line.text(at, Math.max(end, at + 1));
    }
}
