// signatures.json (protocol, section 6): who stood by what. It travels in the bundle; a draw is repeated without it.
import { checkKeys, hasUnseen, parseJson, refuse } from "./tables.js";
import { OUTCOMES, refusals } from "./words.js";

const FILE = "signatures.json";
const DIGEST = /^[0-9a-f]{64}$/;
const FIELDS = ["seat", "name", "capacity", "outcome", "text", "at"];

const isDigest = (text) => typeof text === "string" && DIGEST.test(text);

function checkRow(row) {
  checkKeys(FILE, row, FIELDS, "signatures");
  const plain = FIELDS.every((field) => typeof row[field] === "string" && !hasUnseen(row[field]));
  if (!plain || !Object.hasOwn(OUTCOMES, row.outcome)) refuse(refusals.signatures());
}

/** {rules_digest, result_sha256, signatures: [{seat, name, capacity, outcome, text, at}]}, every field checked. */
export function parseSignatures(bytes) {
  const raw = parseJson(FILE, bytes);
  checkKeys(FILE, raw, ["rules_digest", "result_sha256", "signatures"], FILE);
  if (!isDigest(raw.rules_digest) || !isDigest(raw.result_sha256) || !Array.isArray(raw.signatures)) {
    refuse(refusals.signatures());
  }
  raw.signatures.forEach(checkRow);
  return raw;
}
