/*
 * Which tokens make one line, and what each line says. Every decision looks at one token; nothing builds a tree.
 * Absent tokens reach the actions as null. A line's remainder is left unread where no rule needs it.
 */
parser grammar TraceParser;

options { tokenVocab = TraceLexer; superClass = LineRecognizer; }

@members {
    private LineActions on;
    private KvmActions kvm;
    private RawKvmActions raw;
    private ArchActions arch;
    private SchedActions sched;
    private HostActions host;

    /** Who receives what the lines say. */
    public void setActions(TraceActions actions) {
        on = actions.lines();
        kvm = actions.kvm();
        raw = actions.raw();
        arch = actions.arch();
        sched = actions.sched();
        host = actions.host();
    }
}

line
    : p=PERF_PREFIX    { on.perfPrefix($p); }    event
    | p=FTRACE_PREFIX  { on.ftracePrefix($p); }  event
    | p=LOOSE_PERF     { on.perfPrefix($p); }    event
    | p=INSTANCE_PREFIX { on.ftracePrefix($p); } event
    | p=LOOSE_FTRACE   { on.ftracePrefix($p); }  event
    | p=LATENCY_PREFIX { on.latencyPrefix($p); } event
    | p=VERBOSE_PREFIX { on.verbosePrefix($p); } event
    | p=TIME_PREFIX    { on.timePrefix($p); }    event
    | p=LOOSE_TIME     { on.timePrefix($p); }    event
    | t=COMMENT        { on.comment($t); }
    | t=LOST_EVENTS    { on.lostEvents($t, true); }
    | t=DROPPED_EVENTS { on.lostEvents($t, true); }
    | t=LOST_SOME      { on.lostEvents($t, false); }
    | CPU_COUNT        { on.traceCmdHead(); }
    | GUEST_LINE       { on.guestLine(); }
    | t=DAMAGED_EVENT  { on.damagedPrefix($t); }
    | t=( KVM_STAT_TABLE | RAW_RECORD | PERF_DUMP | PERF_TRACE | PERF_TOP | PERF_SCHED | PERF_STAT | BPF_SUMMARY | SYSTEM_CALLS | QEMU_LOG | JSON
        | STATISTICS | USAGE | TOOL_MESSAGE | TIMELESS_EVENT ) { on.otherOutput($t); }
    | STACK_FRAME
    | NOISE
    ;

event
    : n=KVM_EXIT kvmExit[$n]
    | n=KVM_ENTRY kvmEntry[$n]
    | PLE_WINDOW pleWindow
    | APIC_IPI apicIpi
    | APIC_ACCEPT_IRQ acceptIrq
    | EOI eoi
    | INJ_VIRQ injectedVirq
    | MSR msr
    | VCPU_WAKEUP vcpuWakeup
    | HALT_POLL haltPoll
    | n=PLE_WINDOW_OLD pleWindowOld[$n]
    | n=WFX (WFE { arch.wfx($n, true); } | WFI { arch.wfx($n, false); })
    | SIE_ENTER c=SIE_CONTEXT SIE_ENTERING { arch.sieEnter($c); }
    | SIE_EXIT c=SIE_CONTEXT t=SIE_EXITING { arch.sieExit($c, $t); }
    | n=S390_DIAG SIE_CONTEXT t=DIAG_CODE { arch.diag($n, $t); }
    | PPC_ENTER v=PPC_VCPU t=PPC_ENTER_PC (FURTHER | EOF) { arch.ppcEnter($v, $t); }
    | PPC_EXIT v=PPC_VCPU t=PPC_TRAP (FURTHER | EOF) { arch.ppcExit($v, $t); }
    | n=PPC_HCALL PPC_VCPU t=PPC_CALL (FURTHER | EOF) { arch.ppcCall($n, $t); }
    | n=LOONGARCH_ENTER t=LOONGARCH_PC EOF { arch.loongarchEnter($n, $t); }
    | n=LOONGARCH_EXIT v=EXIT_VCPU? t=EXIT_PC (FURTHER | EOF) { arch.pcExit($n, $v, $t); }
    | n=SCHED_SWITCH schedSwitch[$n]
    | n=SCHED_WAKING wake[$n]
    | n=SCHED_WAKEUP wake[$n]
    | n=SCHED_WAKEUP_NEW wake[$n]
    | SCHED_MIGRATE t=MIGRATE { sched.migrate($t); }
    | STAT_RUNTIME (t=VRUNTIME { host.statRuntime($t, true); } | t=RUNTIME { host.statRuntime($t, false); })
    | n=STAT_DELAY t=DELAY { host.statDelay($n, $t); }
    | HYPERCALL t=HYPERCALL_ARGS (FURTHER | EOF) { host.hypercall($t); }
    | HV_HYPERCALL t=HV_ARGS (FURTHER | EOF) { host.hypervHypercall($t); }
    | IPI_SEND_CPU t=(IPI_RESCHEDULE | IPI_CALL) (FURTHER | EOF) { host.ipiSendCpu($t); }
    | n=IRQ_HANDLER t=IRQ_NUMBER (FURTHER | EOF) { host.deviceInterrupt($n, $t); }
    | n=SOFTIRQ t=IRQ_NUMBER (FURTHER | EOF) { host.softInterrupt($n, $t); }
    | n=VECTOR t=IRQ_NUMBER (FURTHER | EOF) { host.vector($n, $t); }
    | t=PERF_LOST { on.perfLost($t); }
    | t=PERF_COMM { on.perfComm($t); }
    | t=PERF_FORK { on.perfFork($t); }
    | t=PERF_EXIT { on.perfExit($t); }
    | t=PERF_SWITCH_OUT { on.perfSwitchOut($t); }
    | PERF_META { on.perfMeta(); }
    | STACK_START
    | t=FUNCTION { on.function($t); }
    | CONTEXT_SWITCH { on.entry("context_switch"); }
    | CONTEXT_WAKE { on.entry("wakeup"); }
    | PRINTED { on.entry("print"); }
    | t=OTHER_EVENT { on.other($t); }
    ;

