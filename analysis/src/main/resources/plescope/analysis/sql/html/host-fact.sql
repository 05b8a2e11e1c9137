-- The machine as replays simulate it, and where each number comes from.
SELECT h.fact, h.value, h.unit, h.origin, h.reason
FROM host_fact AS h
ORDER BY h.place, h.fact
LIMIT 100
