/** The machine a trace came from, as far as the trace shows it: costs, PLE hardware, placement, kernel. */
package plescope.replay.calibration;
