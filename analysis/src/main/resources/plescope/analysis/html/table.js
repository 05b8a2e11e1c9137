// The numbers behind a picture as a table, with the query that made them. Names reach the page as text only.

/** An element with text and attributes; children are elements or text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Rows of a table of a section as objects. */
function rowsOf(section, id) {
  const table = section.tables.find(t => t.id === id);
  if (!table) return [];
  table.objects ??= table.rows.map(row => Object.fromEntries(table.columns.map((column, i) => [column, row[i]])));
  return table.objects;
}

const isNumber = (table, i) => table.rows.some(row => typeof row[i] === 'number');

/** More rows than this would make the page slow; the query has them all. */
const MOST_ROWS = 500;

function tableElement(table) {
  const head = element('tr');
  table.columns.forEach((column, i) => {
    const cell = element('th', { scope: 'col' }, column);
    if (isNumber(table, i)) cell.className = 'number';
    if (table.meanings[i]) cell.title = table.meanings[i];
    head.append(cell);
  });
  const body = element('tbody');
  for (const row of table.rows.slice(0, MOST_ROWS)) {
    const line = element('tr');
    row.forEach((value, i) => {
      const cell = element('td', {}, value == null ? '' : String(value));
      if (isNumber(table, i)) cell.className = 'number';
      else if (String(value ?? '').length > 48) cell.className = 'words';
      line.append(cell);
    });
    body.append(line);
  }
  const more = table.more + Math.max(0, table.rows.length - MOST_ROWS);
  const caption = table.caption + (more > 0 ? ` ${grouped(more)} more rows are not shown.` : '');
  return element('table', {}, element('caption', {}, caption), element('thead', {}, head), body);
}

function scrolled(label, content) {
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, content);
}

/** A line that opens to show the table or the query; what is inside is made when first asked for. */
function folded(summary, make) {
  const details = element('details', {}, element('summary', {}, summary));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(make());
  });
  return details;
}

/** Table and query of each answer, folded. */
function numbers(tables) {
  const list = element('div', { class: 'numbers' });
  for (const table of tables) {
    const name = plainName(table.id.replaceAll('-', ' '));
    const rows = table.rows.length + table.more;
    list.append(
      folded(`Table: ${name}, ${grouped(rows)} row${rows === 1 ? '' : 's'}`, () =>
        scrolled(`Table: ${name}`, tableElement(table))),
      folded(`SQL: ${name}`, () => scrolled(`SQL: ${name}`, element('pre', {}, table.sql + ';'))));
  }
  return list;
}
