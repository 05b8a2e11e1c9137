INSERT INTO wait_evidence
SELECT run, episode, line, role
FROM feed_wait_evidence();
