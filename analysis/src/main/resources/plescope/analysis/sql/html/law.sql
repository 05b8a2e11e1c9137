-- What the burst-length laws start from: the length of one PLE window and the host's cost of a PLE exit without a switch.
WITH fact AS (
    SELECT
        max(h.value) FILTER (WHERE h.fact = 'PLE window') AS window_units,
        max(h.value) FILTER (WHERE h.fact = 'PLE window unit') AS unit_ps
    FROM host_fact AS h
), pause AS (
    SELECT x.vcpu, x.exit_ns, x.entry_ns - x.exit_ns AS handling_ns, x.guest_ns
    FROM vm_exit AS x
    JOIN exit_reason AS r ON r.reason = x.reason
    WHERE x.run = $run AND r.family = 'PAUSE'
), kept AS (
    SELECT CAST(median(p.handling_ns) AS BIGINT) AS cost_ns
    FROM pause AS p
    JOIN directed_yield AS y ON y.run = $run AND y.spinner = p.vcpu AND y.exit_ns = p.exit_ns
    WHERE y.outcome = 'NO_SWITCH'
), any_exit AS (
    SELECT
        CAST(quantile_disc(p.handling_ns, 0.25) AS BIGINT) AS cost_ns,
        CAST(median(p.guest_ns) AS BIGINT) AS window_ns
    FROM pause AS p
)
SELECT
    coalesce(CAST(try_cast(f.window_units AS DOUBLE) * try_cast(f.unit_ps AS DOUBLE) / 1000 AS BIGINT), a.window_ns) AS window_ns,
    coalesce(k.cost_ns, a.cost_ns) AS cost_ns
FROM fact AS f, kept AS k, any_exit AS a
