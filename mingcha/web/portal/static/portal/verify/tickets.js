// Objects (protocol, section 4): a ticket each, drawn and reserves per stratum, and why one code was drawn or not.
import { hashAll, sortedRows } from "./order.js";
import { rowsByStratum } from "./rules.js";
import { hexOfRow } from "./sha256.js";
import { rowOf } from "./tables.js";

/** Tickets of the whole frame and, by stratum, its rows in the order of their tickets. */
export async function drawObjects(key, frame, strata, breathe) {
  const words = await hashAll(`${key}:`, frame.object, breathe);
  const byStratum = new Map();
  for (const [code, rows] of rowsByStratum(frame, strata)) {
    const { take, reserve } = strata.get(code);
    byStratum.set(code, { order: sortedRows(words, frame.object, rows), take, reserve, size: rows.length });
    await breathe();
  }
  return { key, words, byStratum };
}

/** Rows of the drawn objects, in the order of the frame. */
export const drawnRows = (drawing) =>
  Array.from(drawing.byStratum.values(), ({ order, take }) => Array.from(order.subarray(0, take)))
    .flat()
    .sort((one, other) => one - other);

/** The `object` lines of result.tsv. */
export function objectLines(drawing, frame) {
  const lines = [];
  for (const [code, { order, take, reserve }] of drawing.byStratum) {
    order.subarray(0, take + reserve).forEach((row, at) => {
      const part = at < take ? "drawn" : "reserve";
      lines.push(["object", code, at + 1, part, frame.object[row], hexOfRow(drawing.words, row)].join("\t"));
    });
  }
  return lines;
}

function placeOf(row, { frame, drawing }) {
  const code = frame.object[row];
  const stratum = frame.stratum[row];
  const { order, take, reserve, size } = drawing.byStratum.get(stratum);
  const rank = order.indexOf(row) + 1;
  const kind = rank <= take ? "drawn" : rank <= take + reserve ? "reserve" : "missed";
  return {
    kind, code, stratum, rank, size, take, reserve,
    ticket: hexOfRow(drawing.words, row),
    // The line is the last drawn ticket: whoever holds a larger one was not drawn.
    line: take > 0 ? hexOfRow(drawing.words, order[Math.min(take, size) - 1]) : null,
    command: `printf '%s' "${drawing.key}:${code}" | sha256sum`,
  };
}

/** As typed by a person: spaces, full-width digits and small letters are forgiven, unless the exact code exists. */
const spellings = (typed) => {
  const plain = typed.normalize("NFKC").replace(/\s+/gu, "");
  return [plain, plain.toUpperCase()];
};

/** Why one code was drawn, is a reserve, missed, was excluded, or is not in the register at all. */
export function whyOf(typed, { frame, excluded, drawing }) {
  const codes = spellings(typed);
  for (const code of codes) {
    const framed = rowOf(frame.object, code);
    if (framed >= 0) return placeOf(framed, { frame, drawing });
    const left = rowOf(excluded.object, code);
    if (left >= 0) return { kind: "excluded", code, reason: excluded.reason[left] };
  }
  return { kind: "absent", code: codes[1] };
}
