INSERT INTO vm_exit
SELECT run, vcpu, pcpu, exit_ns, entry_ns, reason, guest_rip, guest_ns, ple_window, line
FROM feed_vm_exit();
