/** The one way in which this program writes files: aside, whole, and under their names only when they are complete. */
package plescope.analysis.file;
