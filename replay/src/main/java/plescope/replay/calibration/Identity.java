package plescope.replay.calibration;

import java.util.HashMap;
import java.util.Map;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.workload.LockModel;
import plescope.replay.workload.WorkloadExtractor;

/**
 * What a replay of the recorded run itself needs beside its rows: the host under its setting, and how the guests use their locks. Each
 * is found by replays that need the other, so the setting comes first where the log or the user names it, and else locks are found
 * under each candidate: those found under a wrong scheduler make up for it, and then speak for it.
 */
public record Identity(RecordedHost host, LockModel locks) {
    /**
     * Finds both.
     *
     * @param recorded every row of the recording
     * @param found the host as read from the log
     * @param named what the log was recorded under, null to take what the log itself tells
     * @param seed of the replays that tell schedulers apart
     */
    public static Identity of(
            WorkloadExtractor recorded, Roster roster, long spanNs, RecordedHost found, Setting named, long seed) {
        RecordedHost host = named == null
                ? found
                : found.under(new RecordedSetting(named.toString(), Origin.RECORDED, false, "named by --recorded"));
        if (!SchedulerFingerprint.applies(host)) {
            return new Identity(host, locks(recorded, roster, spanNs, host));
        }
        Map<Setting, LockModel> read = new HashMap<>();
        RecordedHost settled = SchedulerFingerprint.settle(
                host,
                candidate -> {
                    LockModel locks = LockCalibrator.calibrate(recorded, roster, spanNs, host.model(), candidate);
                    read.put(candidate, locks);
                    return recorded.extract(roster, spanNs, locks, 0);
                },
                seed);
        return new Identity(settled, read.get(Setting.parse(settled.setting().setting())));
    }

    private static LockModel locks(WorkloadExtractor recorded, Roster roster, long spanNs, RecordedHost host) {
        Setting setting = Setting.parse(host.setting().setting());
        return LockCalibrator.calibrate(recorded, roster, spanNs, host.model(), setting);
    }
}
