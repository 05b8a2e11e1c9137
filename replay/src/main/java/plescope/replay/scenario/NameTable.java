package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import plescope.replay.policy.EditDistance;

/** Names of one sort, numbered as they are declared. */
final class NameTable {
    private final SourceText source;
    private final String sort;
    private final List<String> names = new ArrayList<>();
    private final List<Token> places = new ArrayList<>();

    /** The sort, such as {@code lock}, stands in messages. */
    NameTable(SourceText source, String sort) {
        this.source = source;
        this.sort = sort;
    }

    void declare(Token at, String name) {
        int earlier = names.indexOf(name);
        if (earlier >= 0) {
            throw source.error(
                    at,
                    sort + " '" + name + "' is declared twice",
                    "the first stands in line " + places.get(earlier).getLine());
        }
        names.add(name);
        places.add(at);
    }

    int find(Token at, String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw source.error(
                    at,
                    "there is no " + sort + " '" + name + "' here",
                    names.isEmpty() ? "none is declared" : "did you mean '" + EditDistance.nearest(name, names) + "'?");
        }
        return index;
    }

    int size() {
        return names.size();
    }

    String name(int index) {
        return names.get(index);
    }

    /** Where it was declared. */
    Token place(int index) {
        return places.get(index);
    }
}
