-- Where guests were seen to spin; in a log without PLE exits wherever host interrupts met them.
SELECT DISTINCT m.vm, m.name, a.guest_rip
FROM (
    SELECT x.vcpu, x.guest_rip
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    WHERE x.run = 0 AND r.family = CASE
        WHEN EXISTS (
            SELECT 1 FROM vm_exit AS p JOIN exit_reason AS q ON q.reason = p.reason WHERE p.run = 0 AND q.family = 'PAUSE'
        ) THEN 'PAUSE' ELSE 'INTERRUPT'
    END
    UNION ALL
    SELECT e.vcpu, e.guest_rip
    FROM spin_episode AS e
    WHERE e.run = 0
) AS a
JOIN vcpu AS v ON v.vcpu = a.vcpu
JOIN vm AS m ON m.vm = v.vm
WHERE NOT EXISTS (SELECT 1 FROM symbol AS s WHERE s.vm = m.vm AND s.guest_rip = a.guest_rip)
ORDER BY m.vm, a.guest_rip;
