/** The host's fair scheduler: CFS and EEVDF over per-pCPU run queues and cgroups, wake-up placement, load balancing. */
package plescope.replay.scheduler;
