CREATE TEMP TABLE new_id AS SELECT * FROM (VALUES {ids}) AS i(old, new);
CREATE TEMP TABLE new_name AS SELECT * FROM (VALUES {names}) AS n(old, new);
CREATE TEMP MACRO moved(rip) AS CASE WHEN rip = 0 THEN 0 WHEN rip < 0 THEN rip - {distance} ELSE rip + {distance} END;
CREATE TEMP MACRO counted(cycles) AS CASE WHEN cycles = 0 THEN 0 ELSE cycles + {cycles} END;
CREATE TEMP MACRO renamed(id) AS (SELECT n.new FROM new_id AS n WHERE n.old = id);
