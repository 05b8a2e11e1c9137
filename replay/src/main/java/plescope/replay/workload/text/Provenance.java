package plescope.replay.workload.text;

import plescope.replay.model.Origin;

/**
 * Where a workload comes from.
 *
 * @param source the log or database it was made from, as given
 * @param producer tool that printed the log, empty where unknown
 * @param kernel release that the log names, empty where it does not
 * @param member which drawing of what the log leaves open: 0 is the most likely
 * @param setting scheduler, era and policies of the identity replay
 * @param settingOrigin RECORDED where the log names its kernel, INFERRED where other signs speak
 * @param settingAssumed whether nothing speaks for this setting more than for another
 * @param reason one sentence on the setting
 * @param spin what the recording shows of spinning: PLE_EXITS, SAMPLED or NONE
 * @param spinReason one sentence on that, empty where the file does not say
 */
public record Provenance(
        String source,
        String producer,
        String kernel,
        int member,
        String setting,
        Origin settingOrigin,
        boolean settingAssumed,
        String reason,
        String spin,
        String spinReason) {}
