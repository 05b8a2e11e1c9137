// The timeline of one burst: a lane per vCPU of the VM and per pCPU, with PLE exits, whom they ran and whom the spinner waited for.

const RUNNING = new Set(['GUEST', 'SPINNING', 'HOST', 'HALT_POLL']);
const LANE = 23;

/**
 * @param data intervals, exits and threads of the window, and its borders
 * @param choose called with the number of an exit when it is chosen
 */
function lanes(host, data, width, choose) {
  const left = width < NARROW ? 74 : 110;
  const top = 26;
  const own = data.intervals.filter(i => i.lane);
  const vcpus = Array.from(new Set(own.map(i => i.vcpu))).sort(byNumber);
  const pcpus = Array.from(new Set(own.filter(i => i.pcpu != null).map(i => i.pcpu))).sort((a, b) => a - b);
  const pcpuTop = top + vcpus.length * LANE + 16;
  const height = pcpuTop + pcpus.length * LANE + 6;
  const yOf = { vcpu: name => top + vcpus.indexOf(name) * LANE, pcpu: number => pcpuTop + pcpus.indexOf(number) * LANE };
  const svg = drawing(host, width, height).attr('class', 'lanes').attr('tabindex', 0).attr('role', 'application')
    .attr('aria-label', `Timeline: ${vcpus.length} vCPUs, ${pcpus.length} pCPUs, ${data.exits.length} PLE exits. Arrow keys move, plus and minus zoom, 0 shows all, n and p choose an exit.`);
  const clip = svg.append('clipPath').attr('id', 'lanes-clip');
  clip.append('rect').attr('x', left).attr('y', 0).attr('width', width - left).attr('height', height);
  laneNames(svg, vcpus.map(v => [v, yOf.vcpu(v)]).concat(pcpus.map(p => [`pCPU ${p}`, yOf.pcpu(p)])), left, width);
  const ticks = svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${top - 4})`);
  const inside = svg.append('g').attr('clip-path', 'url(#lanes-clip)');
  const [boxes, links, marks] = [inside.append('g'), inside.append('g'), inside.append('g')];
  const base = d3.scaleLinear([data.from, data.to], [left, width]);
  const view = { x: base, chosen: 0 };

  const draw = () => {
    const since = view.x.copy().domain(view.x.domain().map(t => t - data.start));
    ticks.call(d3.axisTop(since).ticks(Math.max(2, width / 130)).tickFormat(t => sinceBurst(t, since)).tickSizeOuter(0));
    drawIntervals(boxes, data, view.x, yOf, new Set(pcpus));
    drawLinks(links, data, view, yOf, vcpus);
    drawExits(marks, data, view, yOf, vcpus, number => select(number));
  };
  const select = number => {
    view.chosen = number;
    choose(number);
    draw();
  };
  const zoom = d3.zoom().scaleExtent([1, 400]).extent([[left, 0], [width, height]]).translateExtent([[left, 0], [width, height]])
    .filter(event => (event.type !== 'wheel' || event.ctrlKey || event.metaKey) && !event.button)
    .on('zoom', event => { view.x = event.transform.rescaleX(base); draw(); });
  svg.call(zoom).on('dblclick.zoom', null);
  svg.on('keydown', event => laneKey(event, svg, zoom, data, view, select));
  draw();
  return {
    zoomBy: factor => svg.call(zoom.scaleBy, factor),
    fit: () => svg.call(zoom.transform, d3.zoomIdentity),
    select,
  };
}

const byNumber = (a, b) => a.localeCompare(b, 'en', { numeric: true });

/** Time from the first exit of the burst, in the unit of the picture's width. */
function sinceBurst(ns, x) {
  const span = x.domain()[1] - x.domain()[0];
  const [unit, name] = span > 5e6 ? [1e6, 'ms'] : span > 5e3 ? [1e3, 'µs'] : [1, 'ns'];
  return `${ns < 0 ? '−' : ns > 0 ? '+' : ''}${d3.format(',.3~f')(Math.abs(ns) / unit)} ${name}`;
}

function laneNames(svg, lanes, left, width) {
  for (const [name, y] of lanes) {
    svg.append('text').attr('x', left - 8).attr('y', y + LANE / 2 + 3).attr('text-anchor', 'end').text(fittedVcpu(name, left - 10));
    svg.append('line').attr('class', 'lane-rule').attr('x1', left).attr('x2', width).attr('y1', y + LANE - 1.5).attr('y2', y + LANE - 1.5);
  }
}

function drawIntervals(parent, data, x, yOf, pcpus) {
  parent.selectAll('*').remove();
  const [from, to] = x.domain();
  const shown = i => i.end_ns > from && i.start_ns < to;
  const intervals = data.intervals.filter(shown);
  const running = intervals.filter(i => RUNNING.has(i.state) && pcpus.has(i.pcpu));
  const threads = data.threads.filter(turn => shown(turn) && pcpus.has(turn.pcpu));
  const own = intervals.filter(i => i.lane);
  for (const i of own) laneBox(parent, i, yOf.vcpu(i.vcpu), i.state, x, 1);
  for (const i of running) laneBox(parent, i, yOf.pcpu(i.pcpu), i.state, x, i.lane ? 1 : 0.5);
  for (const turn of threads) laneBox(parent, turn, yOf.pcpu(turn.pcpu), 'THREAD', x, 1);
  const doing = i => (RUNNING.has(i.state) ? (i.pcpu == null ? '' : `pCPU ${i.pcpu}`) : MEANING[i.state]);
  for (const s of stretches(own, i => i.vcpu, doing)) laneText(parent, s, yOf.vcpu(s.key), x, [s.name, s.name.replace('pCPU ', '')]);
  for (const s of stretches(running, i => i.pcpu, i => i.vcpu)) laneText(parent, s, yOf.pcpu(s.key), x, [s.name, s.light ? '' : s.name.replace(/^.*\//, '')]);
  for (const turn of threads) laneText(parent, turn, yOf.pcpu(turn.pcpu), x, [turn.comm || `thread ${turn.tid}`, String(turn.tid)]);
}

function laneBox(parent, interval, y, state, x, opacity) {
  const [from, to] = [Math.max(x.range()[0], x(interval.start_ns)), Math.min(x.range()[1], x(interval.end_ns))];
  const group = parent.append('g').datum(interval).style('opacity', opacity);
  // Narrower than half a pixel is drawn that wide: a short interval is pale, never gone.
  const wide = to - from;
  box(group, { x: from, y: y + 3, width: Math.max(0.5, wide), height: LANE - 7, colour: colourOf(state), origin: wide > 2 ? interval.origin : '' });
  tipped(group, i => [`${i.vcpu ?? (i.comm || 'thread')}: ${MEANING[state]}`,
    `${duration(i.end_ns - i.start_ns)}, from ${moment(i.start_ns)} on`,
    i.pcpu == null ? '' : `${state === 'PREEMPTED' || state === 'WAITING' ? 'queued on' : 'on'} pCPU ${i.pcpu}`,
    i.origin ? plainName(i.origin) : `thread ${i.tid}`]);
}

/** Intervals of a lane that touch and share a name, joined; so that each stretch is named once. */
function stretches(intervals, keyOf, nameOf) {
  const joined = [];
  const last = new Map();
  for (const interval of intervals) {
    const [key, name] = [keyOf(interval), nameOf(interval)];
    const before = last.get(key);
    if (before?.name === name && before.end_ns === interval.start_ns) before.end_ns = interval.end_ns;
    else {
      const stretch = { key, name, start_ns: interval.start_ns, end_ns: interval.end_ns, light: !RUNNING.has(interval.state) || !interval.lane };
      joined.push(stretch);
      last.set(key, stretch);
    }
  }
  return joined;
}

/** The first of the texts that fits into a stretch, if any. */
function laneText(parent, stretch, y, x, texts) {
  const [from, to] = [Math.max(x.range()[0], x(stretch.start_ns)), Math.min(x.range()[1], x(stretch.end_ns))];
  const text = texts.find(t => t && t.length * 6.2 < to - from - 6);
  if (text) {
    parent.append('text').attr('class', stretch.light ? 'onlight' : 'on').attr('x', (from + to) / 2).attr('text-anchor', 'middle')
      .attr('y', y + LANE / 2 + 3).style('font-size', '10.5px').text(text);
  }
}

function drawLinks(parent, data, view, yOf, vcpus) {
  parent.selectAll('*').remove();
  const middle = name => yOf.vcpu(name) + LANE / 2;
  data.exits.forEach((exit, number) => {
    if (!vcpus.includes(exit.spinner)) return;
    const at = view.x(exit.exit_ns);
    const chosen = number === view.chosen ? ' chosen' : '';
    for (const [kind, name, bend] of [['waited', exit.waited_for, -14], ['yielded', exit.target, 14]]) {
      if (!name || !vcpus.includes(name) || name === exit.spinner) continue;
      const [y1, y2] = [middle(exit.spinner), middle(name)];
      parent.append('path').attr('class', kind + chosen).attr('marker-end', kind === 'yielded' ? 'url(#arrow)' : null)
        .attr('d', `M${at},${y1} C${at + bend},${y1} ${at + bend},${y2} ${at},${y2}`).style('pointer-events', 'none');
    }
  });
  parent.selectAll('.chosen').raise();
}

function drawExits(parent, data, view, yOf, vcpus, select) {
  const shown = data.exits.map((exit, number) => ({ exit, number })).filter(e => vcpus.includes(e.exit.spinner));
  const marks = parent.selectAll('path').data(shown, e => e.number).join('path')
    .attr('class', e => (e.number === view.chosen ? 'exit chosen' : 'exit'))
    .attr('d', e => (e.number === view.chosen ? 'M-6,-3 L6,-3 L0,8 z' : 'M-4,-2 L4,-2 L0,6 z'))
    .attr('transform', e => `translate(${view.x(e.exit.exit_ns)},${yOf.vcpu(e.exit.spinner) + 1})`)
    .on('click', (event, e) => select(e.number));
  tipped(marks, e => [`PLE exit of ${e.exit.spinner}`, moment(e.exit.exit_ns), lineOf(e.exit), 'click for the whole story']);
  marks.filter(e => e.number === view.chosen).raise();
}

function laneKey(event, svg, zoom, data, view, select) {
  const step = { ArrowLeft: 0.2, ArrowRight: -0.2 }[event.key];
  if (step) {
    const [from, to] = view.x.range();
    svg.call(zoom.translateBy, step * (to - from) / d3.zoomTransform(svg.node()).k, 0);
  } else if (event.key === '+' || event.key === '=') svg.call(zoom.scaleBy, 1.5);
  else if (event.key === '-') svg.call(zoom.scaleBy, 1 / 1.5);
  else if (event.key === '0') svg.call(zoom.transform, d3.zoomIdentity);
  else if (event.key === 'n' && data.exits.length) select((view.chosen + 1) % data.exits.length);
  else if (event.key === 'p' && data.exits.length) select((view.chosen + data.exits.length - 1) % data.exits.length);
  else return;
  event.preventDefault();
}
