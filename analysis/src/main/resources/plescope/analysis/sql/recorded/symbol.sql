SELECT DISTINCT m.name, s.guest_rip - s.distance AS function_at, s.name
FROM symbol AS s JOIN vm AS m ON m.vm = s.vm
ORDER BY m.name, function_at;
