package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import plescope.analysis.store.TraceDatabase;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.EnsemblePlan;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.WhatIf;

/**
 * Which replays to make of a trace that is not read yet. The identity replay always comes first: its error is the trust in all
 * the others.
 *
 * @param replays false makes none
 * @param recorded what the trace was recorded under, null to take what the trace itself tells
 * @param asked what-ifs to replay; empty for the default list
 * @param ensemble how often each
 * @param jobs replays at a time
 */
record ReplayPlan(boolean replays, Setting recorded, List<WhatIf> asked, EnsemblePlan ensemble, int jobs) {
    static final ReplayPlan NONE = new ReplayPlan(false, null, List.of(), EnsemblePlan.DEFAULT, 1);

    /** Number of the first replay; 0 is the recorded schedule. */
    private static final int FIRST_RUN = 1;

    private static final String ORACLE = "waitfor-oracle";

    void store(Recording recording, TraceDatabase database) {
        Setting identity = Setting.parse(recording.host().setting().setting());
        List<WhatIf> questions = new ArrayList<>(asked.isEmpty() ? byDefault(identity) : asked);
        if (questions.stream().noneMatch(whatIf -> whatIf.text().contains(ORACLE))) {
            questions.add(WhatIf.parse(identity.scheduler().label() + "+" + ORACLE));
        }
        try {
            new Replays(recording, ensemble, jobs).store(questions, FIRST_RUN, database);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** PLE off, the oldest yield era, the schedulers of other kernels, Debooster where it was made for, and the two bounds. */
    private static List<WhatIf> byDefault(Setting identity) {
        Set<Setting> settings = new LinkedHashSet<>();
        for (String text : List.of(
                identity.scheduler().label() + "+no-ple",
                identity.scheduler().label() + "+p2011",
                "cfs-5.6+p2019",
                "cfs-5.6+p2019+debooster",
                "cfs-6.1+p2019",
                "eevdf-6.18+p2024",
                "dedicated",
                identity.scheduler().label() + "+" + ORACLE)) {
            settings.add(Setting.parse(text));
        }
        settings.remove(identity);
        return settings.stream()
                .map(setting -> WhatIf.parse(setting.toString()))
                .toList();
    }
}
