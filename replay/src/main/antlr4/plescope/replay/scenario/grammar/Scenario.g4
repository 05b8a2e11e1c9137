/*
 * The scenario language: a host, the VMs on it, and what their tasks do. This file is its only definition; what its words
 * mean is in replay/docs/scenario.md. Every decision looks at one token.
 */
grammar Scenario;

file
    : 'scenario' title=STRING ';' statement* EOF
    ;

statement
    : 'about' STRING+ ';'                                       # About
    | 'source' STRING+ ';'                                      # Source
    | 'calibrated' parameter '=' constant 'because' STRING+ ';' # Calibrated
    | 'param' parameter '=' constant ('about' STRING+)? ';'     # Param
    | 'setting' text ';'                                        # DefaultSetting
    | 'host' '{' hostEntry* '}'                                 # Host
    | 'pool' name '=' cpus ';'                                  # Pool
    | 'vm' text ('x' value)? '{' vmEntry* '}'                   # Vm
    | 'run' value ';'                                           # Run
    | 'warm-up' value ';'                                       # WarmUp
    | 'seeds' cpus ';'                                          # Seeds
    ;

// The machine and its KVM.

hostEntry
    : key=('pcpus' | 'threads-per-core' | 'pcpus-per-cache' | 'pcpus-per-node' | 'hz') value ';'                  # HostNumber
    | key=('halt-poll' | 'halt-poll-grow' | 'halt-poll-grow-start' | 'halt-poll-shrink') value ';'                # HostNumber
    | 'arch' arch=('x86' | 's390') ';'                          # HostArch
    | 'ple' 'off' ';'                                           # PleOff
    | 'ple' isa=('vmx' | 'svm') (';' | '{' pleEntry* '}')       # PleOn
    | 'apicv' onOff ';'                                         # Apicv
    | 'costs' '{' costEntry* '}'                                # Costs
    ;

pleEntry
    : key=('window' | 'grow' | 'shrink' | 'max' | 'cycle') value ';'
    ;

costEntry
    : key=('exit' | 'pause-exit' | 'switch-out' | 'switch-in' | 'tick' | 'resched-ipi' | 'ack' | 'cache-refill' | 'llc-migration') value ';'
    ;

// A VM.

vmEntry
    : 'vcpus' value ';'                                         # Vcpus
    | 'pool' (name | cpus) ';'                                  # VmPool
    | 'pin' '1:1' ';'                                           # PinOneToOne
    | 'pin' vcpus=cpus 'to' pcpus=cpus ';'                      # PinSome
    | 'cgroup' '{' cgroupEntry* '}'                             # Cgroup
    | 'guest' '{' guestEntry* '}'                               # Guest
    | 'lock' name lockKind ';'                                  # Lock
    | 'channel' name 'holds' value ';'                          # Channel
    | 'barrier' name 'of' value wait=('spins' | 'sleeps') ';'   # Barrier
    | 'task' text ('x' value)? ('on' cpus)? body                # Task
    ;

cgroupEntry
    : key=('shares' | 'quota' | 'period') value ';'
    ;

guestEntry
    : key=('hz' | 'slice' | 'cores') value ';'                                          # GuestNumber
    | key=('pv-spinlock' | 'pv-sched-yield' | 'pv-tlb-flush' | 'diag') onOff ';'        # GuestSwitch
    ;

lockKind
    : 'test-and-set' | 'ticket' | 'queued' | 'mutex' | REF
    ;

// What a task does.

body
    : '{' instruction* '}'
    ;

instruction
    : 'compute' 'user'? span ';'                                # Compute
    | 'lock' name body                                          # Locked
    | 'shootdown' ';'                                           # Shootdown
    | 'call' ';'                                                # Call
    | 'send' name ';'                                           # Send
    | 'receive' name ';'                                        # Receive
    | 'sleep' span ';'                                          # Sleep
    | 'io' value 'then' span ';'                                # Io
    | 'meet' name ';'                                           # Meet
    | 'repeat' value? body                                      # Repeat
    | 'choose' '{' branch+ '}'                                  # Choose
    | 'count' ';'                                               # Count
    ;

branch
    : value ':' body
    ;

span
    : value                                                     # Fixed
    | 'exp' '(' value ')'                                       # Exponential
    | 'uniform' '(' value ',' value ')'                         # Uniform
    ;

// Values.

value
    : INT                                                       # Whole
    | DURATION                                                  # Length
    | REF                                                       # Reference
    | '(' sum ')'                                               # Sums
    ;

sum
    : product (op+=('+' | '-') product)*
    ;

product
    : value (op+=('*' | '/') value)*
    ;

cpus
    : range (',' range)*
    ;

range
    : value ('-' value)?
    ;

onOff
    : 'on' | 'off' | REF
    ;

text
    : STRING | REF
    ;

constant
    : value | STRING | 'on' | 'off'
    ;

name
    : NAME | STRING
    ;

// With the dollar, words of the language can be parameters, too.
parameter
    : NAME | REF
    ;

DURATION : DIGIT+ ('.' DIGIT+)? ('ps' | 'ns' | 'us' | 'ms' | 's') ;
INT : DIGIT+ ;
REF : '$' NAME ;
NAME : LETTER (LETTER | DIGIT | '-' | '_')* ;
STRING : '"' ~["\r\n]* '"' ;
OPEN_STRING : '"' ~["\r\n]* ;

COMMENT : '#' ~[\r\n]* -> skip ;
BLANK : [ \t\r\n]+ -> skip ;

/** Anything else is a token, too, so that the parser can say where it stands. */
STRAY : . ;

fragment DIGIT : [0-9] ;
fragment LETTER : [a-zA-Z] ;
