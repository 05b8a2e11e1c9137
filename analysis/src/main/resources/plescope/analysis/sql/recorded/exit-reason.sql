SELECT reason, isa, coalesce(code, -1), name, family FROM exit_reason;
