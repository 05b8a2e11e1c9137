INSERT INTO wait_receiver
SELECT run, episode, vcpu, handled_ns, last = 1
FROM feed_wait_receiver();
