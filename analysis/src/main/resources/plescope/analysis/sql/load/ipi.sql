INSERT INTO ipi
SELECT run, sender, receiver, vector, sent_ns, ack_ns, line, ack_line
FROM feed_ipi();
