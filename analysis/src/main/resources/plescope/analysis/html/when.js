// When it happens: states by share, PLE exits and spinning vCPUs over the whole schedule.

PICTURES.when = (section, host, width) => {
  const bins = groups(rowsOf(section, 'time-bin'), 'bin');
  if (!bins.length) return;
  stateLegend(host, rowsOf(section, 'time-bin'));
  const exits = rowsOf(section, 'ple-bin');
  const vcpus = groups(rowsOf(section, 'spin-bin'), 'vcpu');
  const left = width < NARROW ? 84 : 110;
  const right = 26;
  const end = bins[bins.length - 1].members[0].end_ns;
  const x = d3.scaleLinear([0, end], [left, width - right]);
  const [top, stack, strip, row] = [24, 110, 46, vcpus.length > 16 ? 9 : 13];
  const stripTop = top + stack + 14;
  const heatTop = stripTop + (exits.length ? strip + 14 : 0);
  const height = heatTop + vcpus.length * (row + 2) + 24;
  const svg = drawing(host, width, height, section.finding);
  label(svg, left, top + stack / 2, 'all vCPUs');
  stacked(svg, bins, x, top, stack);
  if (exits.length) exitStrip(svg, exits, bins, x, stripTop, strip, left);
  vcpus.forEach((vcpu, i) => heat(svg, vcpu, bins, x, heatTop + i * (row + 2), row, left));
  const unit = end < 5e6 ? [1e3, 'µs'] : end < 5e9 ? [1e6, 'ms'] : [1e9, 's'];
  const scaled = d3.scaleLinear([0, end / unit[0]], [left, width - right]);
  axis(svg, d3.axisBottom(scaled).ticks(width / 110).tickFormat(d => `${grouped(d)} ${unit[1]}`).tickSizeOuter(0), 0, height - 22);
  burstMarks(svg, x, top);
};

function label(svg, left, y, text) {
  svg.append('text').attr('x', left - 8).attr('y', y + 4).attr('text-anchor', 'end').text(fittedVcpu(text, left - 8));
}

function stacked(svg, bins, x, top, height) {
  for (const bin of bins) {
    const members = bin.members.slice().sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
    const all = d3.sum(members, m => m.ns);
    const [from, to] = [x(members[0].start_ns), x(Math.min(members[0].end_ns, x.domain()[1]))];
    let y = top + height;
    const group = svg.append('g').datum({ members, all });
    for (const member of members) {
      const part = height * member.ns / all;
      y -= part;
      group.append('rect').attr('x', from).attr('width', to - from + 0.6).attr('y', y).attr('height', part)
        .style('fill', colourOf(member.state));
    }
    tipped(group, d => [`${moment(d.members[0].start_ns)} to ${moment(d.members[0].end_ns)}`,
      ...d.members.map(m => `${MEANING[m.state]}: ${percent(100 * m.ns / d.all)}`)]);
  }
}

function exitStrip(svg, exits, bins, x, top, height, left) {
  const most = d3.max(exits, e => e.ple_exits);
  const y = d3.scaleLinear([0, most], [top + height, top]);
  const width = bins[0].members[0].end_ns;
  label(svg, left, top + height / 2, 'PLE exits');
  svg.append('text').attr('class', 'quiet').attr('x', left - 8).attr('y', top + 10).attr('text-anchor', 'end').text(grouped(most));
  svg.append('line').attr('class', 'lane-rule').attr('x1', left).attr('x2', x.range()[1]).attr('y1', top + height).attr('y2', top + height);
  const bars = svg.append('g').selectAll('rect').data(exits).join('rect')
    .attr('x', e => x(e.bin * width)).attr('width', Math.max(0.7, x(width) - x(0) - 0.6))
    .attr('y', e => y(e.ple_exits)).attr('height', e => top + height - y(e.ple_exits))
    .style('fill', colourOf('SPINNING'));
  tipped(bars, e => [`${grouped(e.ple_exits)} PLE exits`, `from ${moment(e.bin * width)} on`, `first: ${lineOf(e, 'first_line') || 'no line'}`]);
}

function heat(svg, vcpu, bins, x, top, height, left) {
  const width = bins[0].members[0].end_ns;
  label(svg, left, top + height / 2, vcpu.name);
  svg.append('rect').attr('x', left).attr('y', top).attr('width', x.range()[1] - left).attr('height', height).style('fill', 'var(--panel)');
  const cells = svg.append('g').selectAll('rect').data(vcpu.members).join('rect')
    .attr('x', m => x(m.bin * width)).attr('width', m => Math.max(0.5, Math.min(x((m.bin + 1) * width), x.range()[1]) - x(m.bin * width) + 0.3))
    .attr('y', top).attr('height', height)
    .style('fill', colourOf('SPINNING')).style('opacity', m => Math.sqrt(Math.min(1, m.spin_percent / 100)));
  tipped(cells, m => [`${m.vcpu} spun ${percent(m.spin_percent)}`, `of the part from ${moment(m.bin * width)} on`]);
}

/** Numbered marks over the worst bursts, in the order of their timelines. */
function burstMarks(svg, x, top) {
  const worst = rowsOf(PAGE.sections.find(s => s.id === 'bursts'), 'worst');
  let last = [];
  worst.forEach((burst, i) => {
    const at = x((burst.start_ns + burst.end_ns) / 2);
    // Marks that would cover each other move apart.
    let shown = at;
    while (last.some(other => Math.abs(other - shown) < 15)) shown += 15;
    last.push(shown);
    const mark = svg.append('a').attr('href', '#bursts').attr('aria-label', `timeline ${i + 1}: ${burst.vm} ${burst.name}`);
    mark.append('line').attr('x1', at).attr('x2', at).attr('y1', top - 6).attr('y2', top + 110).style('stroke', 'var(--ink)').style('stroke-width', 0.8);
    mark.append('circle').attr('cx', shown).attr('cy', top - 13).attr('r', 7).style('fill', 'var(--ink)');
    mark.append('text').attr('x', shown).attr('y', top - 9).attr('text-anchor', 'middle').style('fill', 'var(--page)').style('font-size', '10px').text(i + 1);
    mark.on('click', () => chooseBurst(i));
  });
}
