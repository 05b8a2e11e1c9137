INSERT INTO wait_candidate
SELECT run, episode, rank, vcpu, probability, release_ns
FROM feed_wait_candidate();
