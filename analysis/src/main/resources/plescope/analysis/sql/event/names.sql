-- What a finished database holds that a query can name.
SELECT t.table_name AS name FROM duckdb_tables() AS t
UNION SELECT v.view_name FROM duckdb_views() AS v WHERE NOT v.internal
UNION SELECT f.function_name FROM duckdb_functions() AS f WHERE NOT f.internal AND f.function_type = 'table_macro'
ORDER BY name
