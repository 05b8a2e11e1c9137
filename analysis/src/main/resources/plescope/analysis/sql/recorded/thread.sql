SELECT tid, coalesce(tgid, -1), comm FROM thread ORDER BY rowid;
