SELECT {columns}
FROM {table} AS t {join}
WHERE {condition}
ORDER BY {sort}
