-- What a file says of its recording beside the schedule and the host; roster and host are written anew.
INSERT INTO trace SELECT * FROM original.trace;
INSERT INTO trace_file SELECT * FROM original.trace_file;
INSERT INTO trace_header SELECT * FROM original.trace_header;
INSERT INTO tracepoint SELECT * FROM original.tracepoint;
INSERT INTO report_need SELECT * FROM original.report_need;
INSERT INTO diagnostic SELECT * FROM original.diagnostic;
INSERT INTO symbol SELECT * FROM original.symbol;
INSERT INTO spin_code SELECT * FROM original.spin_code;
INSERT INTO run SELECT run, setting, role::VARCHAR::run_role, seed, elapsed_ns FROM original.run WHERE run = 0;
INSERT INTO run_metric SELECT * FROM original.run_metric WHERE run = 0;
