-- What a report sees of each table: in a query that begins with these, the tables' names stand for the chosen rows alone.
-- An interval that crosses the edge of the chosen time is cut there; everything else belongs to the moment it began.
WITH chosen AS (
    SELECT v.vcpu, v.vm
    FROM main.vcpu AS v
    JOIN main.vm AS m ON m.vm = v.vm
    WHERE ($vms IS NULL OR list_contains($vms, m.name))
        AND ($vcpus IS NULL OR list_contains($vcpus, m.name || '/vcpu' || v.number)
            OR list_contains($vcpus, CAST(v.number AS VARCHAR)))
        AND ($pids IS NULL OR list_contains($pids, v.tid) OR list_contains($pids, m.tgid))
), vcpu_interval AS (
    SELECT
        i.run, i.vcpu, i.state, i.pcpu, greatest(i.start_ns, $from_ns) AS start_ns, least(i.end_ns, $to_ns) AS end_ns, i.origin
    FROM main.vcpu_interval AS i
    WHERE i.start_ns < $to_ns AND i.end_ns > $from_ns AND i.vcpu IN (SELECT c.vcpu FROM chosen AS c)
        AND ($pcpus IS NULL OR list_contains($pcpus, i.pcpu))
), pcpu_stay AS (
    SELECT s.run, s.vcpu, s.pcpu, greatest(s.start_ns, $from_ns) AS start_ns, least(s.end_ns, $to_ns) AS end_ns
    FROM main.pcpu_stay AS s
    WHERE s.start_ns < $to_ns AND s.end_ns > $from_ns AND s.vcpu IN (SELECT c.vcpu FROM chosen AS c)
        AND ($pcpus IS NULL OR list_contains($pcpus, s.pcpu))
), pcpu_wait AS (
    -- The sums of the chosen rows alone, with one vCPU and one thread for all of their VM and sort.
    WITH switch AS (
        SELECT
            c.run, c.pcpu, c.next_tid, c.time_ns,
            lead(c.time_ns) OVER (PARTITION BY c.run, c.pcpu ORDER BY c.time_ns) AS until_ns
        FROM main.context_switch AS c
    ), first_vcpu AS (
        SELECT v.vm, min(v.vcpu) AS vcpu
        FROM main.vcpu AS v
        GROUP BY v.vm
    ), held AS (
        SELECT i.run, i.pcpu, f.vcpu, NULL AS tid, i.start_ns, i.end_ns, CAST(i.state = 'SPINNING' AS INTEGER) AS spins
        FROM main.vcpu_interval AS i
        JOIN main.vcpu AS v ON v.vcpu = i.vcpu
        JOIN first_vcpu AS f ON f.vm = v.vm
        WHERE i.pcpu IS NOT NULL AND i.state IN ('GUEST', 'SPINNING', 'HOST', 'HALT_POLL')
            AND i.start_ns < $to_ns AND i.end_ns > $from_ns
        UNION ALL
        SELECT s.run, s.pcpu, NULL, CASE WHEN s.next_tid = 0 THEN 0 ELSE 2147483647 END, s.time_ns, s.until_ns, 0
        FROM switch AS s
        WHERE s.until_ns IS NOT NULL AND s.next_tid >= 0 AND s.next_tid NOT IN (SELECT v.tid FROM main.vcpu AS v)
            AND s.time_ns < $to_ns AND s.until_ns > $from_ns
    ), edge AS (
        SELECT i.run, i.pcpu, i.vcpu, i.start_ns AS at_ns, -1 AS sign
        FROM vcpu_interval AS i
        WHERE i.state IN ('PREEMPTED', 'WAITING')
        UNION ALL
        SELECT i.run, i.pcpu, i.vcpu, i.end_ns, 1 FROM vcpu_interval AS i WHERE i.state IN ('PREEMPTED', 'WAITING')
    ), asked AS (
        SELECT h.run, h.pcpu, h.vcpu AS holder_vcpu, h.tid AS holder_tid, NULL AS vcpu, h.start_ns AS at_ns, 0 AS sign, 1 AS step, h.spins
        FROM held AS h
        UNION ALL
        SELECT h.run, h.pcpu, h.vcpu, h.tid, NULL, h.end_ns, 0, -1, -h.spins FROM held AS h
        UNION ALL
        SELECT e.run, e.pcpu, k.vcpu, k.tid, e.vcpu, e.at_ns, e.sign, 0, 0
        FROM edge AS e
        JOIN (SELECT DISTINCT h.run, h.pcpu, h.vcpu, h.tid FROM held AS h) AS k ON k.run = e.run AND k.pcpu = e.pcpu
    ), answer AS (
        -- How long the holder had had the pCPU until each moment: a change at t of step s has added s * (now - t). Ties add nothing.
        SELECT
            a.run, a.pcpu, a.holder_vcpu, a.holder_tid, a.vcpu, a.sign,
            a.at_ns * sum(a.step) OVER by_time - sum(a.step * a.at_ns) OVER by_time AS held_ns,
            a.at_ns * sum(a.spins) OVER by_time - sum(a.spins * a.at_ns) OVER by_time AS spinning_ns
        FROM asked AS a
        WINDOW by_time AS (PARTITION BY a.run, a.pcpu, a.holder_vcpu, a.holder_tid ORDER BY a.at_ns ROWS UNBOUNDED PRECEDING)
    )
    SELECT
        a.run, a.vcpu, a.pcpu, a.holder_vcpu, a.holder_tid, sum(a.sign * a.held_ns) AS held_ns,
        sum(a.sign * a.spinning_ns) AS spinning_ns
    FROM answer AS a
    WHERE a.sign <> 0
    GROUP BY a.run, a.vcpu, a.pcpu, a.holder_vcpu, a.holder_tid
), vm_exit AS (
    SELECT x.run, x.vcpu, x.pcpu, x.exit_ns, x.entry_ns, x.reason, x.guest_rip, x.guest_ns, x.ple_window, x.line
    FROM main.vm_exit AS x
    WHERE x.exit_ns >= $from_ns AND x.exit_ns < $to_ns AND x.vcpu IN (SELECT c.vcpu FROM chosen AS c)
        AND ($pcpus IS NULL OR list_contains($pcpus, x.pcpu))
), wakeup AS (
    SELECT w.run, w.vcpu, w.time_ns, w.waker_tid, w.waker_vcpu, w.pcpu, w.source, w.line
    FROM main.wakeup AS w
    WHERE w.time_ns >= $from_ns AND w.time_ns < $to_ns AND w.vcpu IN (SELECT c.vcpu FROM chosen AS c)
        AND ($pcpus IS NULL OR list_contains($pcpus, w.pcpu))
), wake_edge AS (
    SELECT w.run, w.vcpu, w.time_ns, w.ran_ns, w.source, w.sender, w.vector, w.ipi_line
    FROM main.wake_edge AS w
    WHERE w.time_ns >= $from_ns AND w.time_ns < $to_ns AND w.vcpu IN (SELECT c.vcpu FROM chosen AS c)
), ipi AS (
    SELECT p.run, p.sender, p.receiver, p.vector, p.sent_ns, p.ack_ns, p.line, p.ack_line, p.receiver_state
    FROM main.ipi AS p
    WHERE p.sent_ns >= $from_ns AND p.sent_ns < $to_ns AND p.receiver IN (SELECT c.vcpu FROM chosen AS c)
), directed_yield AS (
    SELECT
        y.run, y.episode, y.spinner, y.pcpu, y.exit_ns, y.outcome, y.successor_vcpu, y.successor_tid, y.off_cpu_ns,
        y.back_before_progress, y.hit_culprit, y.target, y.same_queue, y.continuation, y.line,
        -- What an episode says is not known of one that began before the chosen time.
        CASE WHEN e.start_ns >= $from_ns THEN y.spin_ns END AS spin_ns,
        CASE WHEN e.start_ns >= $from_ns THEN y.culprit END AS culprit
    FROM main.directed_yield AS y
    LEFT JOIN main.spin_episode AS e ON e.run = y.run AND e.episode = y.episode
    WHERE y.exit_ns >= $from_ns AND y.exit_ns < $to_ns AND y.spinner IN (SELECT c.vcpu FROM chosen AS c)
        AND ($pcpus IS NULL OR list_contains($pcpus, y.pcpu))
), spin_episode AS (
    SELECT
        e.run, e.episode, e.vcpu, e.start_ns, e.end_ns, e.ple_exits, e.spin_ns, e.guest_rip, e.spin_end, e.origin,
        e.first_line, e.last_line
    FROM main.spin_episode AS e
    WHERE e.start_ns >= $from_ns AND e.start_ns < $to_ns AND e.vcpu IN (SELECT c.vcpu FROM chosen AS c)
        AND ($pcpus IS NULL OR (e.run, e.episode) IN (SELECT (y.run, y.episode) FROM directed_yield AS y))
), wait AS (
    SELECT
        w.run, w.episode, w.cause, w.cause_probability, w.evidence, w.entropy_bits, w.ambiguous, w.lock, w.ahead, w.root,
        w.fifo_share, w.held_up, w.vcpu, w.ple_exits, w.spin_ns, w.suspect, w.residual_ns
    FROM main.wait AS w
    JOIN spin_episode AS e ON e.run = w.run AND e.episode = w.episode
), v_spin_episode AS (
    SELECT
        v.run, v.episode, v.vcpu, v.vm, v.start_ns, v.end_ns, v.ple_exits, v.spin_ns, v.rip, v.guest_rip, v.cause,
        v.cause_probability, v.evidence, v.culprit, v.culprit_probability, v.spin_end, v.origin, v.first_line, v.last_line
    FROM main.v_spin_episode AS v
    JOIN spin_episode AS e ON e.run = v.run AND e.episode = v.episode
), prediction AS (
    SELECT
        p.run, p.vm, p.measure, p.unit, p.recorded, p.identity, p.predicted, p.ratio, p.low, p.high, p.costs_halved,
        p.costs_doubled, p.identity_error, p.smallest_difference, p.stability, p.place, p.reached, p.verdict
    FROM main.prediction AS p
    WHERE p.vm IN (SELECT c.vm FROM chosen AS c)
)
