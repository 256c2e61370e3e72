// On a narrow screen the style shows a table that `stacks` as one card a row: each cell then says its column's heading.
// Tables whose template wrote the headings into the cells are left alone, and so are those with cells that span others.

const spans = (cell) => cell.colSpan > 1 || cell.rowSpan > 1;

/** Mark a table and label its cells; false where its rows are no plain records. */
export function stack(table) {
  const headings = table.tHead?.rows.length === 1 ? Array.from(table.tHead.rows[0].cells) : [];
  const rows = Array.from(table.tBodies ?? [], (body) => Array.from(body.rows)).flat();
  const plain = (row) => row.cells.length === headings.length && !Array.from(row.cells).some(spans);
  if (!headings.length || headings.some(spans) || !rows.every(plain)) return false;
  for (const row of rows) {
    headings.forEach((heading, place) => {
      row.cells[place].dataset.label = heading.textContent.trim();
    });
  }
  table.classList.add("stacks");
  return true;
}

document.querySelectorAll("table.list:not(.stacks)").forEach(stack);
