package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import plescope.analysis.recording.RecordingWindows;
import plescope.analysis.recording.RecordingWindows.Whole;
import plescope.analysis.recording.Windowing;
import plescope.analysis.store.ScheduleReader;
import plescope.analysis.store.TraceDatabase;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
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
 * @param windowing how to cut what is too long
 */
record ReplayPlan(
        boolean replays, Setting recorded, List<WhatIf> asked, EnsemblePlan ensemble, int jobs, Windowing windowing) {
    static final ReplayPlan NONE = new ReplayPlan(false, null, List.of(), EnsemblePlan.DEFAULT, 1, Windowing.of(0));

    private static final int HOST = -1;

    /** Number of the first replay; 0 is the recorded schedule. */
    private static final int FIRST_RUN = 1;

    private static final String ORACLE = "waitfor-oracle";

    void store(Recording recording, TraceDatabase database) {
        store(recording.host().setting(), new Replays(recording, ensemble, jobs), database);
    }

    /**
     * Replays a stored recording window by window.
     *
     * @param fittedNs how much of it fitted into memory at once, where no length is asked for
     * @return the machine under the setting it was replayed as
     */
    RecordedHost store(
            ScheduleReader schedule, Whole whole, long fittedNs, GuestSymbols symbols, TraceDatabase database) {
        RecordingWindows windows = new RecordingWindows(
                schedule, whole, windowing.lengthNs(fittedNs), windowing.mostRows(), symbols, recorded);
        RecordedHost host = windows.first().recording().host();
        store(host.setting(), new Replays(windows, ensemble, jobs), database);
        database.facts().metric(FIRST_RUN, HOST, "windows", (double) windows.count(), "count");
        database.facts().metric(FIRST_RUN, HOST, "window_length", (double) whole.spanNs() / windows.count(), "ns");
        database.facts().metric(FIRST_RUN, HOST, "window_edges_cut", (double) windows.opened(), "count");
        return host;
    }

    private void store(RecordedSetting recordedAs, Replays replayed, TraceDatabase database) {
        Setting identity = Setting.parse(recordedAs.setting());
        List<WhatIf> questions = new ArrayList<>(asked.isEmpty() ? byDefault(identity) : asked);
        if (questions.stream().noneMatch(whatIf -> whatIf.text().contains(ORACLE))) {
            questions.add(WhatIf.parse(identity.scheduler().label() + "+" + ORACLE));
        }
        try {
            replayed.store(questions, FIRST_RUN, database);
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
