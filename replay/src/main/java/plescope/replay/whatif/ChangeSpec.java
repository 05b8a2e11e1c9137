package plescope.replay.whatif;

import java.util.function.Function;

/**
 * One kind of change, as a user may write it.
 *
 * @param name what stands before the equals sign
 * @param alias another name, understood and printed as {@code name}; null for none
 * @param values what may stand behind it
 * @param meaning one sentence
 * @param reader makes the change of what stands behind, or throws {@code IllegalArgumentException} with what is wrong
 */
public record ChangeSpec(String name, String alias, String values, String meaning, Function<String, Change> reader) {}
