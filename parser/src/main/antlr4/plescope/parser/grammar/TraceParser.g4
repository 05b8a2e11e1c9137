/*
 * Which tokens make one line, and what each line says. Every decision looks at one token; nothing builds a tree.
 * Absent tokens reach the actions as null. A line's remainder is left unread where no rule needs it.
 */
parser grammar TraceParser;

options { tokenVocab = TraceLexer; superClass = LineRecognizer; }

@members {
    private LineActions on;
    private KvmActions kvm;
    private SchedActions sched;

    /** Who receives what the lines say. */
    public void setActions(LineActions lines, KvmActions kvmPayloads, SchedActions schedPayloads) {
        on = lines;
        kvm = kvmPayloads;
        sched = schedPayloads;
    }
}

line
    : p=PERF_PREFIX    { on.perfPrefix($p); }    event
    | p=FTRACE_PREFIX  { on.ftracePrefix($p); }  event
    | p=LOOSE_PERF     { on.perfPrefix($p); }    event
    | p=INSTANCE_PREFIX { on.ftracePrefix($p); } event
    | p=LOOSE_FTRACE   { on.ftracePrefix($p); }  event
    | p=LATENCY_PREFIX { on.latencyPrefix($p); } event
    | t=COMMENT        { on.comment($t); }
    | t=LOST_EVENTS    { on.lostEvents($t, true); }
    | t=DROPPED_EVENTS { on.lostEvents($t, true); }
    | t=LOST_SOME      { on.lostEvents($t, false); }
    | CPU_COUNT        { on.traceCmdHead(); }
    | GUEST_LINE       { on.guestLine(); }
    | KVM_STAT_TABLE   { on.kvmStatTable(); }
    | t=DAMAGED_EVENT  { on.damagedPrefix($t); }
    | STACK_FRAME
    | RAW_RECORD
    | NOISE
    ;

event
    : KVM_EXIT kvmExit
    | KVM_ENTRY kvmEntry
    | PLE_WINDOW pleWindow
    | APIC_IPI apicIpi
    | APIC_ACCEPT_IRQ acceptIrq
    | EOI eoi
    | INJ_VIRQ injectedVirq
    | MSR msr
    | VCPU_WAKEUP vcpuWakeup
    | HALT_POLL haltPoll
    | n=SCHED_SWITCH schedSwitch[$n]
    | n=SCHED_WAKING wake[$n]
    | n=SCHED_WAKEUP wake[$n]
    | n=SCHED_WAKEUP_NEW wake[$n]
    | SCHED_MIGRATE t=MIGRATE { sched.migrate($t); }
    | n=STAT_RUNTIME runtime[$n]
    | t=PERF_LOST { on.perfLost($t); }
    | t=PERF_COMM { on.perfComm($t); }
    | PERF_META
    | STACK_START
    | t=FUNCTION { on.function($t); }
    | t=OTHER_EVENT { on.other($t); }
    ;

kvmExit      : v=EXIT_VCPU? r=EXIT_REASON (EXIT_INFO | FURTHER | EOF) { kvm.kvmExit($v, $r); } ;

/** Asked for after an exit of the kernel's dialect, as long as the log has not shown how old the kernel is. */
exitTail     : TAIL_6_14 { kvm.exitTail(true); } | TAIL_5_10 { kvm.exitTail(false); } ;

// plugin text on a kernel without rip repeats the kernel's text behind its own complaint
kvmEntry
    : v=ENTRY_VCPU ENTRY_VCPU? ( r=ENTRY_RIP        (EOF | FURTHER | t=ENTRY_6_14) { kvm.kvmEntry($v, $r, true, $t != null); }
                               | r=ENTRY_PLUGIN_RIP (EOF | FURTHER)                { kvm.kvmEntry($v, $r, false, false); }
                               | EOF                                            { kvm.kvmEntry($v, null, true, false); } )
    ;

pleWindow    : v=PLE_VCPU o=PLE_OLD n=PLE_NEW PLE_DIRECTION { kvm.pleWindow($v, $o, $n); } ;

apicIpi
    : d=IPI_DST v=VEC m=DELIVERY l=(PHYSICAL | LOGICAL) (ASSERT | DEASSERT) (EDGE | LEVEL)
      s=(TO_DST | TO_SELF | TO_ALL | TO_OTHERS) CLOSE { kvm.apicIpi($d, $v, $m, $l, $s); }
    ;

acceptIrq    : a=APICID v=VEC m=DELIVERY t=(EDGE | LEVEL) CLOSE { kvm.acceptIrq($a, $v, $m, $t); } ;

eoi          : a=APICID v=EOI_VECTOR (EOF | FURTHER) { kvm.eoi($a, $v); } ;

injectedVirq : v=(VIRQ_DEC | VIRQ_HEX | VIRQ_SOFT) r=REINJECTED? (EOF | FURTHER) { kvm.injectedVirq($v, $r != null); } ;

msr          : m=(MSR_READ | MSR_WRITE) d=MSR_DATA f=MSR_FAULT? (EOF | FURTHER) { kvm.msr($m, $d, $f != null); } ;

vcpuWakeup   : t=(WAIT_TIME | POLL_TIME) NS v=(POLL_VALID | POLL_INVALID)? { kvm.vcpuWakeup($t, $v); } ;

haltPoll     : v=POLL_VCPU n=POLL_NEW o=POLL_OLD { kvm.haltPoll($v, $n, $o); } ;

schedSwitch[Token name]
    : p=SWITCH_FROM n=SWITCH_TO { sched.schedSwitch($p, $n); }
    | p=PLUGIN_FROM n=PLUGIN_TO { sched.pluginSwitch($p, $n); }
    | PROBE { on.other($name); }
    ;

wake[Token name]
    : t=WAKE { sched.wake($name, $t); }
    | t=PLUGIN_WAKE { sched.pluginWake($name, $t); }
    ;

runtime[Token name]
    : VRUNTIME { on.statRuntime($name, true); }
    | RUNTIME  { on.statRuntime($name, false); }
    ;
