package plescope.analysis.recording;

import plescope.replay.whatif.Recording;

/**
 * A recording and where it is from.
 *
 * @param producer tool that printed its log, empty where unknown
 * @param kernel release that its log names, empty where it does not
 * @param opened edges that a cut left open
 * @param log what reading its log found, null where none was read
 */
public record SourcedRecording(Recording recording, String producer, String kernel, long opened, LogReading log) {}
