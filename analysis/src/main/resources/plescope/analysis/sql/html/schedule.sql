-- Schedules of this file.
SELECT CAST(r.run AS INTEGER) AS run, r.setting, CAST(r.role AS VARCHAR) AS role, r.elapsed_ns
FROM run AS r
ORDER BY r.run
LIMIT 200
