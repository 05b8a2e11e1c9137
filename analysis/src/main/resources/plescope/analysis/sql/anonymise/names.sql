SELECT v.comm AS name FROM vcpu AS v
UNION SELECT t.comm FROM thread AS t
UNION SELECT s.name FROM symbol AS s
ORDER BY name
