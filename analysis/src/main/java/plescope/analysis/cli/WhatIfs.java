package plescope.analysis.cli;

import java.util.List;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.WhatIf;

/** What-ifs as users write them. */
final class WhatIfs {
    private WhatIfs() {}

    static WhatIf of(Setting setting) {
        return new WhatIf(setting.toString(), List.of(to -> new Experiment(to.work(), to.host(), setting)));
    }

    static WhatIf parse(String text) {
        try {
            return of(Setting.parse(text));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
