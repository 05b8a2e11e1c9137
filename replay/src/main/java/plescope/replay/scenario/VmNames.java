package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.guest.LockSpec;

/** What the tasks of one VM may refer to. */
record VmNames(NameTable locks, List<LockSpec.Kind> kinds, NameTable channels, NameTable barriers) {
    static VmNames in(SourceText source) {
        return new VmNames(
                new NameTable(source, "lock"),
                new ArrayList<>(),
                new NameTable(source, "channel"),
                new NameTable(source, "barrier"));
    }
}
