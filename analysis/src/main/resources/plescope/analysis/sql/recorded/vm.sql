SELECT vm, name, coalesce(tgid, -1), grouping FROM vm ORDER BY vm;
