/** Workloads as a text that people can read, compare, edit and share; described in {@code docs/workload.md}. */
package plescope.replay.workload.text;
