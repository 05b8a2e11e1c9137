INSERT INTO timer_armed
SELECT run, vcpu, time_ns, deadline
FROM feed_timer_armed();
