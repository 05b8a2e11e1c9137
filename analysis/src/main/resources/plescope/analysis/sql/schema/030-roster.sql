CREATE TABLE vm (
    vm SMALLINT NOT NULL,
    name VARCHAR NOT NULL,
    tgid INTEGER,
    grouping VARCHAR NOT NULL
);
COMMENT ON TABLE vm IS 'Virtual machines seen in the log.';
COMMENT ON COLUMN vm.vm IS 'Number from 0, by lowest vCPU thread id';
COMMENT ON COLUMN vm.name IS 'Name used in reports: from the thread map, else vm<number>';
COMMENT ON COLUMN vm.tgid IS 'Process id of the VMM, NULL where the log does not say';
COMMENT ON COLUMN vm.grouping IS 'How threads were grouped: THREAD_MAP (given), TGID (printed), INFERRED (a guess)';

CREATE TABLE vcpu (
    vcpu SMALLINT NOT NULL,
    vm SMALLINT NOT NULL,
    number SMALLINT NOT NULL,
    tid INTEGER NOT NULL,
    comm VARCHAR NOT NULL
);
COMMENT ON TABLE vcpu IS 'vCPUs and the host threads that carry them.';
COMMENT ON COLUMN vcpu.vcpu IS 'Number from 0 over all VMs, by first appearance; every schedule table refers to it';
COMMENT ON COLUMN vcpu.vm IS 'The VM it belongs to: vm.vm';
COMMENT ON COLUMN vcpu.number IS 'The number inside its VM, as the guest knows it';
COMMENT ON COLUMN vcpu.tid IS 'Host thread id';
COMMENT ON COLUMN vcpu.comm IS 'Last thread name seen';

CREATE TABLE thread (
    tid INTEGER NOT NULL,
    tgid INTEGER,
    comm VARCHAR NOT NULL
);
COMMENT ON TABLE thread IS 'Host threads other than vCPUs.';
COMMENT ON COLUMN thread.tid IS 'Host thread id';
COMMENT ON COLUMN thread.tgid IS 'Process id, NULL where the log does not say';
COMMENT ON COLUMN thread.comm IS 'Last thread name seen';

CREATE TABLE pcpu (
    pcpu SMALLINT NOT NULL
);
COMMENT ON TABLE pcpu IS 'Host CPUs seen in the log.';
COMMENT ON COLUMN pcpu.pcpu IS 'Host CPU number';

CREATE TABLE symbol (
    vm SMALLINT NOT NULL,
    guest_rip BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    distance BIGINT NOT NULL
);
COMMENT ON TABLE symbol IS 'Guest functions of the addresses where guests spin or, without PLE exits, where host interrupts met them, from the System.map or kallsyms given per VM.';
COMMENT ON COLUMN symbol.vm IS 'The VM: vm.vm';
COMMENT ON COLUMN symbol.guest_rip IS 'Address, as a signed 64-bit number; hex_address() prints it';
COMMENT ON COLUMN symbol.name IS 'Function it lies in';
COMMENT ON COLUMN symbol.distance IS 'Bytes from the begin of the function';

CREATE TABLE spin_code (
    vm_name VARCHAR NOT NULL,
    from_rip BIGINT NOT NULL,
    to_rip BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    unit_ps BIGINT NOT NULL
);
COMMENT ON TABLE spin_code IS 'Guest code that does nothing but wait, as named beside the log with --spin-code.';
COMMENT ON COLUMN spin_code.vm_name IS 'The VM: vm.name, or * for all';
COMMENT ON COLUMN spin_code.from_rip IS 'First address, as a signed 64-bit number; hex_address() prints it';
COMMENT ON COLUMN spin_code.to_rip IS 'Last address';
COMMENT ON COLUMN spin_code.kind IS 'What it waits for: LOCK, IPI, UNKNOWN';
COMMENT ON COLUMN spin_code.unit_ps IS 'Picoseconds per unit of PLE window in it, 0 where unknown';
