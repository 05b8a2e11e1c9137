package plescope.replay.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import plescope.replay.scenario.grammar.ScenarioParser.ValueContext;

/** The entries of one block: each may stand once, and has a default. */
final class Fields {
    private final SourceText source;
    private final Values values;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, ValueContext> numbers = new HashMap<>();

    Fields(SourceText source, Values values) {
        this.source = source;
        this.values = values;
    }

    void add(Token key, ValueContext value) {
        once(key);
        numbers.put(key.getText(), value);
    }

    /** Refuses an entry that is there already. */
    void once(Token key) {
        if (!seen.add(key.getText())) {
            throw source.error(key, "'" + key.getText() + "' stands twice in this block");
        }
    }

    boolean has(String key) {
        return seen.contains(key);
    }

    int integer(String key, int otherwise, int least, int most) {
        ValueContext value = numbers.get(key);
        return value == null ? otherwise : values.integer(value, key, least, most);
    }

    long nanos(String key, long otherwise, long least, long most) {
        ValueContext value = numbers.get(key);
        return value == null ? otherwise : values.nanos(value, key, least, most);
    }

    long picos(String key, long otherwise, long least, long most) {
        ValueContext value = numbers.get(key);
        return value == null ? otherwise : values.picos(value, key, least, most);
    }
}
