/** Scores inference against synthetic logs whose truth is known, and verdicts without symbols against those with. */
package plescope.analysis.scoring;
