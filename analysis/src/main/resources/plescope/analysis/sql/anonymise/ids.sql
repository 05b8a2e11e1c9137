SELECT DISTINCT CAST(i.id AS INTEGER) AS id
FROM (
    SELECT tid AS id FROM vcpu
    UNION ALL SELECT tgid FROM vm
    UNION ALL SELECT tid FROM thread
    UNION ALL SELECT tgid FROM thread
    UNION ALL SELECT prev_tid FROM context_switch
    UNION ALL SELECT next_tid FROM context_switch
    UNION ALL SELECT waker_tid FROM wakeup
    UNION ALL SELECT successor_tid FROM directed_yield
) AS i
WHERE i.id IS NOT NULL
ORDER BY id
