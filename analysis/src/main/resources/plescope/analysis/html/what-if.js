// What would help: every setting replayed, as a ratio to the recorded setting, with what the recording cannot tell.

const MEASURES = {
  throughput: 'guest work per second', spin: 'spinning per second', ple_exits: 'PLE exits per second',
  context_switches: 'context switches per second', steal_percent: 'steal', burst_mean: 'PLE exits per episode',
};
let chosenMeasure = 'throughput';

PICTURES['what-if'] = (section, host, width) => {
  const rows = rowsOf(section, 'prediction');
  if (!rows.length) return;
  const measures = Array.from(new Set(rows.map(row => row.measure)));
  const chart = element('div');
  host.append(measureChoice(measures, () => drawMeasure(chart, rows, width)), chart);
  drawMeasure(chart, rows, width);
};

function measureChoice(measures, changed) {
  const select = element('select', { id: 'measure' });
  for (const measure of measures) {
    const option = element('option', { value: measure }, MEASURES[measure] ?? plainName(measure));
    option.selected = measure === chosenMeasure;
    select.append(option);
  }
  select.addEventListener('change', () => {
    chosenMeasure = select.value;
    changed();
  });
  return element('div', { class: 'bar' }, element('label', { for: 'measure' }, 'Measure'), select);
}

function drawMeasure(chart, rows, width) {
  chart.replaceChildren();
  const asked = rows.filter(row => row.measure === chosenMeasure && row.ratio > 0);
  if (!asked.length) {
    chart.append(element('p', { class: 'hint' }, 'No replay measures this.'));
    return;
  }
  const values = asked.flatMap(r => [r.ratio, r.low, r.high, r.costs_low, r.costs_high]).filter(v => v > 0 && v < 1e6);
  const domain = [Math.min(0.8, d3.min(values) * 0.9), Math.max(1.25, d3.max(values) * 1.1)];
  for (const vm of groups(asked, 'vm')) {
    const identity = vm.members.find(r => r.role === 'IDENTITY');
    const error = identity?.error_percent == null ? 'not known' : percent(Math.abs(identity.error_percent));
    chart.append(element('h3', {}, vm.name, ' ', element('span', { class: 'hint beside' }, `replay of the recorded setting misses the recording by ${error}`)));
    drawVm(chart, vm, width, domain);
  }
}

const verdictColour = row => ({ faster: 'var(--good)', slower: 'var(--worst)' }[row.verdict] ?? 'var(--quiet)');

function verdictText(row, width = Infinity) {
  const ratio = `${d3.format('.3~r')(row.ratio)}×`;
  const whole = row.role === 'IDENTITY' ? 'the recorded setting' : `${ratio}, ${row.verdict}`;
  return whole.length * 6.6 < width ? whole : ratio;
}

function drawVm(chart, vm, width, domain) {
  const narrow = width < 760;
  const [left, right, top, height] = [narrow ? 8 : 275, narrow ? 8 : 190, 4, narrow ? 46 : 26];
  const svg = drawing(chart, width, top + vm.members.length * height + 28,
    `${vm.name}: ${vm.members.map(r => `${r.setting} ${verdictText(r)}`).join('; ')}`);
  const x = d3.scaleLog(domain, [left, width - right]).clamp(true);
  const bottom = top + vm.members.length * height;
  const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 1, 1.25, 2, 5, 10, 20, 50, 100].filter(t => t >= domain[0] && t <= domain[1]);
  const roomy = ticks.filter((t, i) => t === 1 || ((Math.abs(x(t) - x(1)) > 34) && (i === 0 || x(t) - x(ticks[i - 1]) > 26)));
  axis(svg, d3.axisBottom(x).tickValues(roomy).tickFormat(t => `${t}×`).tickSize(-(bottom - top)), 0, bottom).selectAll('text').attr('y', 8);
  const oracle = vm.members.find(r => r.role === 'ORACLE');
  if (oracle) {
    svg.append('line').attr('x1', x(oracle.ratio)).attr('x2', x(oracle.ratio)).attr('y1', top).attr('y2', bottom)
      .style('stroke', 'var(--good)').attr('stroke-dasharray', '4 4');
  }
  svg.append('line').attr('x1', x(1)).attr('x2', x(1)).attr('y1', top).attr('y2', bottom).style('stroke', 'var(--ink)');
  vm.members.forEach((row, i) => predictionRow(svg, row, x, top + i * height, height, { left, right, width, narrow }));
}

function predictionRow(svg, row, x, y, height, { left, right, width, narrow }) {
  const group = svg.append('g').datum(row);
  const middle = y + (narrow ? height - 13 : height / 2);
  group.append('rect').attr('x', 0).attr('y', y).attr('width', width).attr('height', height).style('fill', 'transparent');
  const least = (row.smallest_percent ?? 0) / 100;
  if (least > 0) {
    group.append('rect').attr('x', x(1 / (1 + least))).attr('width', x(1 + least) - x(1 / (1 + least))).attr('y', middle - 10).attr('height', 20).style('fill', 'var(--neutral)').style('opacity', 0.8);
  }
  const line = (from, to, thickness) => group.append('line').attr('x1', x(from)).attr('x2', x(to)).attr('y1', middle).attr('y2', middle)
    .style('stroke', verdictColour(row)).style('stroke-width', thickness);
  if (row.costs_low > 0) line(Math.min(row.costs_low, row.ratio), Math.max(row.costs_high, row.ratio), 1.2);
  if (row.low > 0 && row.high > row.low) line(row.low, row.high, 5).style('opacity', 0.55).attr('stroke-linecap', 'round');
  group.append('circle').attr('cx', x(row.ratio)).attr('cy', middle).attr('r', 4.2).style('fill', verdictColour(row)).style('stroke', 'var(--page)');
  const role = { ORACLE: ' (oracle)', BOUND: ' (bound)', IDENTITY: '' }[row.role] ?? '';
  const nameWidth = narrow ? width * 0.62 : left - 14;
  group.append('text').attr('x', narrow ? left : 0).attr('class', 'halo').attr('y', narrow ? y + 14 : middle + 4).text(fitted(row.setting + role, nameWidth));
  group.append('text').attr('x', narrow ? width - right : width).attr('y', narrow ? y + 14 : middle + 4).attr('text-anchor', 'end')
    .attr('class', 'halo').style('fill', verdictColour(row)).text(verdictText(row, (narrow ? width * 0.36 : right) - 8));
  tipped(group, r => [r.setting, `${d3.format('.3~r')(r.ratio)} × the replay of the recorded setting: ${r.verdict}`,
    `spread ${d3.format('.3~r')(r.low)} to ${d3.format('.3~r')(r.high)}`,
    `with costs halved and doubled ${d3.format('.3~r')(r.costs_low)} to ${d3.format('.3~r')(r.costs_high)}`,
    `least difference this recording supports: ${percent(r.smallest_percent)}`,
    r.reached_percent == null ? '' : `${percent(r.reached_percent)} of what the oracle gains`]);
}
