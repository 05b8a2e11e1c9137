SELECT fact, value FROM host_model ORDER BY rowid;
