package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import plescope.analysis.store.TraceDatabase;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.WhatIf;
import plescope.replay.workload.Workload;

/**
 * Which replays to make of a trace that is not read yet. The identity replay always comes first: its error is the trust in all
 * the others.
 *
 * @param replays false makes none
 * @param recorded what the trace was recorded under, null to take what the trace itself tells
 * @param asked what else to replay; empty for the default list
 * @param jobs replays at a time
 */
record ReplayPlan(boolean replays, Setting recorded, List<WhatIf> asked, long seed, int jobs) {
    static final ReplayPlan NONE = new ReplayPlan(false, null, List.of(), 0, 1);

    /** Number of the first replay; 0 is the recorded schedule. */
    private static final int FIRST_RUN = 1;

    void store(Workload work, RecordedHost host, TraceDatabase database) {
        Setting identity = Setting.parse(host.setting().setting());
        List<WhatIf> questions = new ArrayList<>(List.of(new WhatIf(List.of())));
        questions.addAll(asked.isEmpty() ? byDefault(identity) : asked);
        new Replays(new Experiment(work, host.model(), identity), seed, jobs).store(questions, FIRST_RUN, database);
    }

    /** PLE off, the oldest yield era, the schedulers of other kernels, Debooster where it was made for, and the two bounds. */
    private static List<WhatIf> byDefault(Setting identity) {
        List<WhatIf> questions = new ArrayList<>();
        for (String text : List.of(
                identity.scheduler().label() + "+no-ple",
                identity.scheduler().label() + "+p2011",
                "cfs-5.6+p2019",
                "cfs-5.6+p2019+debooster",
                "cfs-6.1+p2019",
                "eevdf-6.18+p2024",
                "eevdf-6.12+dedicated",
                "eevdf-6.12+waitfor-oracle")) {
            questions.add(WhatIf.parse(text));
        }
        return questions;
    }
}
