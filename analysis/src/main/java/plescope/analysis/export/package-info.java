/** Schedules in the forms of other programs: Parquet, CSV, JSON lines and Chrome traces; and without what identifies anyone. */
package plescope.analysis.export;
