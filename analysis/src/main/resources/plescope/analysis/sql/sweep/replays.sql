INSERT INTO sweep_replay
SELECT what_if, CAST(member AS INTEGER), CAST(seed AS BIGINT), vm, measure, CAST(value AS DOUBLE)
FROM (
    UNPIVOT (FROM read_csv(?, header := TRUE, all_varchar := TRUE, delim := ',', quote := '"', escape := '"', comment := '#'))
    ON COLUMNS(* EXCLUDE (what_if, member, seed, vm))
    INTO NAME measure VALUE value
)
ORDER BY what_if, seed, member, vm, measure;