kvmExit[Token name]
    : v=EXIT_VCPU? ( r=EXIT_REASON (EXIT_INFO | FURTHER | EOF) { kvm.kvmExit($v, $r); }
                   | r=EXIT_PC     (FURTHER | EOF)             { arch.pcExit($name, $v, $r); } )
    | f=RAW_EXIT { raw.exit($f); }
    | r=EXIT_ARM64 (FURTHER | EOF) { arch.arm64Exit($r); }
    | r=EXIT_ARM_PC (FURTHER | EOF) { arch.armExit($r); }
    | r=EXIT_RISCV (FURTHER | EOF) { arch.riscvExit($r); }
    | r=EXIT_PPC   (FURTHER | EOF) { arch.ppcPrExit($r); }
    | PROBE { on.other($name); }
    ;

/** Asked for after an exit of the kernel's dialect, as long as the log has not shown how old the kernel is. */
exitTail     : TAIL_6_14 { kvm.exitTail(true); } | TAIL_5_10 { kvm.exitTail(false); } ;

// plugin text on a kernel without rip repeats the kernel's text behind its own complaint
kvmEntry[Token name]
    : v=ENTRY_VCPU ENTRY_VCPU? ( r=ENTRY_RIP        (EOF | FURTHER | t=ENTRY_6_14) { kvm.kvmEntry($v, $r, true, $t != null); }
                               | r=ENTRY_PLUGIN_RIP (EOF | FURTHER)                { kvm.kvmEntry($v, $r, false, false); }
                               | (EOF | FURTHER)                                { kvm.kvmEntry($v, null, true, false); } )
    | f=RAW_ENTRY { raw.entry($f); }
    | r=(ENTRY_PC | ENTRY_RISCV_PC) (FURTHER | EOF) { arch.pcEntry($r); }
    | PROBE { on.other($name); }
    ;

pleWindow
    : v=PLE_VCPU o=PLE_OLD n=PLE_NEW PLE_DIRECTION { kvm.pleWindow($v, $o, $n); }
    | f=RAW_PLE { raw.pleWindow($f); }
    ;

// a proposal printed today's text under the old name
pleWindowOld[Token name]
    : v=PLE_VCPU ( n=PLE_OLD_NEW o=PLE_OLD_OLD         { kvm.pleWindowOld($name, $v, $n, $o); }
                 | o=PLE_OLD n=PLE_NEW PLE_DIRECTION { kvm.pleWindowOld($name, $v, $n, $o); } )
    ;

apicIpi
    : d=IPI_DST v=VEC m=DELIVERY l=(PHYSICAL | LOGICAL) (ASSERT | DEASSERT) (EDGE | LEVEL)
      s=(TO_DST | TO_SELF | TO_ALL | TO_OTHERS) CLOSE { kvm.apicIpi($d, $v, $m, $l, $s); }
    | f=RAW_IPI { raw.apicIpi($f); }
    ;

acceptIrq
    : a=APICID v=VEC m=DELIVERY t=(EDGE | LEVEL) CLOSE { kvm.acceptIrq($a, $v, $m, $t); }
    | f=RAW_ACCEPT { raw.acceptIrq($f); }
    ;

eoi
    : a=APICID v=EOI_VECTOR (EOF | FURTHER) { kvm.eoi($a, $v); }
    | f=RAW_EOI { raw.eoi($f); }
    ;

injectedVirq
    : v=(VIRQ_DEC | VIRQ_HEX | VIRQ_SOFT) r=REINJECTED? (EOF | FURTHER) { kvm.injectedVirq($v, $r != null); }
    | f=RAW_VIRQ EOF { raw.injectedVirq($f); }
    ;

msr
    : m=(MSR_READ | MSR_WRITE) d=MSR_DATA g=MSR_FAULT? (EOF | FURTHER) { kvm.msr($m, $d, $g != null); }
    | f=RAW_MSR { raw.msr($f); }
    ;

vcpuWakeup
    : t=(WAIT_TIME | POLL_TIME) NS v=(POLL_VALID | POLL_INVALID)? { kvm.vcpuWakeup($t, $v); }
    | f=RAW_WAKEUP { raw.vcpuWakeup($f); }
    ;

haltPoll
    : v=POLL_VCPU n=POLL_NEW o=POLL_OLD { kvm.haltPoll($v, $n, $o); }
    | f=RAW_HALT_POLL { raw.haltPoll($f); }
    ;

schedSwitch[Token name]
    : p=SWITCH_FROM n=SWITCH_TO { sched.schedSwitch($p, $n); }
    | p=PLUGIN_FROM n=PLUGIN_TO { sched.pluginSwitch($p, $n); }
    | PROBE { on.other($name); }
    ;

wake[Token name]
    : t=WAKE { sched.wake($name, $t); }
    | t=PLUGIN_WAKE { sched.pluginWake($name, $t); }
    | t=OLD_WAKE { sched.oldWake($name, $t); }
    | PROBE { on.other($name); }
    ;
