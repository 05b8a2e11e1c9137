SELECT vm_name, from_rip, to_rip, kind, unit_ps FROM spin_code ORDER BY rowid;
