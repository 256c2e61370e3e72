// "Sort by (sha(prefix + id), id)": objects, groups and pairs are all ordered this one way.
import { wordHasher } from "./sha256.js";

const ROWS_BETWEEN_BREATHS = 4096;

/** Bytes decide; identifiers are ASCII, so comparing JavaScript strings compares bytes. */
export const byBytes = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** Hash every id; `breathe` is awaited now and then so that a page without a worker stays alive. */
export async function hashAll(prefix, ids, breathe) {
  const words = new Uint32Array(ids.length * 8);
  const hash = wordHasher(prefix);
  for (let row = 0; row < ids.length; row++) {
    hash(ids[row], words, row);
    if (row % ROWS_BETWEEN_BREATHS === ROWS_BETWEEN_BREATHS - 1) await breathe();
  }
  return words;
}

/** The given rows, in the order of their hashes, ties by id. */
export function sortedRows(words, ids, rows) {
  return Uint32Array.from(rows).sort((one, other) => {
    for (let word = 0; word < 8; word++) {
      const difference = words[one * 8 + word] - words[other * 8 + word];
      if (difference !== 0) return difference;
    }
    return byBytes(ids[one], ids[other]);
  });
}

/** Ids in the order of sha(prefix + id). */
export function orderedIds(prefix, ids) {
  const words = new Uint32Array(ids.length * 8);
  const hash = wordHasher(prefix);
  ids.forEach((id, row) => hash(id, words, row));
  return Array.from(sortedRows(words, ids, ids.keys()), (row) => ids[row]);
}
