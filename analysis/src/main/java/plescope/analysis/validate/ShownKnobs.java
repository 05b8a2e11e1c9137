package plescope.analysis.validate;

import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.WhatIf;

/** What the logs themselves show to be different: setting and placement. */
public final class ShownKnobs implements Knobs {
    @Override
    public WhatIf asked(Pair pair, Recording from, Recording to) {
        Setting setting = Setting.parse(to.host().setting().setting());
        HostModel other = to.host().model();
        return new WhatIf(
                setting.toString(),
                List.of(experiment -> new Experiment(
                        experiment.work(), experiment.host().on(other.topology(), other.allowed()), setting)));
    }
}
