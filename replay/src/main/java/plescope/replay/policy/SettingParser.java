package plescope.replay.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the text of a {@link PartialSetting}: parts joined by '+', parameters in braces. */
final class SettingParser {
    private final String text;
    private SchedulerVersion scheduler;
    private CgroupLayout layout;
    private final List<Setting.Chosen> policies = new ArrayList<>();

    SettingParser(String text) {
        this.text = text.trim();
    }

    PartialSetting parse() {
        try {
            for (String part : split(text, '+')) {
                read(part.trim());
            }
            return new PartialSetting(scheduler, layout, policies);
        } catch (IllegalArgumentException e) {
            throw PartialSetting.refused(text, e);
        }
    }

    private void read(String part) {
        int brace = part.indexOf('{');
        String name = brace < 0 ? part : part.substring(0, brace);
        if (brace < 0 && (readScheduler(name) || readLayout(name))) {
            return;
        }
        PolicySpec spec = PolicyCatalog.find(name);
        if (spec == null) {
            throw new IllegalArgumentException(
                    "unknown name '" + name + "', nearest is '" + PolicyCatalog.nearest(name) + "'");
        }
        policies.add(
                new Setting.Chosen(spec.name(), brace < 0 ? Map.of() : readParameters(spec, part.substring(brace))));
    }

    private boolean readScheduler(String name) {
        for (SchedulerVersion version : SchedulerVersion.values()) {
            if (version.label().equals(name)) {
                if (scheduler != null) {
                    throw new IllegalArgumentException("two schedulers: " + scheduler.label() + " and " + name);
                }
                scheduler = version;
                return true;
            }
        }
        return false;
    }

    private boolean readLayout(String name) {
        for (CgroupLayout known : CgroupLayout.values()) {
            if (known.label().equals(name)) {
                if (layout != null) {
                    throw new IllegalArgumentException("two cgroup layouts: " + layout.label() + " and " + name);
                }
                layout = known;
                return true;
            }
        }
        return false;
    }

    private static Map<String, Long> readParameters(PolicySpec spec, String braces) {
        if (!braces.endsWith("}")) {
            throw new IllegalArgumentException("missing '}' after '" + spec.name() + braces + "'");
        }
        Map<String, Long> given = new TreeMap<>();
        for (String pair : split(braces.substring(1, braces.length() - 1), ',')) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("expected name=value, found '" + pair + "'");
            }
            Parameter parameter = parameter(spec, pair.substring(0, equals).trim());
            given.put(
                    parameter.name(), parameter.parse(pair.substring(equals + 1).trim()));
        }
        return given;
    }

    private static Parameter parameter(PolicySpec spec, String name) {
        Parameter parameter = spec.parameter(name);
        if (parameter != null) {
            return parameter;
        }
        if (spec.parameters().isEmpty()) {
            throw new IllegalArgumentException("'" + spec.name() + "' has no parameters, found '" + name + "'");
        }
        List<String> names = spec.parameters().stream().map(Parameter::name).toList();
        throw new IllegalArgumentException("'" + spec.name() + "' has no parameter '" + name + "', nearest is '"
                + EditDistance.nearest(name, names) + "'");
    }

    /** Splits at a separator outside braces; an empty part is an error. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? separator : text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == separator && (depth == 0 || i == text.length())) {
                if (text.substring(start, i).isBlank()) {
                    throw new IllegalArgumentException("empty part in '" + text + "'");
                }
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        return parts;
    }
}
