// How fast the rows of a result come: ten a second, the whole of it never longer than a minute.

const STEP = 100; // milliseconds
const LONGEST = 60_000;
const MANY = 200; // above it people watch counts fill, the table follows behind

/** Rows that come in with each step. */
export const rowsAStep = (total) => Math.max(1, Math.ceil(total / (LONGEST / STEP)));

export const shownAfter = (milliseconds, total) => Math.min(total, Math.floor(milliseconds / STEP) * rowsAStep(total));

export const lasts = (total) => Math.ceil(total / rowsAStep(total)) * STEP;

export const countsFill = (total) => total > MANY;

/** How many of the first `shown` rows lie in each stratum: [{ code, label, take, shown }]. */
export function filled(strata, rows, shown) {
  const counts = new Map(strata.map(({ code }) => [code, 0]));
  for (const row of rows.slice(0, shown)) counts.set(row.stratum, counts.get(row.stratum) + 1);
  return strata.map((one) => ({ ...one, shown: counts.get(one.code) }));
}

/** The line of each stratum: the last ticket that was drawn, as far as it is shown. */
export function linesOf(strata, rows) {
  const last = new Map();
  for (const row of rows) last.set(row.stratum, row.ticket);
  return strata.map((one) => ({ ...one, ticket: last.get(one.code) ?? "" }));
}
