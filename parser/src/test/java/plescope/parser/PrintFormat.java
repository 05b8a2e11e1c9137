package plescope.parser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plescope.parser.event.TraceEvent;

/**
 * The {@code print fmt} of a tracefs {@code format} file, rendered with random values.
 *
 * <p>C expressions are not evaluated: a number is drawn per field, and where a text is printed, one of the texts that stand in
 * its expression. What was drawn stays in {@link #numbers()} under the field's name.
 */
final class PrintFormat {
    private static final Pattern CONVERSION = Pattern.compile("%([#0-9 *-]*)(hh|h|ll|l|L|z)?([a-zA-Z%])(bl|S|s)?");
    private static final Pattern FIELD = Pattern.compile("REC->(\\w+)");
    private static final Pattern LITERAL = Pattern.compile("(?:\"([^\"]*)\"\\s*)+");
    private static final Set<String> MAYBE_NEGATIVE = Set.of("prio", "prev_prio", "next_prio", "vector", "ns");
    /** Largest values of the fields that name host CPUs and vCPUs; larger ones are damage. */
    private static final Map<String, Integer> MOST = Map.of(
            "cpu", TraceEvent.MAX_PCPUS - 1,
            "orig_cpu", TraceEvent.MAX_PCPUS - 1,
            "dest_cpu", TraceEvent.MAX_PCPUS - 1,
            "target_cpu", TraceEvent.MAX_PCPUS - 1,
            "vcpu_id", TraceEvent.MAX_VCPU_IDS - 1);

    private static final Pattern DELIMITER = Pattern.compile("__print_flags\\(([^\"]*), \"[^\"]*\",");

    final String name;
    private final String text;
    private final List<String> arguments;
    private final Map<String, Long> numbers = new HashMap<>();
    private boolean afterSeparator;
    private String separator = "";

    PrintFormat(Path file) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        name = content.substring("name: ".length(), content.indexOf('\n'));
        String format = content.substring(content.indexOf("print fmt: ") + "print fmt: ".length())
                .strip();
        int end = format.indexOf('"', 1);
        text = format.substring(1, end);
        arguments = arguments(format.substring(end + 1));
    }

    /** Splits at commas outside brackets and quotes. */
    private static List<String> arguments(String list) {
        List<String> found = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= list.length(); i++) {
            char c = i < list.length() ? list.charAt(i) : ',';
            quoted ^= c == '"';
            depth += "({".indexOf(c) >= 0 && !quoted ? 1 : 0;
            depth -= ")}".indexOf(c) >= 0 && !quoted ? 1 : 0;
            if (c == ',' && depth <= 0 && !quoted) {
                found.add(list.substring(from, i).strip());
                from = i + 1;
            }
        }
        return found.subList(1, found.size());
    }

    /** The payload with new values. */
    String render(SplittableRandom random) {
        numbers.clear();
        StringBuilder payload = new StringBuilder();
        Matcher conversion = CONVERSION.matcher(text);
        int argument = 0;
        int from = 0;
        while (conversion.find()) {
            payload.append(text, from, conversion.start());
            from = conversion.end();
            if (conversion.group(3).equals("%")) {
                payload.append('%');
                continue;
            }
            argument += conversion.group(1).contains("*") ? 1 : 0;
            payload.append(value(conversion, arguments.get(argument++), random));
        }
        return payload.append(text.substring(from)).toString();
    }

    private String value(Matcher conversion, String argument, SplittableRandom random) {
        String type = conversion.group(3);
        if (conversion.group(4) != null || type.equals("p")) {
            return "bl".equals(conversion.group(4)) ? "0-3" : "some_function+0x92/0xa0";
        }
        if (type.equals("s")) {
            return text(argument, random);
        }
        long number = number(argument, conversion.group(2), random);
        String flags = conversion.group(1).replace("*", "");
        if (type.equals("d") || type.equals("i")) {
            return String.format(Locale.ROOT, "%" + flags + "d", number);
        }
        if (type.equals("u")) {
            return Long.toUnsignedString(number);
        }
        return String.format(Locale.ROOT, "%" + flags + type, number);
    }

    private long number(String argument, String size, SplittableRandom random) {
        Matcher field = FIELD.matcher(argument);
        String key = field.find() ? field.group(1) : argument;
        boolean wide = size != null && !size.startsWith("h");
        long limit = argument.contains("(u8)") ? 0xff : MOST.getOrDefault(key, Integer.MAX_VALUE);
        // small numbers and the largest are more interesting than the many between
        long drawn =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(10);
                    case 2 -> limit;
                    default -> wide ? random.nextLong() : random.nextLong(limit);
                };
        // a deadline task's priority, a spurious EOI, a clock that went back
        boolean negative = MAYBE_NEGATIVE.contains(key) && random.nextInt(4) == 0;
        return numbers.computeIfAbsent(key, unseen -> negative ? -1 : drawn);
    }

    private String text(String argument, SplittableRandom random) {
        List<String> candidates = new ArrayList<>();
        Matcher literal = LITERAL.matcher(DELIMITER.matcher(argument).replaceAll("$1,"));
        while (literal.find()) {
            candidates.add(literal.group().replaceAll("\"\\s*\"", "").replaceAll("^\"|\"\\s*$", ""));
        }
        if (candidates.isEmpty()) {
            return "comm " + random.nextInt(100);
        }
        if (afterSeparator) {
            // `flags ? " " : ""` goes with `flags ? names : ""`
            candidates.removeIf(candidate -> candidate.isEmpty() == separator.equals(" "));
        }
        String drawn = candidates.get(random.nextInt(candidates.size()));
        afterSeparator = candidates.equals(List.of(" ", ""));
        separator = drawn;
        return drawn;
    }

    /** The numbers of the last rendering, by field. */
    Map<String, Long> numbers() {
        return numbers;
    }
}
