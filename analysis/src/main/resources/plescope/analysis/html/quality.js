// What to believe: how each kind of number is known.

const ORIGINS = { RECORDED: 'recorded', INFERRED: 'inferred', SYNTHETIC: 'simulated', UNKNOWN: 'unknown' };

PICTURES.quality = (section, host, width) => {
  const rows = rowsOf(section, 'origin');
  if (rows.length) {
    const order = Object.keys(ORIGINS);
    const colour = row => (row.origin === 'UNKNOWN' ? colourOf('UNKNOWN') : colourOf('THREAD'));
    legend(host, order.filter(o => rows.some(row => row.origin === o))
      .map(o => ({ label: ORIGINS[o], colour: colour({ origin: o }), origin: o })));
    const narrow = width < NARROW;
    const subjects = groups(rows, 'subject');
    const [left, height] = [narrow ? 0 : 210, narrow ? 44 : 27];
    const svg = drawing(host, width, subjects.length * height, section.finding);
    subjects.forEach((subject, i) => {
      svg.append('text').attr('x', narrow ? 0 : left - 8).attr('y', i * height + 15).attr('text-anchor', narrow ? 'start' : 'end').text(subject.name);
      sharedBar(svg, subject.members.slice().sort((a, b) => order.indexOf(a.origin) - order.indexOf(b.origin)), {
        x: left, y: i * height + (narrow ? 20 : 0), width: width - left, height: 20, colour, origin: part => part.origin,
        label: part => percent(part.percent), light: part => part.origin === 'UNKNOWN',
        note: part => [`${part.subject}: ${ORIGINS[part.origin]}`, percent(part.percent)],
      });
    });
  }
  const shown = { finding: 'Damage and losses in the log', 'host-fact': 'The machine as replays simulate it' };
  for (const [id, title] of Object.entries(shown)) {
    const table = section.tables.find(t => t.id === id);
    host.append(element('h3', {}, title));
    host.append(table.rows.length ? scrolled(title, tableElement(table)) : element('p', { class: 'hint' }, 'None.'));
  }
};
