INSERT INTO sweep_cell
SELECT
    what_if,
    CAST(pareto_front AS BOOLEAN),
    vm,
    measure,
    unit,
    CAST(value AS DOUBLE),
    CAST(ratio AS DOUBLE),
    CAST(ratio_low AS DOUBLE),
    CAST(ratio_high AS DOUBLE),
    CAST(identity_error AS DOUBLE),
    verdict
FROM read_csv(?, header := TRUE, all_varchar := TRUE, delim := ',', quote := '"', escape := '"');
