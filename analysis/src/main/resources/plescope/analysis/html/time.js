// Where each vCPU's time goes: one bar per vCPU.

PICTURES.time = (section, host, width) => {
  const rows = rowsOf(section, 'vcpu-state');
  if (!rows.length) return;
  stateLegend(host, rows);
  const vcpus = groups(rows, 'vcpu');
  const left = width < NARROW ? 84 : 110;
  const right = 20;
  const [height, gap, top] = [vcpus.length > 24 ? 13 : 20, 5, 22];
  const svg = drawing(host, width, top + vcpus.length * (height + gap) + 4, section.finding);
  const x = d3.scaleLinear([0, 100], [left, width - right]);
  axis(svg, d3.axisTop(x).ticks(width < NARROW ? 4 : 10).tickFormat(d => `${d}%`).tickSizeOuter(0), 0, top - 4);
  vcpus.forEach((vcpu, i) => {
    const y = top + i * (height + gap);
    svg.append('text').attr('x', left - 8).attr('y', y + height / 2 + 4).attr('text-anchor', 'end').text(fittedVcpu(vcpu.name, left - 8));
    const parts = vcpu.members.slice().sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
    sharedBar(svg, parts, {
      x: left, y, width: width - left - right, height,
      colour: part => colourOf(part.state),
      origin: part => part.origin,
      label: part => percent(part.percent),
      light: part => ['PREEMPTED', 'BLOCKED', 'UNKNOWN', 'HALT_POLL'].includes(part.state),
      note: part => [`${part.vcpu}: ${MEANING[part.state]}`, `${percent(part.percent)}, ${duration(part.ns)}`,
        `${plainName(part.origin)}; thread ${part.tid} ${part.comm}`],
    });
  });
};
