/** Recordings to replay, wherever they come from: a log, a plescope database, or a workload file. */
package plescope.analysis.recording;
