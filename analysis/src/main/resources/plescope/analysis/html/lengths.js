// How long spins go on: PLE exits per episode beside what the two laws of burst length expect.

const LAWS = {
  constant: { label: 'constant window', colour: 'var(--link)', dash: null, column: 'constant_window' },
  doubling: { label: 'doubling window', colour: 'var(--HOST)', dash: '5 4', column: 'doubling_window' },
};

PICTURES.lengths = (section, host, width) => {
  const rows = rowsOf(section, 'length');
  if (!rows.some(row => row.observed > 0)) return;
  const law = rowsOf(section, 'law')[0];
  lawLegend(host, law);
  const columns = element('div', { class: 'columns' });
  host.append(columns);
  const each = width > 2 * 27 * 16 + 40 ? (width - 40) / 2 : width;
  for (const [title, draw] of [['Episodes by PLE exits', lengthBars], ['PLE exits by time spent', lengthTimes]]) {
    const panel = element('div', {}, element('h3', {}, title));
    columns.append(panel);
    draw(panel, section, each, law);
  }
};

function lawLegend(host, law) {
  const list = d3.select(host).append('ul').attr('class', 'legend');
  const entry = (text, draw) => {
    const item = list.append('li');
    draw(item.append('svg').attr('width', 26).attr('height', 14).attr('aria-hidden', 'true'));
    item.append('span').text(text);
  };
  entry('observed', svg => svg.append('rect').attr('x', 6).attr('y', 1).attr('width', 12).attr('height', 12).style('fill', colourOf('SPINNING')));
  for (const { label, colour, dash } of Object.values(LAWS)) {
    entry(label, svg => {
      svg.append('line').attr('x1', 0).attr('x2', 26).attr('y1', 7).attr('y2', 7).style('stroke', colour).style('stroke-width', 2).attr('stroke-dasharray', dash);
    });
  }
  list.append('li').append('span').attr('class', 'hint').text(`w = ${duration(law.window_ns)}, C = ${law.cost_ns == null ? 'not known, taken as 0' : duration(law.cost_ns)}`);
}

const rangeName = row => (row.from_exits === row.to_exits ? String(row.from_exits) : `${row.from_exits}–${row.to_exits}`);

function lengthBars(panel, section, width) {
  const rows = rowsOf(section, 'length');
  const [left, top, height] = [52, 10, 240];
  const svg = drawing(panel, width, height + 44, section.finding);
  const x = d3.scaleBand(rows.map(rangeName), [left, width - 8]).paddingInner(0.18);
  const most = d3.max(rows, r => Math.max(r.observed, r.constant_window, r.doubling_window));
  const y = d3.scaleLog([0.7, most * 1.15], [height, top]);
  axis(svg, d3.axisLeft(y).tickValues([1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].filter(t => t <= most)).tickFormat(t => grouped(t)).tickSize(-(width - 8 - left)), left, 0);
  const every = Math.ceil(rows.length / Math.max(1, Math.floor((width - left) / 44)));
  axis(svg, d3.axisBottom(x).tickValues(x.domain().filter((_, i) => i % every === 0)).tickSize(0).tickPadding(6), 0, height);
  svg.append('text').attr('class', 'quiet').attr('x', width - 8).attr('y', height + 36).attr('text-anchor', 'end').text('PLE exits of one episode; episodes, logarithmic');
  svg.append('g').selectAll('rect').data(rows.filter(r => r.observed > 0)).join('rect')
    .attr('x', r => x(rangeName(r))).attr('width', x.bandwidth()).attr('y', r => y(r.observed)).attr('height', r => height - y(r.observed))
    .style('fill', colourOf('SPINNING'));
  for (const { colour, dash, column } of Object.values(LAWS)) {
    const known = rows.filter(r => r[column] > 0);
    const at = r => x(rangeName(r)) + x.bandwidth() / 2;
    svg.append('path').attr('d', d3.line(at, r => y(r[column]))(known)).style('fill', 'none').style('stroke', colour).style('stroke-width', 2).attr('stroke-dasharray', dash);
    svg.append('g').selectAll('circle').data(known).join('circle').attr('cx', at).attr('cy', r => y(r[column])).attr('r', 3.2)
      .style('fill', 'var(--page)').style('stroke', colour).style('stroke-width', 1.6);
  }
  const hover = svg.append('g').selectAll('rect').data(rows).join('rect').attr('x', r => x(rangeName(r))).attr('width', x.step())
    .attr('y', top).attr('height', height - top).style('fill', 'transparent');
  tipped(hover, r => [`${rangeName(r)} PLE exit${r.to_exits === 1 ? '' : 's'}`, `observed: ${grouped(r.observed)} episodes`,
    `constant window: ${grouped(r.constant_window)}`, `doubling window: ${grouped(r.doubling_window)}`]);
}

