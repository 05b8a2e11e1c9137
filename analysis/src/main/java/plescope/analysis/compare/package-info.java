/** Two schedules side by side: what differs beyond the variation that each shows from one stretch of time to the next. */
package plescope.analysis.compare;
