/** What the fuzz targets of all modules share: damage to bytes, and runs that are the same every time. */
package plescope.fuzz;