function lengthTimes(panel, section, width, law) {
  const rows = rowsOf(section, 'length-time');
  const [left, top, height] = [40, 10, 240];
  const svg = drawing(panel, width, height + 44, 'Spin episodes by the time they took and their PLE exits, with the curve of each law');
  const x = d3.scaleLog([d3.min(rows, r => r.from_ns) / 1.3, d3.max(rows, r => r.to_ns) * 1.3], [left, width - 8]);
  const most = d3.max(rows, r => r.exits);
  const y = d3.scaleLog([0.8, most * 1.4], [height, top]);
  axis(svg, d3.axisLeft(y).tickValues([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].filter(t => t <= most * 1.4)).tickFormat(String).tickSize(-(width - 8 - left)), left, 0);
  const decades = d3.range(0, 12).flatMap(k => [1, 3].map(m => m * 10 ** k)).filter(t => t >= x.domain()[0] && t <= x.domain()[1]);
  axis(svg, d3.axisBottom(x).tickValues(decades).tickFormat(duration).tickSizeOuter(0), 0, height);
  svg.append('text').attr('class', 'quiet').attr('x', width - 8).attr('y', height + 36).attr('text-anchor', 'end').text('time spent; PLE exits, both logarithmic');
  const shade = d3.scaleLog([1, d3.max(rows, r => r.episodes) + 1], [0.25, 1]);
  const cells = svg.append('g').selectAll('rect').data(rows).join('rect')
    .attr('x', r => x(r.from_ns)).attr('width', r => Math.max(1.5, x(r.to_ns) - x(r.from_ns) - 0.5))
    .attr('y', r => y(r.exits + 0.42)).attr('height', r => Math.max(2, y(Math.max(0.8, r.exits - 0.42)) - y(r.exits + 0.42)))
    .style('fill', colourOf('SPINNING')).style('opacity', r => shade(r.episodes));
  tipped(cells, r => [`${grouped(r.episodes)} episode${r.episodes === 1 ? '' : 's'} with ${r.exits} PLE exit${r.exits === 1 ? '' : 's'}`,
    `${duration(r.from_ns)} to ${duration(r.to_ns)}`, r.first_line == null ? '' : `first: ${lineOf(r, 'first_line')}`]);
  const [w, c] = [law.window_ns, Math.max(0, law.cost_ns ?? 0)];
  const curves = { constant: n => n * (w + c), doubling: n => n * c + w * (2 ** n - 1) };
  for (const [name, time] of Object.entries(curves)) {
    const points = d3.range(1, Math.max(2, most * 1.4), most > 60 ? 1 : 0.25).map(n => [time(n), n]).filter(p => p[0] <= x.domain()[1] && p[0] >= x.domain()[0]);
    svg.append('path').attr('d', d3.line(p => x(p[0]), p => y(p[1]))(points)).style('fill', 'none').style('stroke', LAWS[name].colour)
      .style('stroke-width', 2).attr('stroke-dasharray', LAWS[name].dash);
  }
}
