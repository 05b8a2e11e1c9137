package plescope.replay.calibration;

import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.workload.LockModel;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadExtractor;

/**
 * What a replay of the recorded run itself needs beside its rows: the host under its setting, and how the guests use their locks. Each
 * is found by replays that need the other, so the setting comes first where the log or the user names it, and else is settled
 * with locks found under the assumed one.
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
        LockModel locks = locks(recorded, roster, spanNs, host);
        if (!host.setting().assumed()) {
            return new Identity(host, locks);
        }
        Workload work = recorded.extract(roster, spanNs, locks, 0);
        RecordedHost settled = SchedulerFingerprint.settle(host, work, seed);
        boolean same = settled.setting().setting().equals(host.setting().setting());
        return new Identity(settled, same ? locks : locks(recorded, roster, spanNs, settled));
    }

    private static LockModel locks(WorkloadExtractor recorded, Roster roster, long spanNs, RecordedHost host) {
        Setting setting = Setting.parse(host.setting().setting());
        return LockCalibrator.calibrate(recorded, roster, spanNs, host.model(), setting);
    }
}
