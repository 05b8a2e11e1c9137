/*
 * How KVM host logs are spelled: perf script, trace-cmd report and raw ftrace, one line at a time.
 *
 * A line is PREFIX EVENT PAYLOAD. The prefix depends on the tool, the payload on the event and the kernel, so each
 * stage has its own mode. The reader tries these modes in this order and stops at the first that fits:
 *
 *   DEFAULT_MODE  the tool's own columns: byte 16 parts the comm from the rest, whatever the comm contains
 *   NARROW        the columns of -L, latency formats and -F without comm
 *   INSTANCE      a buffer instance's or a guest's name before the columns; ticks alone
 *   LOOSE         columns lost (slides, mails, callchains): the first PID [CPU] TIME: wins
 *   LOOSE_DASH    the same with ftrace's dash
 *   LOOSE_NO_CPU  the same without a CPU
 *   LOOSE_LATENCY latency formats without the blanks before them
 *   DAMAGED       a known event behind something unreadable
 *   REST          what other commands print, heads and noise
 *   TIMELESS      an event without a time
 *
 * One mode for all would be the product of all searches and columns: 15,000 states instead of 1,700.
 *
 * Rules of the house, so that a table-driven scanner can be made of this file:
 *   - no predicate, no `more`, no action; a longer token wins, then the earlier rule;
 *   - a token carries its leading blanks and its key, and ends with its value;
 *   - a token that holds several values is decoded from its right end, because a comm may contain anything but NUL;
 *   - JUNK is one byte that fits nothing: the parser refuses it, the message points at the byte where lexing stuck;
 *   - nothing asks for the rest of a line it does not need; but a last value must be followed by the line's end or by
 *     FURTHER, one blank and something: two lines that a full pipe ran together (`rip 0xffff      CPU 0/KVM-122 ...`) are
 *     damage, not data.
 * Characters are bytes (ISO-8859-1); the input ends where the line ends.
 */
lexer grammar TraceLexer;

tokens { FURTHER }

// ---------------------------------------------------------------- lines at their columns

//       CPU 3/KVM   174 [001]     3.299988:            perf: "%16s %5d ", or "%16s %5d/%-5d "
PERF_PREFIX     : COMM16 ' '+ PID5 ('/' PID)? ' '+ (CPU ' '+)? (MISC ' '+)? (DATE ' '+)? CLOCK ':' -> mode(EVENT) ;

//       CPU 3/KVM-264     (    121) [000] d..2.     5.882130:      ftrace, trace-cmd: "%16s-" pid
FTRACE_PREFIX   : COMM16 FTRACE_HEAD -> mode(EVENT) ;

//       CPU 3/KVM [000]     3.299988:                  perf -F without tid
WIDE_TIME       : COMM16 ' ' ' '* (CPU ' '+)? TIME ':' -> type(TIME_PREFIX), mode(EVENT) ;

//         python3   22961   1 9 00000001 0000036a [3f494327] 1061765.927ms (+3.997ms):       ftrace's verbose option
VERBOSE_PREFIX  : COMM16 ' '+ PID ' '+ DEC ' '+ DEC ' ' HEX ' ' HEX ' [' HEX '] ' DEC '.' D D D 'ms (+' DEC '.' D D D 'ms):'
                  -> mode(EVENT) ;

COMMENT         : '#' BYTE* ;                                     // perf --header, ftrace head, "buffer started"
LOST_EVENTS     : 'CPU:' DEC ' [LOST ' DEC ' EVENTS]' ;           // ftrace
DROPPED_EVENTS  : 'CPU:' DEC ' [' DEC ' EVENTS DROPPED]' ;        // trace-cmd
LOST_SOME       : 'CPU:' DEC (' [LOST EVENTS]' | ' [EVENTS DROPPED]') ;
CPU_COUNT       : 'cpus=' DEC ;                                   // trace-cmd
STACK_FRAME     : '\t' ' '* HEX ' ' BYTE* | ' '? '=> ' BYTE* ;    // perf callchain | ftrace stacktrace, trace-cmd -T
JUNK            : BYTE ;

// ---------------------------------------------------------------- lines of other columns

mode NARROW;

