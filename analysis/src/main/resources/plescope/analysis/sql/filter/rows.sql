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
