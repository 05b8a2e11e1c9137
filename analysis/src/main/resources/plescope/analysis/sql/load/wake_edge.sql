INSERT INTO wake_edge
SELECT
    run, vcpu, time_ns, ran_ns,
    CASE source
        WHEN 0 THEN 'IPI'::wake_source WHEN 1 THEN 'TIMER'::wake_source
        WHEN 2 THEN 'DEVICE'::wake_source WHEN 3 THEN 'UNKNOWN'::wake_source
    END,
    sender, vector, ipi_line
FROM feed_wake_edge();
