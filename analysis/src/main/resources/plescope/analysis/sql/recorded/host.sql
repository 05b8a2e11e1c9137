SELECT fact, value, origin, reason FROM host_fact ORDER BY place;
