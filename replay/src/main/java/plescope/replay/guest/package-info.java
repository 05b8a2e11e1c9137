/** What runs inside the VMs: recorded work, or live guests with tasks, locks, interrupts and a scheduler of their own. */
package plescope.replay.guest;
