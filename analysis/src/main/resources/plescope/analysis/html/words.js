// Numbers as the page says them, and the names of states and answers.

const STATES = ['GUEST', 'SPINNING', 'HOST', 'HALT_POLL', 'PREEMPTED', 'WAITING', 'BLOCKED', 'UNKNOWN'];

const MEANING = {
  GUEST: 'guest work',
  SPINNING: 'spinning in a PAUSE loop',
  HOST: 'exit handling',
  HALT_POLL: 'halt polling',
  PREEMPTED: 'preempted',
  WAITING: 'woken, not yet run',
  BLOCKED: 'halted',
  UNKNOWN: 'unknown',
  THREAD: 'another host thread',
};

function duration(ns) {
  if (ns == null) return 'not known';
  const size = Math.abs(ns);
  if (size < 1e3) return `${round3(ns)} ns`;
  if (size < 1e6) return `${round3(ns / 1e3)} µs`;
  if (size < 1e9) return `${round3(ns / 1e6)} ms`;
  return `${round3(ns / 1e9)} s`;
}

function moment(ns) {
  return `${(ns / 1e6).toFixed(3)} ms`;
}

function round3(value) {
  return String(Number(value.toPrecision(3)));
}

function percent(value) {
  if (value == null) return 'not known';
  return `${value < 0.1 && value > 0 ? '< 0.1' : String(Number(value.toFixed(1)))} %`;
}

function grouped(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** HALT_POLL becomes halt poll. */
function plainName(name) {
  return name.toLowerCase().replaceAll('_', ' ');
}

const CAUSE = { LOCK: 'lock', TLB_SHOOTDOWN: 'TLB shootdown', IPI: 'IPI', UNKNOWN: 'unknown cause', 'NOT JUDGED': 'not judged' };

function lineOf(row, column = 'line') {
  return row[column] == null ? '' : `line ${row[column]} of the log`;
}
