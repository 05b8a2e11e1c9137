CREATE TABLE schema_version (
    version INTEGER NOT NULL,
    plescope VARCHAR NOT NULL
);
COMMENT ON TABLE schema_version IS 'One row: which layout this file has. plescope reads only its own version.';
COMMENT ON COLUMN schema_version.version IS 'Layout number, raised whenever a table, column or meaning changes';
COMMENT ON COLUMN schema_version.plescope IS 'Version of plescope that wrote the file';
