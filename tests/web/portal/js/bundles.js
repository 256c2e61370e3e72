// Bundles for the tests: the published vectors, and copies of them with something changed.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { FILE_NAMES } from "../../../../mingcha/web/portal/static/portal/verify/words.js";

const vectors = fileURLToPath(new URL("../../../fairdraw/vectors/", import.meta.url));

const folders = readdirSync(vectors, { withFileTypes: true }).filter((one) => one.isDirectory());

export const names = folders.map((one) => one.name);

export const sha = (content) => createHash("sha256").update(content).digest("hex");

export const bytesOf = (text) => new TextEncoder().encode(text);
export const textOf = (bytes) => new TextDecoder().decode(bytes);

const read = (name, file) => new Uint8Array(readFileSync(`${vectors}${name}/${file}`));

/** One vector: its files as bytes, the expected values, and the published digests. */
export function vector(name) {
  const files = Object.fromEntries(Object.keys(FILE_NAMES).map((file) => [file, read(name, file)]));
  const expected = JSON.parse(textOf(read(name, "expected.json")));
  return { files, expected, published: { rulesDigest: expected.rules_digest, freeze: expected.freeze } };
}

const sorted = (value) => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};

export const canonical = (value) => bytesOf(`${JSON.stringify(sorted(value))}\n`);

/** The vector's file as JSON, changed by `change`, canonical again. */
export function changedJson(files, file, change) {
  const value = JSON.parse(textOf(files[file]));
  change(value);
  return { ...files, [file]: canonical(value) };
}

/** Tables replaced and the rules made to fit them, so that only the tables' own faults remain. */
export function withTables(files, tables, changeRules = () => {}) {
  const encoded = Object.fromEntries(Object.entries(tables).map(([table, text]) => [`${table}.tsv`, bytesOf(text)]));
  return changedJson({ ...files, ...encoded }, "rules.json", (rules) => {
    for (const [table, text] of Object.entries(tables)) {
      rules[table] = { rows: text.split("\n").length - 1, sha256: sha(text) };
    }
    changeRules(rules);
  });
}
