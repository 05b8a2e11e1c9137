// The worst bursts: a choice of timelines and the story of one PLE exit.

let chosenBurst = 0;
let redrawBursts = () => {};

function chooseBurst(number) {
  chosenBurst = number;
  redrawBursts();
}

PICTURES.bursts = (section, host, width) => {
  const worst = rowsOf(section, 'worst');
  if (!worst.length) return;
  redrawBursts = () => {
    host.replaceChildren();
    burstPicture(section, host, width, worst);
  };
  redrawBursts();
};

function burstPicture(section, host, width, worst) {
  const id = name => `window${chosenBurst}-${name}`;
  const window = section.tables.find(t => t.id === id('interval')).arguments;
  const data = {
    intervals: rowsOf(section, id('interval')), exits: rowsOf(section, id('exit')), threads: rowsOf(section, id('thread')),
    start: worst[chosenBurst].start_ns,
  };
  // The log may begin or end inside the window.
  data.from = Math.max(window.from_ns, d3.min(data.intervals, i => i.start_ns) ?? 0);
  data.to = Math.min(window.to_ns, d3.max(data.intervals, i => i.end_ns) ?? Infinity);
  host.append(burstChoice(worst));
  stateLegend(host, data.intervals.concat(data.threads.length ? [{ state: 'THREAD' }] : []));
  const detail = element('dl', { class: 'detail', 'aria-live': 'polite' });
  const chart = element('div');
  const controls = element('div', { class: 'bar' });
  host.append(controls, chart, detail);
  const drawn = lanes(chart, data, width, number => tellExit(detail, data.exits[number], number, data.exits.length));
  const button = (text, label, act) => {
    const made = element('button', { type: 'button', 'aria-label': label }, text);
    made.addEventListener('click', act);
    controls.append(made);
  };
  button('+', 'zoom in', () => drawn.zoomBy(2));
  button('−', 'zoom out', () => drawn.zoomBy(0.5));
  button('all', 'show all of the window', () => drawn.fit());
  controls.append(element('span', { class: 'hint' },
    '▼ PLE exit, → sibling that was run, ┄ vCPU waited for. Drag to move, Ctrl and wheel to zoom; with the keyboard ← → + − 0, n and p for exits.'));
  if (data.exits.length) drawn.select(Math.max(0, data.exits.findIndex(e => e.exit_ns >= data.start && e.waited_for)));
  else detail.append(element('dt', {}, 'PLE exits'), element('dd', {}, 'none in this window'));
}

function burstChoice(worst) {
  const bar = element('div', { class: 'bar', role: 'group', 'aria-label': 'Timelines' });
  worst.forEach((burst, i) => {
    const text = burst.name.startsWith('burst')
      ? `${i + 1}  ${burst.vm}: ${burst.exits} exits, ${duration(burst.end_ns - burst.start_ns)}`
      : `${i + 1}  ${burst.vm}/vcpu${burst.vcpu_numbers}: ${duration(burst.spin_ns)}`;
    const button = element('button', { type: 'button', 'aria-pressed': String(i === chosenBurst) }, text);
    button.addEventListener('click', () => {
      chooseBurst(i);
      document.querySelector('#bursts button[aria-pressed="true"]').focus();
    });
    bar.append(button);
  });
  return bar;
}

const OUTCOME = {
  NO_SWITCH: 'nobody: the spinner went on',
  SIBLING: 'a sibling',
  OTHER_VM: 'a vCPU of another VM',
  OTHER_THREAD: 'another thread',
  IDLE: 'nobody: the pCPU went idle',
  UNKNOWN: 'not known',
};

const CONTINUATION = {
  NONE: 'it did not: the spin ended',
  HOLDER_RUNNING: 'the vCPU waited for was running: contention',
  OVERBOOST: 'a sibling was run that could not help',
  SCHEDULER_MISMATCH: 'somebody else was run in its place',
  LOST_OPPORTUNITY: 'the right vCPU was ready and was not run',
  NO_CANDIDATE: 'nobody was ready',
  UNKNOWN: 'not known',
};

/** One PLE exit in words, with the line of the log that shows it. */
function tellExit(detail, exit, number, count) {
  const ranNext = exit.ran_next ? `${exit.ran_next} (${OUTCOME[exit.outcome]})` : OUTCOME[exit.outcome];
  const facts = [
    [`PLE exit ${number + 1} of ${count}`, `${exit.spinner}${exit.pcpu == null ? '' : ` on pCPU ${exit.pcpu}`} at ${moment(exit.exit_ns)}${exit.line == null ? '' : `, ${lineOf(exit)}`}`],
    ['Spins', `${duration(exit.spins_to_ns - exit.spins_from_ns)}, from ${moment(exit.spins_from_ns)} on (episode ${exit.episode})`],
    ['Waits for', exit.waited_for
      ? `${exit.waited_for}, belief ${exit.belief} (${CAUSE[exit.cause]}, ${plainName(exit.evidence)})`
      : `nobody believed${exit.cause ? ` (${CAUSE[exit.cause]}, ${plainName(exit.evidence)})` : ''}`],
    ['Ran next on its pCPU', `${ranNext}${exit.off_cpu_ns > 0 ? `; the spinner was away ${duration(exit.off_cpu_ns)}` : ''}`],
    ['Sibling run in answer', exit.target ? `${exit.target}${exit.waited_for ? (exit.target === exit.waited_for ? ', the one waited for' : ', not the one waited for') : ''}` : 'none seen'],
    ['Why the spin went on', CONTINUATION[exit.continuation] ?? exit.continuation],
  ];
  detail.replaceChildren(...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}
