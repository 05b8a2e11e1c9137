-- PLE exits of the VM meanwhile: who spun, whom it is thought to have waited for, and what the host did with the pCPU.
SELECT
    y.exit_ns, s.label AS spinner, y.pcpu, e.start_ns AS spins_from_ns, e.end_ns AS spins_to_ns,
    CAST(y.outcome AS VARCHAR) AS outcome,
    coalesce(n.label, nullif(h.comm, ''), CASE WHEN y.successor_tid > 0 THEN 'thread ' || y.successor_tid END) AS ran_next,
    g.label AS target,
    CASE WHEN NOT w.ambiguous THEN c.label END AS waited_for,
    CASE WHEN NOT w.ambiguous THEN round(k.probability, 3) END AS belief,
    CAST(w.cause AS VARCHAR) AS cause, CAST(w.evidence AS VARCHAR) AS evidence,
    CAST(y.continuation AS VARCHAR) AS continuation, y.off_cpu_ns, y.episode, y.line
FROM directed_yield AS y
JOIN v_vcpu AS s ON s.vcpu = y.spinner
JOIN spin_episode AS e ON e.run = y.run AND e.episode = y.episode
LEFT JOIN v_vcpu AS n ON n.vcpu = y.successor_vcpu
LEFT JOIN thread AS h ON h.tid = y.successor_tid
LEFT JOIN v_vcpu AS g ON g.vcpu = y.target
LEFT JOIN wait AS w ON w.run = y.run AND w.episode = y.episode
LEFT JOIN wait_candidate AS k ON k.run = y.run AND k.episode = y.episode AND k.rank = 1
LEFT JOIN v_vcpu AS c ON c.vcpu = k.vcpu
WHERE y.run = $run AND s.vm = $vm AND y.exit_ns >= $from_ns AND y.exit_ns < $to_ns
ORDER BY y.exit_ns, s.number, s.vcpu, y.episode
LIMIT 400
