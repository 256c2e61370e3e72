// The only door to the hash package. Its path is relative because a page's import map does not reach its workers,
// and crypto.subtle is not used because it is missing on plain http.
import { sha256 } from "../../vendor/noble/sha2.js";

const encoder = new TextEncoder();
// A group's name is two identifiers of at most 64 characters with a slash between them.
const LONGEST_ID = 129;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const hexOf = (bytes) => Array.from(bytes, (byte) => HEX[byte]).join("");

export const digestOf = (bytes) => hexOf(sha256(bytes));

export const sha = (text) => digestOf(encoder.encode(text));

/** H(tag, f1, …, fn) of the protocol, section 1. */
export const tagged = (tag, ...fields) => sha(`fairdraw/1/${[tag, ...fields].join("\n")}\n`);

/**
 * Hashes of `prefix + id` for ASCII ids, as eight big-endian words each, in `words`.
 * The prefix is hashed once and its state copied: no object is made for a row, which matters at 300,000 rows.
 */
export function wordHasher(prefix) {
  const start = sha256.create().update(encoder.encode(prefix));
  const work = sha256.create();
  const text = new Uint8Array(LONGEST_ID);
  const digest = new Uint8Array(32);
  const view = new DataView(digest.buffer);
  return (id, words, row) => {
    const length = id.length;
    for (let at = 0; at < length; at++) text[at] = id.charCodeAt(at);
    start._cloneInto(work).update(text.subarray(0, length)).digestInto(digest);
    for (let word = 0; word < 8; word++) words[row * 8 + word] = view.getUint32(word * 4);
  };
}

/** The hex text of one row of `words`. */
export function hexOfRow(words, row) {
  let hex = "";
  for (let word = 0; word < 8; word++) hex += words[row * 8 + word].toString(16).padStart(8, "0");
  return hex;
}
