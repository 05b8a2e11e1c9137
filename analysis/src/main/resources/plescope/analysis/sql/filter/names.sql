-- What filters may name in this file, and the moments that --time counts from.
SELECT 'vm' AS kind, m.name AS name, m.vm AS number FROM vm AS m
UNION ALL SELECT 'vcpu', m.name || '/vcpu' || v.number, v.number FROM vcpu AS v JOIN vm AS m ON m.vm = v.vm
UNION ALL SELECT 'pid', CAST(v.tid AS VARCHAR), v.tid FROM vcpu AS v
UNION ALL SELECT 'pid', CAST(m.tgid AS VARCHAR), m.tgid FROM vm AS m WHERE m.tgid IS NOT NULL
UNION ALL SELECT 'pcpu', CAST(p.pcpu AS VARCHAR), p.pcpu FROM pcpu AS p
UNION ALL SELECT 'run', r.setting, r.run FROM run AS r
UNION ALL SELECT 'first_ns', '', t.first_timestamp_ns FROM trace AS t
UNION ALL SELECT 'span_ns', '', t.span_ns FROM trace AS t
ORDER BY kind, number, name
