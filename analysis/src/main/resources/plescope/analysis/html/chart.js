// What all pictures share: frame, legend, patterns for how a number is known, and the note at the pointer.

const NARROW = 560;

/** An empty drawing of a size, with its description for those who do not see it. */
function drawing(host, width, height, description) {
  const svg = d3.select(host).append('svg')
    .attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`);
  if (description) svg.attr('role', 'img').attr('aria-label', description);
  return svg;
}

/** Hatches for deduced, dots for simulated; used by every drawing of the page. */
function patterns(host) {
  const svg = d3.select(host).append('svg').attr('width', 0).attr('height', 0).attr('aria-hidden', 'true').style('position', 'absolute');
  const defs = svg.append('defs');
  const hatch = defs.append('pattern').attr('id', 'hatch').attr('width', 6).attr('height', 6).attr('patternUnits', 'userSpaceOnUse');
  hatch.append('path').attr('d', 'M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2');
  const dots = defs.append('pattern').attr('id', 'dots').attr('width', 5).attr('height', 5).attr('patternUnits', 'userSpaceOnUse');
  dots.append('circle').attr('cx', 2).attr('cy', 2).attr('r', 1);
  const arrow = defs.append('marker').attr('id', 'arrow').attr('viewBox', '0 0 8 8').attr('refX', 7).attr('refY', 4)
    .attr('markerWidth', 6).attr('markerHeight', 6).attr('orient', 'auto-start-reverse');
  arrow.append('path').attr('d', 'M0,0 L8,4 L0,8 z').style('fill', 'context-stroke');
}

function textureOf(origin) {
  return { INFERRED: 'hatched', SYNTHETIC: 'dotted' }[origin];
}

const colourOf = name => `var(--${name})`;

/** A box of a state's colour, textured by how it is known. */
function box(parent, { x, y, width, height, colour, origin }) {
  const rect = parent.append('rect').attr('x', x).attr('y', y).attr('width', Math.max(width, 0)).attr('height', height)
    .style('fill', colour);
  if (textureOf(origin)) {
    parent.append('rect').attr('class', textureOf(origin)).attr('x', x).attr('y', y).attr('width', Math.max(width, 0)).attr('height', height);
  }
  return rect;
}

/** @param entries each a label, a colour and perhaps an origin */
function legend(host, entries) {
  const list = d3.select(host).append('ul').attr('class', 'legend');
  for (const entry of entries) {
    const item = list.append('li');
    const svg = item.append('svg').attr('width', 14).attr('height', 14).attr('aria-hidden', 'true');
    box(svg, { x: 1, y: 1, width: 12, height: 12, colour: entry.colour, origin: entry.origin });
    item.append('span').text(entry.label);
  }
}

/** States that occur, in their order, and the two textures where they do. */
function stateLegend(host, rows) {
  const entries = STATES.filter(state => rows.some(row => row.state === state))
    .map(state => ({ label: MEANING[state], colour: colourOf(state) }));
  if (rows.some(row => row.origin === 'INFERRED')) entries.push({ label: 'deduced', colour: colourOf('THREAD'), origin: 'INFERRED' });
  if (rows.some(row => row.origin === 'SYNTHETIC')) entries.push({ label: 'simulated', colour: colourOf('THREAD'), origin: 'SYNTHETIC' });
  legend(host, entries);
}

/** Shows lines at the pointer while it is over what is selected; the first stands out. */
function tipped(selection, lines) {
  const tip = document.getElementById('tip');
  selection
    .on('pointerenter pointermove', (event, datum) => {
      const [first, ...others] = lines(datum).filter(Boolean);
      tip.replaceChildren(element('b', {}, first), ...others.flatMap(line => [element('br'), line]));
      tip.hidden = false;
      const away = event.clientX + 16 + tip.offsetWidth > innerWidth ? event.clientX - tip.offsetWidth - 12 : event.clientX + 16;
      const down = event.clientY + 16 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 12 : event.clientY + 16;
      d3.select(tip).style('left', `${Math.max(4, away)}px`).style('top', `${Math.max(4, down)}px`);
    })
    .on('pointerleave', () => { tip.hidden = true; });
}

/** Cuts a label to what fits, roughly: a character takes 7 pixels. */
function fitted(text, width) {
  const most = Math.floor(width / 7);
  const signs = Array.from(text);
  return signs.length <= most ? text : most < 2 ? '' : `${signs.slice(0, most - 1).join('')}…`;
}

/** Of a vCPU's label the number stays; the name of its VM gives way. */
function fittedVcpu(label, width) {
  const slash = label.lastIndexOf('/');
  const whole = fitted(label, width);
  return whole === label || slash < 0 ? whole : fitted(label.slice(0, slash), width - 7 * (label.length - slash)) + label.slice(slash);
}

function axis(parent, made, x, y) {
  return parent.append('g').attr('class', 'axis').attr('transform', `translate(${x},${y})`).attr('aria-hidden', 'true').call(made);
}

/** Rows that share a key, in order of appearance. */
function groups(rows, key) {
  return Array.from(d3.group(rows, row => row[key]), ([name, members]) => ({ name, members }));
}

/** One bar whose parts sum to 100 percent, with the larger ones labelled. */
function sharedBar(svg, parts, { x, y, width, height, colour, origin, label, note, light = () => false }) {
  let at = x;
  for (const part of parts) {
    const span = width * part.percent / 100;
    const group = svg.append('g').datum(part).attr('class', 'part');
    box(group, { x: at, y, width: span, height, colour: colour(part), origin: origin?.(part) });
    // Half a number is a wrong number: it stands whole or not at all.
    const text = label(part);
    if (text.length * 7 < span - 8) {
      group.append('text').attr('class', light(part) ? 'onlight' : 'on').attr('x', at + 5).attr('y', y + height / 2 + 4).text(text);
    }
    tipped(group, note);
    at += span;
  }
}

/** What draws each section: (section, host, width), by the section's id. */
const PICTURES = {};
