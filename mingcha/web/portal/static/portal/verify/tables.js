// The frozen files: read them, or refuse them with the place and the reason. Nothing is repaired or guessed.
import { refusals } from "./words.js";

/** Something in a file does not hold; the message is for the reader of the page. */
export class Refusal extends Error {}

export const refuse = (sentence) => {
  throw new Refusal(sentence);
};

const IDENTIFIER = /^[0-9A-Za-z._-]{1,64}$/;
const NUMBER = /^(?:0|[1-9][0-9]{0,5})$/;
const TEAM_NAME = /^T[0-9]{3,}$/;
// Format characters by number: those that Unicode 14 and 15 added, which an older browser does not know as such.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u0890\u0891\u{13430}-\u{1343f}]/u;
const DEEPEST = 5;

// A phone holds about this much; beyond it the offline verifier is the tool, and the page says so.
const MOST_ROWS = 2_000_000;

/** Control, format, separator and surrogate characters. */
export const hasUnseen = (text) => UNSEEN.test(text);

export const isIdentifier = (text) => IDENTIFIER.test(text) && text !== "-";

const isList = (text) => {
  if (!text.includes(",")) return isIdentifier(text);
  const parts = text.split(",");
  return parts.every(isIdentifier) && new Set(parts).size === parts.length;
};

const KINDS = {
  // Team names are made by the draw itself; a file must not be able to speak of them.
  name: (cell) => isIdentifier(cell) && !TEAM_NAME.test(cell),
  code: isIdentifier,
  role: (cell) => isIdentifier(cell) && cell !== "team",
  codeOrNone: (cell) => cell === "-" || isIdentifier(cell),
  listOrNone: (cell) => cell === "-" || isList(cell),
  areas: (cell) => cell === "*" || isList(cell),
  capacity: (cell) => NUMBER.test(cell) && cell !== "0",
  number: (cell) => NUMBER.test(cell),
};

export const TABLES = {
  frame: { object: "name", stratum: "code", area: "codeOrNone", needs: "listOrNone" },
  excluded: { object: "name", reason: "code" },
  roster: {
    inspector: "name", role: "role", areas: "areas", skills: "listOrNone", capacity: "capacity", prior: "number",
  },
  barred: { object: "name", inspector: "name" },
};

/** UTF-8 without mercy: a byte order mark stays visible, a wrong byte is refused. */
export function textOf(file, bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(refusals.notUtf8(file));
  }
}

const countRows = (bytes) => {
  let rows = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) rows++;
  return rows;
};

function linesOf(file, bytes) {
  if (countRows(bytes) > MOST_ROWS) refuse(refusals.tooLong(file, MOST_ROWS));
  if (bytes.length === 0) return [];
  const lines = textOf(file, bytes).split("\n");
  if (lines.pop() !== "") refuse(refusals.noLastLineEnd(file));
  return lines;
}

function checkOrder(table, file, columns, line) {
  if (line === 0) return;
  const [first, second] = Object.values(columns);
  const previous = first[line - 1];
  if (previous < first[line]) return;
  const pairGrows = table === "barred" && previous === first[line] && second[line - 1] < second[line];
  if (!pairGrows) refuse(refusals.notSorted(file, line + 1));
}

/** One frozen table as columns of equal length, every cell checked. */
export function parseTable(table, bytes) {
  const file = `${table}.tsv`;
  const kinds = Object.entries(TABLES[table]);
  const columns = Object.fromEntries(kinds.map(([name]) => [name, []]));
  const targets = Object.values(columns);
  const lines = linesOf(file, bytes);
  lines.forEach((text, line) => {
    const cells = text.split("\t");
    if (cells.length !== kinds.length) refuse(refusals.wrongColumns(file, line + 1, kinds.length));
    cells.forEach((cell, at) => {
      const [name, kind] = kinds[at];
      if (!KINDS[kind](cell)) refuse(refusals.wrongCell(file, line + 1, name));
      targets[at].push(cell);
    });
    checkOrder(table, file, columns, line);
  });
  return { rows: lines.length, ...columns };
}

/** Canonical JSON without its final LF. Written by hand: an object would put keys such as "10" before the others. */
function canonical(file, value, depth = 0) {
  if (depth > DEEPEST) refuse(refusals.notCanonical(file));
  if (typeof value === "string" && UNSEEN.test(value)) refuse(refusals.unseenCharacter(file));
  if (typeof value === "number" && !(Number.isSafeInteger(value) && value >= 0)) refuse(refusals.notInteger(file));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(file, item, depth + 1)).join(",")}]`;
  // Keys compare by UTF-16 unit here; every permitted key is ASCII and checked by its reader, so that is byte order.
  const pair = (key) => `${canonical(file, key)}:${canonical(file, value[key], depth + 1)}`;
  return `{${Object.keys(value).sort(byKey).map(pair).join(",")}}`;
}

const byKey = (one, other) => (one < other ? -1 : 1);

/** A JSON file that is canonical byte for byte, so no duplicate key or second spelling can hide. */
export function parseJson(file, bytes) {
  const text = textOf(file, bytes);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    refuse(refusals.notJson(file));
  }
  if (`${canonical(file, value)}\n` !== text) refuse(refusals.notCanonical(file));
  return value;
}

/** Exactly these keys, no more and no fewer. */
export function checkKeys(file, value, keys, place) {
  const isPlain = value !== null && typeof value === "object" && !Array.isArray(value);
  const same = isPlain && Object.keys(value).sort().join("\n") === [...keys].sort().join("\n");
  if (!same) refuse(refusals.wrongKeys(file, place));
}

/** Row of an id in a sorted column, or -1. */
export function rowOf(column, id) {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle] < id) low = middle + 1;
    else high = middle;
  }
  return column[low] === id ? low : -1;
}
