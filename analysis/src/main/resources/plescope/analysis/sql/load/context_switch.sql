INSERT INTO context_switch
SELECT run, pcpu, time_ns, prev_tid, next_tid
FROM feed_context_switch();
