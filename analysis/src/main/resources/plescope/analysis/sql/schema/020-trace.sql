CREATE TABLE trace (
    source VARCHAR NOT NULL,
    producer VARCHAR NOT NULL,
    isa VARCHAR NOT NULL,
    lines BIGINT NOT NULL,
    events BIGINT NOT NULL,
    lost_events BIGINT NOT NULL,
    first_timestamp_ns BIGINT NOT NULL,
    span_ns BIGINT NOT NULL,
    resolution_ns BIGINT NOT NULL,
    kernel_release VARCHAR,
    kernel_at_least VARCHAR,
    kernel_before VARCHAR
);
COMMENT ON TABLE trace IS 'The log this file was made from. All times in other tables count from its first event.';
COMMENT ON COLUMN trace.source IS 'File name as given, or <stdin>';
COMMENT ON COLUMN trace.producer IS 'Tool that printed the log: perf script, trace-cmd report, ftrace';
COMMENT ON COLUMN trace.isa IS 'Virtualisation extension: VMX, SVM or UNKNOWN';
COMMENT ON COLUMN trace.lines IS 'Lines read, of any sort';
COMMENT ON COLUMN trace.events IS 'Event lines, of any tracepoint';
COMMENT ON COLUMN trace.lost_events IS 'Events the recorder says it lost; a loss without a count counts as one';
COMMENT ON COLUMN trace.first_timestamp_ns IS 'Clock reading of the first event, nanoseconds as printed';
COMMENT ON COLUMN trace.span_ns IS 'Time from the first to the last event, nanoseconds';
COMMENT ON COLUMN trace.resolution_ns IS 'Resolution of the printed times: 1000 for microsecond text, 1 for nanosecond text';
COMMENT ON COLUMN trace.kernel_release IS 'Kernel release from the header, NULL where the log has none';
COMMENT ON COLUMN trace.kernel_at_least IS 'Oldest upstream kernel that prints this dialect (inferred), NULL where nothing was seen';
COMMENT ON COLUMN trace.kernel_before IS 'First upstream kernel that prints it otherwise (inferred), NULL where nothing was seen';

CREATE TABLE trace_file (
    first_line BIGINT NOT NULL,
    name VARCHAR NOT NULL
);
COMMENT ON TABLE trace_file IS 'The texts the log was merged from: one file, or several of one recording, or the members of an archive.';
COMMENT ON COLUMN trace_file.first_line IS 'Number that line 1 of this text has in the columns line of other tables';
COMMENT ON COLUMN trace_file.name IS 'File name as given; members behind the name of their archive and an exclamation mark';

CREATE MACRO log_line(number) AS (
    SELECT f.name || ':' || (number - f.first_line + 1)
    FROM trace_file AS f
    WHERE f.first_line = number - (number - 1) % 1000000000000
);
COMMENT ON MACRO log_line IS 'File and line of a line number. Use: SELECT log_line(line) FROM vm_exit';

CREATE TABLE trace_header (
    key VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);
COMMENT ON TABLE trace_header IS 'Facts the log states about itself, as printed: perf script --header, ftrace head.';
COMMENT ON COLUMN trace_header.key IS 'Key as printed, such as: os release';
COMMENT ON COLUMN trace_header.value IS 'Value as printed';

CREATE TABLE tracepoint (
    name VARCHAR NOT NULL,
    events BIGINT NOT NULL
);
COMMENT ON TABLE tracepoint IS 'How often each tracepoint occurs in the log.';
COMMENT ON COLUMN tracepoint.name IS 'Kernel name without the system, such as kvm_exit';
COMMENT ON COLUMN tracepoint.events IS 'Number of event lines';

CREATE TABLE report_need (
    reports VARCHAR NOT NULL,
    tracepoint VARCHAR NOT NULL,
    alias VARCHAR NOT NULL,
    essential BOOLEAN NOT NULL,
    when_halting BOOLEAN NOT NULL,
    unknown VARCHAR NOT NULL
);
COMMENT ON TABLE report_need IS 'Tracepoints that reports need, whether the log has them or not.';
COMMENT ON COLUMN report_need.reports IS 'Names of the reports';
COMMENT ON COLUMN report_need.tracepoint IS 'Kernel name without the system';
COMMENT ON COLUMN report_need.alias IS 'Another tracepoint, or an older name, that serves as well';
COMMENT ON COLUMN report_need.essential IS 'Whether there is no answer at all without it';
COMMENT ON COLUMN report_need.when_halting IS 'Whether only guests that halt need it';
COMMENT ON COLUMN report_need.unknown IS 'What cannot be known without it';

CREATE TABLE diagnostic (
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    occurrences BIGINT NOT NULL,
    file VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    position INTEGER NOT NULL,
    message VARCHAR NOT NULL,
    hint VARCHAR NOT NULL
);
COMMENT ON TABLE diagnostic IS 'What was wrong with the input: the first findings of each code, each with the count of its code.';
COMMENT ON COLUMN diagnostic.code IS 'Stable identifier, such as PLE-102';
COMMENT ON COLUMN diagnostic.severity IS 'INFO, NOTICE, DATA_LOSS or ERROR';
COMMENT ON COLUMN diagnostic.occurrences IS 'How often this code occurred in all of the log';
COMMENT ON COLUMN diagnostic.file IS 'Source name as given';
COMMENT ON COLUMN diagnostic.line IS 'Line of the log from 1, 0 for the whole file';
COMMENT ON COLUMN diagnostic.position IS 'Byte column from 1, 0 for the whole line';
COMMENT ON COLUMN diagnostic.message IS 'What was found and what was expected';
COMMENT ON COLUMN diagnostic.hint IS 'What to do about it';
