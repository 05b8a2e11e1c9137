package plescope.replay.whatif;

import java.util.List;

/**
 * A question: what if these things had been different?
 *
 * @param text as the user wrote it, in canonical form
 */
public record WhatIf(String text, List<Change> changes) {
    public WhatIf {
        changes = List.copyOf(changes);
    }

    /** Applies the changes in order. */
    public Experiment apply(Experiment identity) {
        Experiment changed = identity;
        for (Change change : changes) {
            changed = change.apply(changed);
        }
        return changed;
    }
}
