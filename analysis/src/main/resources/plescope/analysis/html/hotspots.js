// Where guests spin: bars by function or address, and what the spins are for.

PICTURES.hotspots = (section, host, width) => {
  const rows = rowsOf(section, 'hotspots');
  if (!rows.length) return;
  const columns = element('div', { class: 'columns' });
  host.append(columns);
  const each = width > 2 * 27 * 16 + 40 ? (width - 40) / 2 : width;
  const panels = [
    [rows.some(row => row.spin_ns > 0) ? 'Spin time by guest code' : 'PLE exits by guest code', rows, row => row.place, () => undefined],
    ['Spin time by cause', rowsOf(section, 'root-causes'), row => CAUSE[row.cause] ?? row.cause, row => (row.evidence === 'DIRECT' ? '' : 'INFERRED')],
  ];
  for (const [title, bars, name, origin] of panels) {
    if (!bars.some(row => row.spin_ns > 0 || row.exits_percent > 0)) continue;
    const panel = element('div', {}, element('h3', {}, title));
    columns.append(panel);
    spinBars(panel, bars, each, name, origin, title);
  }
};

function spinBars(panel, rows, width, name, origin, title) {
  const row = 40;
  // Logs that do not show how long guests ran still count exits.
  const timed = rows.some(r => r.spin_ns > 0);
  const share = r => (timed ? r.spin_percent : r.exits_percent);
  const svg = drawing(panel, width, rows.length * row + 4, `${title}: ${rows.slice(0, 5).map(r => `${name(r)} ${percent(share(r))}`).join(', ')}`);
  const x = d3.scaleLinear([0, d3.max(rows, share) || 1], [0, width - 4]);
  rows.forEach((datum, i) => {
    const y = i * row;
    const group = svg.append('g').datum(datum);
    group.append('rect').attr('x', 0).attr('y', y).attr('width', width).attr('height', row).style('fill', 'transparent');
    const value = `${percent(share(datum))}  ·  ${timed ? duration(datum.spin_ns) : `${grouped(datum.ple_exits)} PLE exits`}`;
    group.append('text').attr('x', 0).attr('y', y + 14).text(fitted(name(datum), width - value.length * 6.6 - 70))
      .append('tspan').attr('class', 'quiet').attr('dx', 8).style('fill', 'var(--quiet)').text(datum.vm);
    group.append('text').attr('class', 'quiet').attr('x', width).attr('y', y + 14).attr('text-anchor', 'end').text(value);
    box(group, { x: 0, y: y + 20, width: Math.max(1, x(share(datum))), height: 10, colour: colourOf('SPINNING'), origin: origin(datum) });
    tipped(group, r => [`${name(r)} in ${r.vm}`, `${duration(r.spin_ns)} spinning, ${percent(r.spin_percent)} of all`,
      `${grouped(r.ple_exits)} PLE exits`,
      r.culprit ? `waits most for ${r.culprit} (${percent(r.culprit_percent)})` : '',
      r.example ? `lines: ${r.example}` : r.first_line == null ? '' : `first: ${lineOf(r, 'first_line')}`]);
  });
}
