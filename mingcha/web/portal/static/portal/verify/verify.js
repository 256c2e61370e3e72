// The whole verification as a list of steps; each says in one sentence what was checked and whether it holds.
import { checkCommitments, freezeOf, keyOf, parseCeremony, seedOf } from "./ceremony.js";
import { differencesBetween } from "./differences.js";
import { assign, staffLines } from "./lottery.js";
import { checkComputable, checkTogether, parseRules } from "./rules.js";
import { digestOf } from "./sha256.js";
import { parseSignatures } from "./signatures.js";
import { parseTable, Refusal, refuse, TABLES, textOf } from "./tables.js";
import { drawnRows, drawObjects, objectLines } from "./tickets.js";
import { details, FILE_NAMES, notPublished, notRun, refusals, STEPS } from "./words.js";

const PLACES_SHOWN = 20;

/** A step without a published value to compare with: neither held nor broken. The message is its detail. */
class NotCompared extends Error {}

function comparePublished(published, computed) {
  if (!published) throw new NotCompared(details.spokenDigest(computed));
  if (published !== computed) refuse(refusals.digest(published, computed));
  return details.spokenDigest(computed);
}

function checkFiles({ files, troubles }) {
  const absent = Object.keys(FILE_NAMES).filter((file) => !files[file]);
  if (absent.length > 0) refuse(refusals.missingFiles(absent.map((file) => [file, troubles[file]])));
}

function checkRulesDigest(state) {
  state.rulesDigest = digestOf(state.files["rules.json"]);
  return comparePublished(state.published.rulesDigest, state.rulesDigest);
}

function readRules(state) {
  state.rules = parseRules(state.files["rules.json"]);
  return state.rules.title;
}

const tableStep = (table) => (state) => {
  const file = `${table}.tsv`;
  const promised = state.rules[table];
  const digest = digestOf(state.files[file]);
  // The table is kept even if its digest differs, so that the later steps can say what else differs.
  state[table] = parseTable(table, state.files[file]);
  if (promised.sha256 !== digest) refuse(refusals.digest(promised.sha256, digest));
  if (promised.rows !== state[table].rows) refuse(refusals.rows(file, promised.rows, state[table].rows));
  return details.table(state[table].rows, digest);
};

function checkFilesTogether(state) {
  checkComputable(state);
  // A contradiction between the files is reported, but need not keep the reader from seeing the draw repeated.
  state.computable = true;
  checkTogether(state);
}

function readCeremony(state) {
  state.ceremony = parseCeremony(state.files["ceremony.json"], state.rules);
  checkCommitments(state.ceremony, state.rules, state.rulesDigest);
}

function checkFreeze(state) {
  state.freeze = freezeOf(state.ceremony, state.rules, state.rulesDigest);
  return comparePublished(state.published.freeze, state.freeze);
}

function computeSeed(state) {
  state.seed = seedOf(state.ceremony, state.rules, state.rulesDigest);
  state.key = keyOf(state.seed);
  return details.seed(state.seed, state.key);
}

function compareLines(expected, published) {
  const sentences = differencesBetween(expected, published);
  if (sentences.length > 0) refuse(refusals.places(sentences.length, sentences.slice(0, PLACES_SHOWN)));
}

const isObjectLine = (line) => line.startsWith("object\t");
const publishedLines = ({ files }) =>
  textOf("result.tsv", files["result.tsv"]).split("\n").filter((line) => line !== "");

async function checkObjects(state) {
  state.drawing = await drawObjects(state.key, state.frame, state.rules.strata, state.breathe);
  state.objectLines = objectLines(state.drawing, state.frame);
  compareLines(state.objectLines, publishedLines(state).filter(isObjectLine));
  return details.strata(Array.from(state.drawing.byStratum, ([code, stratum]) => ({ code, ...stratum })));
}

async function checkStaff(state) {
  state.lotteries = await assign(state.key, drawnRows(state.drawing), state, state.breathe);
  state.staffLines = staffLines(state.lotteries);
  compareLines(state.staffLines, publishedLines(state).filter((line) => !isObjectLine(line)));
  const count = (word) => state.staffLines.filter((line) => line.startsWith(`${word}\t`)).length;
  const matched = state.staffLines.filter((line) => line.startsWith("assign\t") && line.split("\t")[2] === "team").length;
  return details.staff(count("assign") - matched, matched, count("unstaffed"), count("lifted"));
}

function checkResult(state) {
  const lines = [...state.objectLines, ...state.staffLines];
  const computed = digestOf(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
  const published = digestOf(state.files["result.tsv"]);
  if (published === computed) return details.digest(computed);
  const digests = refusals.digest(published, computed);
  return refuse(differencesBetween(lines, publishedLines(state)).length === 0 ? refusals.order(digests) : digests);
}

function checkSignatures({ files, rulesDigest }) {
  const signed = parseSignatures(files["signatures.json"]);
  const result = digestOf(files["result.tsv"]);
  if (signed.rules_digest !== rulesDigest) refuse(refusals.signedOther("规则摘要", signed.rules_digest, rulesDigest));
  if (signed.result_sha256 !== result) refuse(refusals.signedOther("结果摘要", signed.result_sha256, result));
  return details.signatures(signed.signatures);
}

/** code, what it needs from earlier steps, and the check: it returns a detail or throws. */
const CHECKS = [
  ["files", [], checkFiles],
  ["rules-digest", ["rules.json"], checkRulesDigest],
  ["rules", ["rules.json"], readRules],
  ...Object.keys(TABLES).map((table) => [table, ["rules", `${table}.tsv`], tableStep(table)]),
  ["together", ["rules", ...Object.keys(TABLES)], checkFilesTogether],
  ["ceremony", ["rules", "ceremony.json"], readCeremony],
  ["freeze", ["ceremony"], checkFreeze],
  ["seed", ["ceremony"], computeSeed],
  ["objects", ["computable", "key", "result.tsv"], checkObjects],
  ["staff", ["drawing", "result.tsv"], checkStaff],
  ["result", ["staffLines"], checkResult],
];
// Only a whole bundle carries the signatures; a page that fetches single files has none to check.
const SIGNATURES = ["signatures", ["rulesDigest", "result.tsv"], checkSignatures];

async function runCheck([code, needs, check], state) {
  const { title, passed, failed } = STEPS[code];
  if (!needs.every((need) => state[need] ?? state.files[need])) {
    return { code, title, ok: null, sentence: notRun, detail: "" };
  }
  try {
    const detail = await check(state);
    return { code, title, ok: true, sentence: passed, detail: detail ?? "" };
  } catch (error) {
    if (error instanceof NotCompared) return { code, title, ok: null, sentence: notPublished, detail: error.message };
    if (error instanceof Refusal) return { code, title, ok: false, sentence: failed, detail: error.message };
    throw error;
  }
}

/**
 * Repeat the draw from the bundle's bytes and yield each step {code, title, ok: true|false|null, sentence, detail};
 * null is "not compared". `published` is {rulesDigest, freeze}; `troubles` says why a file is absent.
 * Returns the state, from which `whyOf` answers for single codes.
 */
export async function* verifySteps(files, published, { troubles = {}, breathe = async () => {} } = {}) {
  const state = { files, published, troubles, breathe };
  const checks = files["signatures.json"] ? [...CHECKS, SIGNATURES] : CHECKS;
  for (const check of checks) {
    yield await runCheck(check, state);
    await breathe();
  }
  return state;
}
