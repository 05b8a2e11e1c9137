SELECT reason, isa, coalesce(code, -1), name, family, spelling, failed_entry FROM exit_reason;