// `CPU 0/KV-131     0...1.     4.654548:`  and  `CPU 1/KV-131       1..... 7840us :`
LATENCY_PREFIX  : COMM8 '-' PID ' '+ DEC FLAGS ' '+ (SECONDS | DEC 'us' [ +!#*@$]) ':' -> mode(EVENT) ;

// `migratio    18   0   759.444702:`
LATENCY_PERF    : COMM8 ' '+ PID ' '+ DEC ' '+ SECONDS ':' -> type(LATENCY_PREFIX), mode(EVENT) ;

// `  130/141   [001]     0.957150:`, `14165   759.444695:`, `[001]   770.850287:`: -F without comm
NARROW_PERF     : ' '* ( PIDS ' '+ CPU ' '+ (MISC ' '+)? (DATE ' '+)? CLOCK ':'
                       | PIDS ' '+ (MISC ' '+)? (DATE ' '+)? SECONDS ':'
                       | CPU ' '+ SECONDS ':'
                       ) -> type(LOOSE_PERF), mode(EVENT) ;

// ` 220.696238:`
TIME_PREFIX     : ' '* (CPU ' '+)? TIME ':' -> mode(EVENT) ;
NARROW_JUNK     : BYTE -> type(JUNK) ;

mode INSTANCE;

// another machine's clock and pids: ` VM:13376 VCPU:003 ...` of perf; `trace-Fedora21.dat: ...` and `guest.dat: ...` of a
// trace-cmd report over a host's and its guests' files, under the names that trace-cmd gives or people do
GUEST_LINE      : ' '* 'VM:' BYTE*
                | ' '* ('trace-' NAME_BYTE+ | NAME_BYTE* [Gg] 'uest' NAME_BYTE*) '.dat: ' BYTE* ;

// `fmtlab:             bash-20900 [001]   998.159529:`: trace-cmd names the buffer instance or the file first
// `trace.txt:             bash-20900 [001] ...`: so does grep, and puts the number of the line there
INSTANCE_PREFIX : ' '* [A-Za-z0-9_/.~] [A-Za-z0-9_/.~\-]* ':' ' '+ BYTE*? FTRACE_HEAD -> mode(EVENT) ;

// ` 87162647182125:` of a clock that counts ticks
TICKS_PREFIX    : ' '* TICKS ':' -> type(TIME_PREFIX), mode(EVENT) ;
INSTANCE_JUNK   : BYTE -> type(JUNK) ;

// ---------------------------------------------------------------- lines that lost their columns

mode LOOSE;

// the colon behind the time may have gone missing
LOOSE_PERF      : (BYTE*? ' ')? PIDS ' '+ (FLAGS ' '+)? CPU ' '+ ((MISC ' '+)? (DATE ' '+)? CLOCK ':' | SECONDS) -> mode(EVENT) ;
LOOSE_JUNK      : BYTE -> type(JUNK) ;

mode LOOSE_DASH;

LOOSE_FTRACE    : BYTE*? FTRACE_HEAD -> mode(EVENT) ;
LOOSE_DASH_JUNK : BYTE -> type(JUNK) ;

mode LOOSE_NO_CPU;

LOOSE_PERF_TIME : (BYTE*? ' ')? PIDS ' '+ (MISC ' '+)? (DATE ' '+)? SECONDS ':' -> type(LOOSE_PERF), mode(EVENT) ;

// `qemu-kvm-2679 759.444695:`, `qemu-kvm [012] 759.444695:`: no columns, and the CPU or the tid taken out by hand
LOOSE_TIME      : ' '* ~[ \n]+ ' '+ (CPU ' '+)? TIME ':' -> mode(EVENT) ;
LOOSE_NO_CPU_JUNK : BYTE -> type(JUNK) ;

mode LOOSE_LATENCY;

// as mails and documents have it without the blanks before it: ` <idle>-0       1dN... 4285us!:`
LOOSE_MICROS    : BYTE*? '-' PID ' '+ DEC FLAGS ' '+ DEC 'us' [ +!#*@$] ':' -> type(LATENCY_PREFIX), mode(EVENT) ;
LOOSE_LATENCY_JUNK : BYTE -> type(JUNK) ;

// ---------------------------------------------------------------- lines without a readable prefix

mode DAMAGED;

DAMAGED_EVENT   : BYTE*? ('kvm_exit:' | 'kvm_entry:' | 'kvm_ple_window_update:' | 'kvm_apic_ipi:'
                | 'kvm_apic_accept_irq:' | 'kvm_inj_virq:' | 'kvm_eoi:' | 'kvm_msr:' | 'kvm_vcpu_wakeup:'
                | 'kvm_halt_poll_ns:' | 'sched_switch:' | 'sched_waking:' | 'sched_wakeup:' | 'sched_wakeup_new:'
                | 'sched_migrate_task:')
                | [ \t]* 'kvm_' ('apic' | 'emulate_insn' | 'fpu' | 'hypercall' | 'inj_exception' | 'mmio' | 'nested_vmexit'
                | 'page_fault' | 'pio' | 'ple_window' | 'set_irq' | 'userspace_exit') ': ' ;
DAMAGED_JUNK    : BYTE -> type(JUNK) ;

mode REST;

// What other commands print; the refusal says which, and the command that prints events.
KVM_STAT_TABLE  : BYTE*? 'VM-EXIT' ' '+ 'Samples' ;
RAW_RECORD      : DEC ' ' DEC ' ' DEC ' type: ' DEC | HEX ' ' HEX ' ' HEX ' type: ' DEC ;
PERF_DUMP       : '0x' HEX ('@' BYTE*?)? ' [0x' HEX ']: event: ' DEC | '. ' BYTE* ;              // perf script -D
PERF_TRACE      : ' '* DEC '.' D D D ' ' (BYTE*? NAME ':' NAME '(' | '(' ' '* DEC '.' D D D ' ms): ') ;
PERF_TOP        : ' '* DEC '.' DEC '%' ' '+ ~[ \n] ;
PERF_SCHED      : ' '* 'Task' ' '+ '|' ' '+ 'Runtime ms' | ' '* 'time' ' '+ 'cpu' ' '+ 'task name' ;
PERF_STAT       : ' '* 'Performance counter stats for ' ;
BPF_SUMMARY     : 'Attaching ' DEC ' probe' | '@' NAME_BYTE* ('[' | ': ') | ' '* NAME ' '+ ': count ' ' '* 'distribution' ;
SYSTEM_CALLS    : (DEC ' '+)? DEC '.' D D D D D D ' ' NAME '(' ;                         // strace
QEMU_LOG        : DEC '@' DEC '.' DEC ':' NAME ;
JSON            : [ \t]* '"' ~["\n]* '":' ;
STATISTICS      : 'Kernel buffer statistics:' ;
USAGE           : [Uu] 'sage:' ;
TOOL_MESSAGE    : 'libtraceevent: ' | ' '* 'Error: expected type ' | ' '* '[' NAME ':' NAME '] ' ;

NOISE           : 'version = ' DEC | 'CPU ' DEC ' is empty' | 'CPU:' DEC ' [SUBBUFFER START]'
                | ' '* DEC ')' [ +!#*@$] | ' '* '---'                                            // function_graph
                | 'Average wakeup latency:' | 'Maximum Latency:' | 'Minimum Latency:'            // trace-cmd report -w
                | [ \t]+ '#' | '```' | '--' | '<' [!/A-Za-z] | '$ ' ;                             // indented heads, markup
REST_JUNK       : BYTE -> type(JUNK) ;

mode TIMELESS;

// `java 19983 cycles:`, `cc1 14164 [001] irq_vectors:reschedule_entry:`: an event without its time
TIMELESS_EVENT  : (BYTE*? ' ')? PIDS ' '+ (CPU ' '+)? (NAME ':')+
                | ' '* ~[ \n]+ '-' PID ':'? ' '+ (CPU ' '+)? 'kvm_' NAME_BYTE+ ':' ;
TIMELESS_JUNK   : BYTE -> type(JUNK) ;

// ---------------------------------------------------------------- which event

mode EVENT;

KVM_EXIT        : GAP 'kvm:'? 'kvm_exit:'                -> mode(KVM_EXIT_TEXT) ;
KVM_ENTRY       : GAP 'kvm:'? 'kvm_entry:'               -> mode(KVM_ENTRY_TEXT) ;
PLE_WINDOW      : GAP 'kvm:'? 'kvm_ple_window_update:'   -> mode(PLE_WINDOW_TEXT) ;
APIC_IPI        : GAP 'kvm:'? 'kvm_apic_ipi:'            -> mode(APIC_TEXT) ;
APIC_ACCEPT_IRQ : GAP 'kvm:'? 'kvm_apic_accept_irq:'     -> mode(APIC_TEXT) ;
EOI             : GAP 'kvm:'? 'kvm_eoi:'                 -> mode(APIC_TEXT) ;
INJ_VIRQ        : GAP 'kvm:'? 'kvm_inj_virq:'            -> mode(INJ_VIRQ_TEXT) ;
MSR             : GAP 'kvm:'? 'kvm_msr:'                 -> mode(MSR_TEXT) ;
VCPU_WAKEUP     : GAP 'kvm:'? 'kvm_vcpu_wakeup:'         -> mode(VCPU_WAKEUP_TEXT) ;
HALT_POLL       : GAP 'kvm:'? 'kvm_halt_poll_ns:'        -> mode(HALT_POLL_TEXT) ;
SCHED_SWITCH    : GAP 'sched:'? 'sched_switch:'          -> mode(SWITCH_TEXT) ;
SCHED_WAKING    : GAP 'sched:'? 'sched_waking:'          -> mode(WAKE_TEXT) ;
SCHED_WAKEUP    : GAP 'sched:'? 'sched_wakeup:'          -> mode(WAKE_TEXT) ;
SCHED_WAKEUP_NEW: GAP 'sched:'? 'sched_wakeup_new:'      -> mode(WAKE_TEXT) ;
SCHED_MIGRATE   : GAP 'sched:'? 'sched_migrate_task:'    -> mode(MIGRATE_TEXT) ;
STAT_RUNTIME    : GAP 'sched:'? 'sched_stat_runtime:'    -> mode(STAT_RUNTIME_TEXT) ;
STAT_DELAY      : GAP 'sched:'? 'sched_stat_' ('wait' | 'sleep' | 'iowait' | 'blocked') ':' -> mode(STAT_DELAY_TEXT) ;
HYPERCALL       : GAP 'kvm:'? 'kvm_hypercall:'           -> mode(HYPERCALL_TEXT) ;
HV_HYPERCALL    : GAP 'kvm:'? 'kvm_hv_hypercall:'        -> mode(HYPERCALL_TEXT) ;
IPI_SEND_CPU    : GAP 'ipi:'? 'ipi_send_cpu:'            -> mode(IPI_SEND_TEXT) ;
IRQ_HANDLER     : GAP 'irq:'? 'irq_handler_' ('entry' | 'exit') ':'        -> mode(IRQ_TEXT) ;
SOFTIRQ         : GAP 'irq:'? 'softirq_' ('entry' | 'exit' | 'raise') ':'  -> mode(IRQ_TEXT) ;
VECTOR          : GAP 'irq_vectors:'? ('reschedule' | 'call_function' '_single'? | 'local_timer' | 'irq_work' | 'x86_platform_ipi')
                  ('_entry:' | '_exit:')                                     -> mode(IRQ_TEXT) ;
PLE_WINDOW_OLD  : GAP 'kvm:'? 'kvm_ple_window:'          -> mode(PLE_WINDOW_TEXT) ;
WFX             : GAP 'kvm:'? 'kvm_wf' ('x_arm64' | 'x' | 'i') ':'  -> mode(ARM64_TEXT) ;
SIE_ENTER       : GAP 'kvm:'? 'kvm_s390_sie_enter:'      -> mode(S390_TEXT) ;
SIE_EXIT        : GAP 'kvm:'? 'kvm_s390_sie_exit:'       -> mode(S390_TEXT) ;
S390_DIAG       : GAP 'kvm:'? 'kvm_s390_handle_diag:'    -> mode(S390_TEXT) ;
PPC_ENTER       : GAP 'kvm_hv:'? 'kvm_guest_enter:'      -> mode(PPC_TEXT) ;
PPC_EXIT        : GAP 'kvm_hv:'? 'kvm_guest_exit:'       -> mode(PPC_TEXT) ;
PPC_HCALL       : GAP 'kvm_hv:'? 'kvm_hcall_enter:'      -> mode(PPC_TEXT) ;
LOONGARCH_ENTER : GAP 'kvm:'? 'kvm_' ('re'? 'enter' | 'out') ':'     -> mode(LOONGARCH_TEXT) ;
LOONGARCH_EXIT  : GAP 'kvm:'? 'kvm_exit_' ('idle' | 'cache') ':'     -> mode(KVM_EXIT_TEXT) ;

PERF_LOST       : GAP 'PERF_RECORD_LOST' '_SAMPLES'? ' lost ' DEC ;
PERF_COMM       : GAP 'PERF_RECORD_COMM' ' exec'? ': ' BYTE* ':' PIDS ;
PERF_FORK       : GAP 'PERF_RECORD_FORK(' ID_PAIR '):(' ID_PAIR ')' ;
PERF_EXIT       : GAP 'PERF_RECORD_EXIT(' ID_PAIR '):(' ID_PAIR ')' ;
PERF_SWITCH_OUT : GAP 'PERF_RECORD_SWITCH_CPU_WIDE OUT' ' preempt'? ' '+ 'next pid/tid:' ' '* PID '/' PID ;
PERF_META       : GAP 'PERF_RECORD_' [A-Z0-9_]+ ':'? ;
STACK_START     : GAP ('<stack trace>' | '<user stack trace>') ;
FUNCTION        : GAP NAME OFFSET? (' <-' | ' -> ' | '(') ;           // function tracer, system calls
CONTEXT_SWITCH  : GAP CONTEXT '==>' ;                                 // of the wake-up tracers, `3997:120:R ==> [001] ...`
CONTEXT_WAKE    : GAP CONTEXT '+' ;

OTHER_EVENT     : GAP '<'? NAME '>'? OFFSET? ':' (NAME ':')* ;
PRINTED         : GAP ('0' | '0x' HEX) ': ' ;                         // trace_printk and BPF programs, behind their address
EVENT_JUNK      : BYTE -> type(JUNK) ;

// ---------------------------------------------------------------- payloads

mode KVM_EXIT_TEXT;
// vcpu 1 reason pause rip 0xffffffff81000090 info1 0x0000000000000000 info2 ...      5.10 and later
// vcpu 2 reason PAUSE_INSTRUCTION rip 0xffffffffb72e29e3 info 0 0                    5.4 - 5.9
// reason EXIT_PAUSE rip 0xffffffff81000090 info 0 0                                  plugin, or before 5.4
EXIT_VCPU       : ' '+ 'vcpu ' DEC ;
// free text: `PF excp`, `EXCEPTION_NMI FAILED_VMENTRY 0x4000000`, `0x28`, `UNKNOWN (40)`, `idle-halt`
EXIT_REASON     : ' '+ 'reason ' REASON_WORD (' ' [A-Za-z(] REASON_BYTE*)* (' 0x' HEX)? ' rip 0x' HEX -> mode(KVM_EXIT_TAIL) ;
// exit_reason=119 guest_rip=0xffffffff81a5a38d isa=2 info1=0x0 ...      trace-cmd report -R, ftrace's fields option
RAW_EXIT        : ' '+ 'exit_reason=' RAW ' guest_rip=' RAW ' isa=' RAW RAW_FIELD* ;
// TRAP: HSR_EC: 0x0001 (WFx), PC: 0xffffffc080528a6c      arm64; no vCPU, and `IRQ:` has no exception class worth a name
// HSR_EC: 0x0024, PC: 0x80528a6c                          4.0 - 4.4; before, the PC alone
EXIT_ARM64      : ' '+ ([A-Z0-9_]+ ': ' | '0x' HEX ': ')? [EH] 'SR_EC: 0x' HEX (' (' [A-Za-z0-9_]* ')')? ', PC: 0x' HEX
                  -> mode(KVM_EXIT_TAIL) ;
EXIT_ARM_PC     : ' '+ 'PC: 0x' HEX -> mode(KVM_EXIT_TAIL) ;
// SEPC:0xffffffff80200000, SCAUSE:0x16, STVAL:0x0, ...    riscv
EXIT_RISCV      : ' '+ 'SEPC:0x' HEX ', SCAUSE:0x' HEX ;
// exit=EMULATE_DCR | pc=0xc000000000012345 | msr=0x...    powerpc without HV
EXIT_PPC        : ' '+ 'exit=' [A-Za-z0-9_]+ ' | pc=0x' HEX ;
// vcpu 0 [IDLE] PC: 0x9000000000201000                    loongarch; mips prints neither vcpu nor the blank
EXIT_PC         : ' '+ '[' [A-Za-z0-9_ ]+ ']' ' '? 'PC: 0x' HEX -> mode(KVM_EXIT_TAIL) ;
EXIT_CANT_FIND  : CANT_FIND -> skip ;
EXIT_BARE_VCPU  : 'vcpu ' DEC -> type(EXIT_VCPU) ;
EXIT_PROBE      : PROBED -> type(PROBE) ;
EXIT_COMMA      : (', ' | ' | ') -> type(FURTHER) ;
EXIT_FAILED     : FAILED -> skip ;
EXIT_JUNK       : BYTE -> type(JUNK) ;

mode KVM_EXIT_TAIL;
EXIT_INFO       : ' info' ;
EXIT_MORE       : (' ' ~[ \n] | [,;] ' ' | NOTE) -> type(FURTHER) ;                     // a guest's function, fields of patched kernels
// behind EXIT_INFO; asked for only while the kernel's age is still unknown
TAIL_6_14       : '1 0x' BYTE*? ' requests 0x' ;
TAIL_5_10       : '1 0x' HEX ' info2 0x' HEX ' intr_info 0x' HEX ' error_code 0x' HEX ;
EXIT_TAIL_JUNK  : BYTE -> type(JUNK) ;

mode KVM_ENTRY_TEXT;
// vcpu 3, rip 0xffffffff81170441[immediate exit]    |    vcpu 2                      |    vcpu 0 rip 0x.. (plugin)
ENTRY_VCPU      : ' '+ 'vcpu ' DEC ;
ENTRY_RIP       : ', rip 0x' HEX -> mode(KVM_ENTRY_TAIL) ;
ENTRY_PLUGIN_RIP: ' rip 0x' HEX  -> mode(KVM_ENTRY_TAIL) ;
// PC: 0x0000000080528a6c                                  arm64, mips; riscv's kernel prints 0x016 by mistake
ENTRY_RISCV_PC  : ' '+ 'PC: 0x016' HEX -> mode(KVM_ENTRY_TAIL) ;
ENTRY_PC        : ' '+ 'PC: 0x' HEX -> mode(KVM_ENTRY_TAIL) ;
ENTRY_NO_RIP    : (' [' DEC ':0x' | ' '+ HEX8 HEX8 ' ' | NOTE) -> type(FURTHER) ;    // trace-cmd report --debug, perf's +ip
RAW_ENTRY       : ' '+ 'vcpu_id=' RAW RAW_FIELD* ;
ENTRY_CANT_FIND : CANT_FIND -> skip ;
ENTRY_BARE_VCPU : 'vcpu ' DEC -> type(ENTRY_VCPU) ;
ENTRY_PROBE     : PROBED -> type(PROBE) ;
ENTRY_FAILED    : FAILED -> skip ;
ENTRY_JUNK      : BYTE -> type(JUNK) ;

mode KVM_ENTRY_TAIL;
ENTRY_6_14      : ' intr_info 0x' HEX ' error_code 0x' HEX ;
ENTRY_MORE      : (' ' ~[ \n] | '[' | ', ' | NOTE) -> type(FURTHER) ;         // [immediate exit], a guest's function
ENTRY_TAIL_JUNK : BYTE -> type(JUNK) ;

mode PLE_WINDOW_TEXT;
// vcpu 1 old 3000 new 6000 (growed)
PLE_VCPU        : ' '+ 'vcpu ' DEC ;
PLE_OLD         : ' old ' DEC ;
PLE_NEW         : ' new ' DEC ;
PLE_DIRECTION   : ' (growed)' | ' (shrinked)' ;
// vcpu 1: ple_window 8192 (grow 4096)                     before 5.4: new, direction, old; printed even when unchanged
PLE_OLD_NEW     : ': ple_window ' SIGNED ;
PLE_OLD_OLD     : (' (grow ' | ' (shrink ') SIGNED ;
RAW_PLE         : ' '+ 'vcpu_id=' RAW ' new=' RAW ' old=' RAW ;
PLE_FAILED      : FAILED -> skip ;
PLE_JUNK        : BYTE -> type(JUNK) ;

mode ARM64_TEXT;
// guest executed wfe at: 0xffffffc080528a6c               wfe waits in a spin loop, wfi halts
WFE             : ' '+ 'guest executed wfe at: 0x' HEX ;
WFI             : ' '+ 'guest executed wfi at: 0x' HEX ;
ARM64_JUNK      : BYTE -> type(JUNK) ;

mode S390_TEXT;
// 00[0704c00180000000-0000000000114f2e]: exit sie icptcode 4 (Instruction)       vCPU, PSW mask and address
SIE_CONTEXT     : ' '+ DEC '[' HEX '-' HEX ']: ' ;
SIE_ENTERING    : 'entering sie flags ' HEX ;
SIE_EXITING     : 'exit sie icptcode ' DEC ' (' ~[\n]* ')' ;
DIAG_CODE       : 'handle diagnose call ' HEX ' (' ~[\n]* ;
S390_JUNK       : BYTE -> type(JUNK) ;

mode PPC_TEXT;
// VCPU 3: trap=H_DATA_STORAGE pc=0xc000000000012345 msr=0x8000000000009033, ceded=0
PPC_VCPU        : ' '+ 'VCPU ' DEC ':' ;
PPC_ENTER_PC    : ' pc=0x' HEX ;
PPC_TRAP        : ' trap=' [A-Za-z0-9_]+ ' pc=0x' HEX ;
PPC_CALL        : ' hcall=' [A-Za-z0-9_]+ ;
PPC_MORE        : ' ' [A-Za-z] -> type(FURTHER) ;
PPC_JUNK        : BYTE -> type(JUNK) ;

mode LOONGARCH_TEXT;
LOONGARCH_PC    : ' '+ ('vcpu ' DEC ' ')? 'PC: 0x' HEX ;
LOONGARCH_JUNK  : BYTE -> type(JUNK) ;

mode APIC_TEXT;
// dst b0 vec 176 (Fixed|physical|de-assert|edge|self)     dst and apicid are hexadecimal without 0x, vectors decimal
// apicid 3 vec 236 (Fixed|edge)                           apicid 3 vector 251
IPI_DST         : ' '+ 'dst ' HEX ;
APICID          : ' '+ 'apicid ' HEX ;
VEC             : ' vec ' DEC ;
EOI_VECTOR      : ' vector ' SIGNED ;
DELIVERY        : ' (' [A-Za-z0-9]+ ;
PHYSICAL        : '|physical' ;
LOGICAL         : '|logical' ;
ASSERT          : '|assert' ;
DEASSERT        : '|de-assert' ;
EDGE            : '|edge' ;
LEVEL           : '|level' ;
TO_DST          : '|dst' ;
TO_SELF         : '|self' ;
TO_ALL          : '|all' ;
TO_OTHERS       : '|all-but-self' ;
CLOSE           : ')' ;
RAW_IPI         : ' '+ 'icr_low=' RAW ' dest_id=' RAW ;
RAW_ACCEPT      : ' '+ 'apicid=' RAW ' dm=' RAW ' tm=' RAW ' vec=' RAW ;
RAW_EOI         : ' '+ 'apicid=' RAW ' vector=' RAW ;
APIC_MORE       : (' ' ~[ \n] | NOTE) -> type(FURTHER) ;
APIC_FAILED     : FAILED -> skip ;
APIC_JUNK       : BYTE -> type(JUNK) ;

mode INJ_VIRQ_TEXT;
// irq 236 (decimal, before 6.0)   IRQ 0xec   Soft/INTn 0x80 [reinjected]
VIRQ_DEC        : ' '+ 'irq ' DEC ;
VIRQ_HEX        : ' '+ 'IRQ 0x' HEX ;
VIRQ_SOFT       : ' '+ 'Soft/INTn 0x' HEX ;
REINJECTED      : ' [reinjected]' ;
RAW_VIRQ        : ' '+ ('vector=' RAW ' soft=' RAW ' reinjected=' RAW | 'irq=' RAW) ;
VIRQ_MORE       : (' ' ~[ \n] | NOTE) -> type(FURTHER) ;
VIRQ_FAILED     : FAILED -> skip ;
VIRQ_JUNK       : BYTE -> type(JUNK) ;

mode MSR_TEXT;
// msr_write 830 = 0xb0000440b0 (#GP)                      the index is hexadecimal without 0x
MSR_READ        : ' '+ 'msr_read ' HEX ;
MSR_WRITE       : ' '+ 'msr_write ' HEX ;
MSR_DATA        : ' = 0x' HEX ;
MSR_FAULT       : ' (#GP)' ;
RAW_MSR         : ' '+ 'write=' RAW ' ecx=' RAW ' data=' RAW ' exception=' RAW ;
MSR_MORE        : (' ' ~[ \n] | NOTE) -> type(FURTHER) ;
MSR_FAILED      : FAILED -> skip ;
MSR_JUNK        : BYTE -> type(JUNK) ;

mode VCPU_WAKEUP_TEXT;
// wait time 3998471 ns, polling valid
WAIT_TIME       : ' '+ 'wait time ' SIGNED ;
POLL_TIME       : ' '+ 'poll time ' SIGNED ;
NS              : ' ns' ;
POLL_VALID      : ', polling valid' ;
POLL_INVALID    : ', polling invalid' ;
RAW_WAKEUP      : ' '+ 'ns=' RAW ' waited=' RAW ' valid=' RAW ;
WAKEUP_FAILED   : FAILED -> skip ;
WAKEUP_JUNK     : BYTE -> type(JUNK) ;

mode HALT_POLL_TEXT;
// vcpu 0: halt_poll_ns 10000 (grow 0)                     new, direction, old
POLL_VCPU       : ' '+ 'vcpu ' DEC ;
POLL_NEW        : ': halt_poll_ns ' DEC ;
POLL_OLD        : (' (grow ' | ' (shrink ') DEC ;
RAW_HALT_POLL   : ' '+ 'grow=' RAW ' vcpu_id=' RAW ' new=' RAW ' old=' RAW ;
HALT_POLL_FAILED: FAILED -> skip ;
HALT_POLL_JUNK  : BYTE -> type(JUNK) ;

mode SWITCH_TEXT;
// prev_comm=CPU 3/KVM prev_pid=264 prev_prio=120 prev_state=R ==> next_comm=CPU 0/KVM next_pid=261 next_prio=120
// The text between the two comms is longer than any comm (15 bytes), so a hostile comm cannot imitate it.
SWITCH_FROM     : ' '+ 'prev_comm=' BYTE*? ' prev_pid=' NUMBER ' prev_prio=' NUMBER ' prev_state=' (NUMBER | STATE)
                  ' ==>'? ' next_comm=' -> mode(SWITCH_TO_TEXT) ;
// CPU 2/KVM:133 [120] R ==> migration/0:18 [0]            plugin; `R+` is printed as `R`
// task CPU 2/KVM:133 [120] (R) ==> migration/0:18 [0]     2.6.31
PLUGIN_FROM     : ' '+ BYTE*? ':' SIGNED ' [' SIGNED '] ' STATE ' ==> ' -> mode(PLUGIN_TO_TEXT) ;
// a probe under the same name: (__probestub_sched_switch+0x4/0x10) preempt=0
PROBE           : PROBED ;
SWITCH_FAILED   : FAILED -> skip ;
SWITCH_JUNK     : BYTE -> type(JUNK) ;

mode SWITCH_TO_TEXT;
SWITCH_TO       : BYTE*? ' next_pid=' NUMBER ' next_prio=' NUMBER ;
SWITCH_TO_JUNK  : BYTE -> type(JUNK) ;

mode PLUGIN_TO_TEXT;
PLUGIN_TO       : BYTE* ':' SIGNED ' [' SIGNED ']' ;
PLUGIN_TO_JUNK  : BYTE -> type(JUNK) ;

mode WAKE_TEXT;
// comm=migration/0 pid=21 prio=0 target_cpu=000           target_cpu is decimal, whatever its zeros
WAKE            : ' '+ 'comm=' BYTE*? ' pid=' NUMBER ' prio=' NUMBER (' success=' NUMBER)? ' target_cpu=' NUMBER ;
PLUGIN_WAKE     : ' '+ BYTE*? ':' SIGNED ' [' SIGNED ']' (' success=' DEC)? ' CPU:' DEC ;
// task bash:2613 [120] success=1 [001]                    2.6.31
OLD_WAKE        : ' '+ 'task ' BYTE*? ':' SIGNED ' [' SIGNED '] success=' DEC ' [' DEC ']' ;
WAKE_PROBE      : PROBED -> type(PROBE) ;
WAKE_FAILED     : FAILED -> skip ;
WAKE_JUNK       : BYTE -> type(JUNK) ;

mode MIGRATE_TEXT;
// comm=perf pid=207 prio=101 orig_cpu=0 dest_cpu=1
MIGRATE         : ' '+ 'comm=' BYTE*? ' pid=' NUMBER ' prio=' NUMBER ' orig_cpu=' NUMBER ' dest_cpu=' NUMBER ;
MIGRATE_FAILED  : FAILED -> skip ;
MIGRATE_JUNK    : BYTE -> type(JUNK) ;

mode STAT_RUNTIME_TEXT;
// comm=perf pid=14165 runtime=16304 [ns] vruntime=8123 [ns]        vruntime before 6.8 only
VRUNTIME        : STAT_TASK ' runtime=' DEC ' [ns]'? ' vruntime=' DEC ;
RUNTIME         : STAT_TASK ' runtime=' NUMBER ;
RUNTIME_FAILED  : FAILED -> skip ;
RUNTIME_JUNK    : BYTE -> type(JUNK) ;

mode STAT_DELAY_TEXT;
// comm=perf pid=14165 delay=16304 [ns]
// (greedy: ` pid=1 delay=1` is short enough for a comm)
DELAY           : ' '+ 'comm=' BYTE* ' pid=' NUMBER ' delay=' NUMBER ;
DELAY_FAILED    : FAILED -> skip ;
DELAY_JUNK      : BYTE -> type(JUNK) ;

mode HYPERCALL_TEXT;
// nr 0xb a0 0x3 a1 0x0 a2 0x0 a3 0x0                      or bare: nr=0xb a0=0x3 a1=0x0 a2=0x0 a3=0x0
HYPERCALL_ARGS  : ' '+ 'nr 0x' HEX ' a0 0x' HEX ' a1 0x' HEX ' a2 0x' HEX ' a3 0x' HEX ;
// code 0x8 fast var_cnt 0x0 rep_cnt 0x0 idx 0x0 in 0x1000 out 0x0
HV_ARGS         : ' '+ 'code 0x' HEX (' fast ' | ' slow ') ~[\n]*? ' in 0x' HEX ' out 0x' HEX ;
HYPERCALL_MORE  : ' ' -> type(FURTHER) ;
HYPERCALL_JUNK  : BYTE -> type(JUNK) ;

mode IPI_SEND_TEXT;
// cpu=1 callsite=ttwu_queue_wakelist+0x92/0xa0 callback=0x0         no callback: the target shall reschedule
IPI_RESCHEDULE  : ' '+ 'cpu=' NUMBER ' callsite=' SYMBOL ' callback=0x0' ;
IPI_CALL        : ' '+ 'cpu=' NUMBER ' callsite=' SYMBOL ' callback=' ~[ \n]+ ;
IPI_SEND_MORE   : ' ' ~[ \n] -> type(FURTHER) ;
IPI_SEND_JUNK   : BYTE -> type(JUNK) ;

mode IRQ_TEXT;
// irq=24 name=nvme0q1    vec=1 [action=TIMER]    vector=253
IRQ_NUMBER      : ' '+ ('irq' | 'vec' | 'vector' | 'softirq') '=' NUMBER ;
IRQ_MORE        : ' ' ~[ \n] -> type(FURTHER) ;
IRQ_JUNK        : BYTE -> type(JUNK) ;

// ---------------------------------------------------------------- pieces

fragment BYTE   : ~[\n] ;
fragment DEC    : [0-9]+ ;
fragment HEX    : [0-9a-f]+ ;
fragment HEX8   : H H H H H H H H ;
fragment H      : [0-9a-f] ;
fragment SIGNED : '-'? DEC ;
// ftrace's `fields` option prints 0x78 (120)
// (first, because behind a comm the shortest number wins)
fragment NUMBER : '0x' HEX ' (' SIGNED ')' | SIGNED ;
fragment NAME   : [A-Za-z_] NAME_BYTE* ;
fragment NAME_BYTE : [A-Za-z0-9_.\-] ;

// A comm has at most 15 bytes and is printed with %16s, so its column starts with a blank.
fragment COMM16 : ' ' COMM8 BYTE BYTE BYTE BYTE BYTE BYTE BYTE ;
fragment COMM8  : BYTE BYTE BYTE BYTE BYTE BYTE BYTE BYTE ;
fragment PID    : '-'? DEC ;
fragment PIDS   : PID ('/' PID)? ;
fragment ID_PAIR: PID ':' PID ;
// the blank behind the comm taken off, %5d: without the width, perf -L's CPU column would pass for a pid
fragment PID5   : '    ' D | '   ' SIGN D | '  ' SIGN D D | ' ' SIGN D D D | SIGN D D D D+ ;
fragment D      : [0-9] ;
fragment SIGN   : [\-0-9] ;
fragment CPU    : '[' DEC ']' ;
fragment TGID   : '(' ' '* (DEC | '-'+) ')' ;
fragment FLAG   : [.0-9A-Za-z#] ;
fragment FLAGS  : FLAG FLAG FLAG FLAG FLAG? FLAG? FLAG? FLAG? ;
fragment MISC   : [A-Za-z]+ ;
fragment DATE   : DEC '-' DEC '-' DEC ' ' DEC ':' DEC ':' DEC '.' DEC ;
fragment SECONDS: DEC '.' DEC ;
fragment TIME   : DEC '.' D D D D D D (D D D)? ;
fragment CLOCK  : SECONDS | DEC ;
fragment TICKS  : D D D D D D D D D D D D DEC ;                       // of a clock that has run for some time
fragment FTRACE_HEAD : '-' PID ' '+ (TGID ' '+)? CPU ' '+ (FLAGS ' '+)? CLOCK ':' ;
fragment STAT_TASK : ' '+ 'comm=' BYTE*? ' pid=' NUMBER ;
fragment SYMBOL : ~[ \n]+ (' (' SIGNED ')')? ;
// between time and event: blanks, and perf's period or trace-cmd's --ts-diff
fragment GAP    : ' '* (DEC ' '+ | '(+' DEC ')' ' '+)? ;

// a field's bare value: -5, 119, 0x2f, 6e0 (each as the kernel's text has it), or 0x77 (119)
fragment RAW    : '-' DEC | ('0x' | '0X')? HEX (' (' SIGNED ')')? ;
fragment RAW_FIELD : ' ' NAME '=' RAW ;

// a symbol's offset, and who gives way to whom: pid, priority, state
fragment OFFSET : '+0x' HEX ('/0x' HEX)? ;
fragment CONTEXT : ' '* DEC ':' ' '* SIGNED ':' [A-Za-z?] '+'? ' '+ ;

// what people write behind a line they paste
fragment NOTE   : ' '+ ('//' | '/*' | '#' | '<-' | '<=' | '<<' | '!!') ;

fragment PROBED : ' '+ '(' NAME '+0x' HEX ;

fragment REASON_BYTE : [A-Za-z0-9_().\-] ;
fragment REASON_WORD : REASON_BYTE+ ;
fragment STATE  : ~[ \n]+ ;
fragment FAILED : ' '* '[FAILED TO PARSE]' ;                          // libtraceevent, then the bare fields
fragment CANT_FIND : ' '* 'CAN\'T FIND FIELD "' ~["\n]* '"' | '<CANT FIND FIELD ' ~[>\n]* '>' ;
