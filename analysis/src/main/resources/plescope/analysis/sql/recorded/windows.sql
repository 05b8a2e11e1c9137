-- In how many windows the recording was replayed, how long one is, and what their edges cut open; no row where it was replayed at once.
SELECT
    max(value) FILTER (metric = 'windows')::BIGINT AS windows,
    max(value) FILTER (metric = 'window_length')::BIGINT AS length_ns,
    max(value) FILTER (metric = 'window_edges_cut')::BIGINT AS edges_cut
FROM run_metric
WHERE run = 1 AND metric IN ('windows', 'window_length', 'window_edges_cut')
HAVING count(*) > 0;
