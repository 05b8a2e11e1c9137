-- What was wrong with the log: the first finding of each code, with the count of its code.
SELECT d.code, d.severity, max(d.occurrences) AS occurrences, min(d.line) AS first_line,
    arg_min(d.message, (d.line, d.position)) AS message, arg_min(d.hint, (d.line, d.position)) AS hint
FROM diagnostic AS d
GROUP BY d.code, d.severity
ORDER BY d.severity IN ('ERROR', 'DATA_LOSS') DESC, occurrences DESC, d.code
LIMIT 40
