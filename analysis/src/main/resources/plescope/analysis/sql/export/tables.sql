-- What of each table goes into an export: its columns as plain types, the vCPU that tells its VM, and the order of its rows.
WITH sorted(table_name, vcpu, sort) AS (
    VALUES
        ('vcpu_interval', 't.vcpu', 't.run, t.vcpu, t.start_ns'),
        ('vm_exit', 't.vcpu', 't.run, t.vcpu, t.exit_ns, t.line'),
        ('wakeup', 't.vcpu', 't.run, t.vcpu, t.time_ns, t.line'),
        ('wake_edge', 't.vcpu', 't.run, t.vcpu, t.time_ns'),
        ('timer_armed', 't.vcpu', 't.run, t.vcpu, t.time_ns'),
        ('ipi', 't.receiver', 't.run, t.receiver, t.sent_ns, t.line'),
        ('spin_episode', 't.vcpu', 't.run, t.vcpu, t.start_ns'),
        ('directed_yield', 't.spinner', 't.run, t.spinner, t.exit_ns'),
        ('wait', 'e.vcpu', 't.run, t.episode'),
        ('wait_candidate', 'e.vcpu', 't.run, t.episode, t.rank'),
        ('wait_receiver', 'e.vcpu', 't.run, t.episode, t.vcpu'),
        ('wait_evidence', 'e.vcpu', 't.run, t.episode, t.line, t.role'),
        ('context_switch', NULL, 't.run, t.pcpu, t.time_ns'),
        ('pcpu_stay', 't.vcpu', 't.run, t.vcpu, t.start_ns'),
        ('pcpu_wait', 't.vcpu', 't.run, t.vcpu, t.pcpu, t.holder_vcpu, t.holder_tid, t.held_ns')
), listed AS (
    SELECT
        c.table_name,
        string_agg(
            CASE WHEN c.data_type LIKE 'ENUM(%' THEN 'CAST(t.' || c.column_name || ' AS VARCHAR) AS ' || c.column_name
                ELSE 't.' || c.column_name END,
            ', ' ORDER BY c.column_index) AS columns,
        bool_or(c.column_name = 'run') AS has_run
    FROM duckdb_columns() AS c
    JOIN duckdb_tables() AS d ON d.table_name = c.table_name AND d.schema_name = c.schema_name
    WHERE NOT c.internal AND c.schema_name = 'main' AND c.database_name = current_database()
        AND d.database_name = current_database()
    GROUP BY c.table_name
)
SELECT l.table_name, l.columns, l.has_run, s.vcpu, coalesce(s.sort, 'ALL') AS sort
FROM listed AS l
LEFT JOIN sorted AS s ON s.table_name = l.table_name
ORDER BY l.table_name
