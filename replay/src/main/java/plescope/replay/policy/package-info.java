/** Scheduling policies as bundles of optional hooks, their catalog, and the settings that combine them with a kernel. */
package plescope.replay.policy;
