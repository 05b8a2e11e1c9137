INSERT INTO wait_candidate
SELECT
    run, episode, rank, vcpu, probability, release_ns,
    residual_from_ns, residual_least_ns, residual_likely_ns, residual_most_ns
FROM feed_wait_candidate();
