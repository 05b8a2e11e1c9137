/** How faithful the simulated scheduler is: its picks against those a kernel was recorded making. */
package plescope.replay.fidelity;
