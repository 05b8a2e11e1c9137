// Builds the page from its data: findings with their pictures, tables and queries.

const PAGE = JSON.parse(document.getElementById('data').textContent);

/** Puts texts in the place of their numbers: each stands once in the data. */
function decode(table) {
  for (const row of table.rows) {
    for (const column of table.coded) {
      if (row[column] != null) row[column] = table.texts[row[column]];
    }
  }
}

/** Facts for the head of the page, by their names in the summary. */
const HEAD = [
  ['producer', 'Log'], ['kernel', 'Kernel'], ['virtualisation', 'Virtualisation'], ['span', 'Span'], ['events', 'Events'],
  ['events lost', 'Lost'], ['VMs', 'VMs'], ['vCPUs', 'vCPUs'], ['pCPUs', 'pCPUs'],
];

function header() {
  document.getElementById('title').textContent = PAGE.title;
  const summary = rowsOf(PAGE.sections.find(s => s.id === 'quality'), 'summary');
  const facts = document.getElementById('facts');
  for (const [fact, name] of HEAD) {
    const row = summary.find(r => r.fact === fact);
    if (row?.value) {
      const unit = row.unit && row.unit !== 'count' ? ` ${row.unit}` : '';
      facts.append(element('div', {}, element('dt', {}, name), element('dd', {}, /^\d+$/.test(row.value) ? grouped(row.value) : row.value, unit)));
    }
  }
}

function sectionElement(section) {
  const chart = element('div', { class: 'chart' });
  const reading = element('p', { class: 'reading' }, section.reading);
  const made = element('section', { id: section.id, 'aria-labelledby': `${section.id}-finding` },
    element('div', { class: 'name' }, section.name),
    element('h2', { id: `${section.id}-finding` }, section.finding),
    reading,
    element('figure', { 'aria-labelledby': `${section.id}-finding` }, chart));
  made.append(folded('Tables and SQL', () => numbers(section.tables)));
  return { made, chart, reading };
}

/** Draws now and again whenever the width changes. */
function keepDrawn(section, chart) {
  let drawn = 0;
  const draw = () => {
    const width = Math.floor(chart.clientWidth);
    if (width === drawn || width === 0) return;
    drawn = width;
    chart.replaceChildren();
    PICTURES[section.id]?.(section, chart, width);
  };
  draw();
  new ResizeObserver(draw).observe(chart);
}

function theme() {
  const button = document.getElementById('theme');
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const tell = () => { button.textContent = dark() ? 'Light colours' : 'Dark colours'; };
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    tell();
  });
  tell();
}

function footer() {
  document.getElementById('footer').append(
    element('p', {}, 'Made by plescope. Line numbers are those of the log: zstdcat LOG | sed -n 363193p prints one. Every table is the answer of'
      + ' the query beside it, which runs in any DuckDB client. Times count from the first event. Pictures are drawn with D3, whose licence stands in this file.'));
}

PAGE.sections.forEach(section => section.tables.forEach(decode));
header();
theme();
patterns(document.body);
const contents = document.getElementById('contents');
const main = document.getElementById('main');
main.replaceChildren();
for (const section of PAGE.sections) {
  contents.append(element('a', { href: `#${section.id}` }, section.name));
  const { made, chart, reading } = sectionElement(section);
  main.append(made);
  keepDrawn(section, chart);
  // How to read a picture helps nobody where there is none.
  reading.hidden = chart.childElementCount === 0;
}
footer();
document.documentElement.dataset.drawn = String(PAGE.sections.length);
