/** KVM's part in pause-loop exiting: windows, the on_spin scan, yield_to, halt polling. */
package plescope.replay.kvm;
