INSERT INTO event
SELECT
    line, time_ns, pcpu, tid, thread, name, vcpu, reason, guest_rip, prev_tid, prev_state, next_tid, target_tid, target_pcpu,
    vector, number, value
FROM feed_event();
