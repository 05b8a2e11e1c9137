package plescope.analysis.store;

import plescope.replay.calibration.RecordedSetting;
import plescope.replay.model.HostModel;
import plescope.replay.model.Roster;
import plescope.replay.spin.GuestSymbols;

/**
 * What a database says about the recording it was made from, beside the schedule itself.
 *
 * @param source name of the log, as given
 * @param producer tool that printed the log
 * @param kernel release that the log names, empty where it does not
 * @param firstTimestampNs clock reading of the first event
 * @param symbols guest functions, of the addresses that matter alone
 */
public record RecordedTrace(
        String source,
        String producer,
        String kernel,
        long firstTimestampNs,
        long spanNs,
        Roster roster,
        HostModel host,
        RecordedSetting setting,
        GuestSymbols symbols) {}
