/** Recorded and simulated schedules as tables of one DuckDB file. */
package plescope.analysis.store;
