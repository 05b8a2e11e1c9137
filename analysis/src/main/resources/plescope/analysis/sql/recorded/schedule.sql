-- Run 0 row by row, what touches the time from {from} to {to} and the timers armed last before, in the order in which schedules are told: by time, intervals before the exits that begin where they end, an
-- episode after all that it covers, followed by its yields and its wait. What is unknown is -1, lines and windows 0.
WITH episode_end AS (
    SELECT episode, end_ns AS ended_ns FROM spin_episode
    WHERE run = 0 AND end_ns >= {from} AND start_ns < {to}
)
SELECT kind, a, b, c, d, e, f, g, h, i, j, k, l, m, n, x, y, t
FROM (
    SELECT
        end_ns AS at_ns, 0 AS place, 0 AS episode, 'INTERVAL' AS kind, rowid AS r,
        vcpu::BIGINT AS a, enum_code(state)::BIGINT AS b, coalesce(pcpu, -1)::BIGINT AS c, start_ns AS d, end_ns AS e,
        enum_code(origin)::BIGINT AS f, 0::BIGINT AS g, 0::BIGINT AS h, 0::BIGINT AS i, 0::BIGINT AS j, 0::BIGINT AS k,
        0::BIGINT AS l, 0::BIGINT AS m, 0::BIGINT AS n, 0::DOUBLE AS x, 0::DOUBLE AS y, '' AS t
    FROM vcpu_interval WHERE run = 0 AND end_ns >= {from} AND start_ns < {to}
    UNION ALL
    SELECT
        exit_ns, 1, 0, 'EXIT', rowid, vcpu, coalesce(pcpu, -1), exit_ns, coalesce(entry_ns, -1), reason, guest_rip,
        coalesce(guest_ns, -1), coalesce(ple_window, 0), coalesce(line, 0), 0, 0, 0, 0, 0, 0, 0, ''
    FROM vm_exit WHERE run = 0 AND exit_ns < {to} AND (exit_ns >= {from} OR entry_ns >= {from})
    UNION ALL
    SELECT
        end_ns, 2, episode, 'EPISODE', -1, episode, vcpu, start_ns, end_ns, ple_exits, spin_ns, guest_rip,
        enum_code(spin_end), enum_code(origin), coalesce(first_line, 0), coalesce(last_line, 0), 0, 0, 0, 0, 0, ''
    FROM spin_episode WHERE run = 0 AND end_ns >= {from} AND start_ns < {to}
    UNION ALL
    SELECT
        ended_ns, 2, y.episode, 'YIELD', y.rowid, y.episode, y.spinner, coalesce(y.pcpu, -1), y.exit_ns,
        enum_code(y.outcome), coalesce(y.successor_vcpu, -1), coalesce(y.successor_tid, -1), coalesce(y.off_cpu_ns, -1),
        enum_code(y.back_before_progress), enum_code(y.hit_culprit), coalesce(y.target, -1), enum_code(y.same_queue),
        enum_code(y.continuation), coalesce(y.line, 0), 0, 0, ''
    FROM directed_yield AS y JOIN episode_end USING (episode)
    WHERE y.run = 0
    UNION ALL
    -- A wait is told at once, so what belongs to it comes before it.
    SELECT
        ended_ns, 2, c.episode, 'CANDIDATE', 1000000000000 + c.rank, c.vcpu, coalesce(c.release_ns, -1),
        coalesce(c.residual_from_ns, -1), coalesce(c.residual_least_ns, -1), coalesce(c.residual_likely_ns, -1),
        coalesce(c.residual_most_ns, -1), 0, 0, 0, 0, 0, 0, 0, 0, c.probability, 0, ''
    FROM wait_candidate AS c JOIN episode_end USING (episode)
    WHERE c.run = 0
    UNION ALL
    SELECT
        ended_ns, 2, v.episode, 'EVIDENCE', 2000000000000 + v.rowid, v.line, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        v.role
    FROM wait_evidence AS v JOIN episode_end USING (episode)
    WHERE v.run = 0
    UNION ALL
    SELECT
        ended_ns, 2, v.episode, 'RECEIVER', 3000000000000 + v.rowid, v.vcpu, coalesce(v.handled_ns, -1), 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, ''
    FROM wait_receiver AS v JOIN episode_end USING (episode)
    WHERE v.run = 0
    UNION ALL
    SELECT
        ended_ns, 2, w.episode, 'WAIT', 9000000000000, w.episode, enum_code(w.cause), enum_code(w.evidence),
        coalesce(w.lock, -1), w.ahead, coalesce(w.root, -1), enum_code(w.held_up), 0, 0, 0, 0, 0, 0, 0, w.cause_probability,
        coalesce(w.fifo_share, 'nan'::DOUBLE), ''
    FROM wait AS w JOIN episode_end USING (episode)
    WHERE w.run = 0
    UNION ALL
    SELECT
        sent_ns, 3, 0, 'IPI', rowid, coalesce(sender, -1), receiver, vector, sent_ns, coalesce(ack_ns, -1), coalesce(line, 0),
        coalesce(ack_line, 0), 0, 0, 0, 0, 0, 0, 0, 0, 0, ''
    FROM ipi WHERE run = 0 AND sent_ns < {to} AND (sent_ns >= {from} OR ack_ns >= {from})
    UNION ALL
    SELECT time_ns, 3, 0, 'TIMER', rowid, vcpu, time_ns, deadline, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''
    FROM timer_armed
    WHERE
        run = 0 AND time_ns < {to}
        AND (
            time_ns >= {from}
            OR (vcpu, time_ns) IN (
                SELECT (vcpu, max(time_ns)) FROM timer_armed WHERE run = 0 AND time_ns < {from} GROUP BY vcpu
            )
        )
    UNION ALL
    SELECT
        time_ns, 4, 0, 'WAKEUP', rowid, vcpu, time_ns, coalesce(waker_tid, -1), coalesce(waker_vcpu, -1), coalesce(pcpu, -1),
        enum_code(source), coalesce(line, 0), 0, 0, 0, 0, 0, 0, 0, 0, 0, ''
    FROM wakeup WHERE run = 0 AND time_ns >= {from} AND time_ns < {to}
    UNION ALL
    SELECT
        greatest(time_ns, coalesce(ran_ns, 0)), 5, 0, 'WAKE_EDGE', rowid, vcpu, time_ns, coalesce(ran_ns, -1),
        enum_code(source), coalesce(sender, -1), coalesce(vector, -1), coalesce(ipi_line, 0), 0, 0, 0, 0, 0, 0, 0, 0, 0, ''
    FROM wake_edge WHERE run = 0 AND time_ns >= {from} AND time_ns < {to}
    UNION ALL
    SELECT time_ns, 6, 0, 'SWITCH', rowid, pcpu, time_ns, prev_tid, next_tid, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''
    FROM context_switch WHERE run = 0 AND time_ns >= {from} AND time_ns < {to}
) AS told
ORDER BY at_ns, place, episode, r, kind;
