// A made-up bundle of any size, for measuring. Its result is written by the code under measure, so it proves nothing.
import {
  commitmentOf, freezeOf, keyOf, parseCeremony, seedOf,
} from "../../../../mingcha/web/portal/static/portal/verify/ceremony.js";
import { assign, staffLines } from "../../../../mingcha/web/portal/static/portal/verify/lottery.js";
import { parseRules } from "../../../../mingcha/web/portal/static/portal/verify/rules.js";
import { parseTable, TABLES } from "../../../../mingcha/web/portal/static/portal/verify/tables.js";
import { drawnRows, drawObjects, objectLines } from "../../../../mingcha/web/portal/static/portal/verify/tickets.js";
import { bytesOf, canonical, sha } from "./bundles.js";
import { randomFrom } from "./random.js";

const AREAS = 12;
const still = async () => {};
const lines = (count, lineOf) => Array.from({ length: count }, (_, at) => `${lineOf(at)}\n`).join("");
const padded = (number, width) => String(number).padStart(width, "0");

function tablesOf(rows, people, random) {
  const area = () => `A${padded(random.below(AREAS), 2)}`;
  const areas = () => [...new Set([area(), area(), area()])].join(",");
  const needs = () => (random.chance(0.1) ? "food" : "-");
  const stratum = () => (random.chance(0.2) ? "high-risk" : "general");
  return {
    frame: lines(rows, (at) => `91990000${padded(at, 10)}\t${stratum()}\t${area()}\t${needs()}`),
    excluded: lines(Math.ceil(rows / 50), (at) => `91990001${padded(at, 10)}\tclosed`),
    roster: lines(people, (at) => `M${padded(at, 6)}\tmarket\t${areas()}\tfood\t900\t${random.below(3)}`),
    barred: "",
  };
}

function rulesOf(tables, rows, take) {
  const table = (text) => ({ rows: text.split("\n").length - 1, sha256: sha(text) });
  const high = tables.frame.split("\thigh-risk\t").length - 1;
  const share = (size) => Math.ceil((take * size) / rows);
  return canonical({
    protocol: "fairdraw/1", hash: "sha256", draw: "990000-2026-L1", title: "大批量示例", public_value: null,
    parties: ["dice", "system", "w1", "w2"], physical: ["dice"],
    ...Object.fromEntries(Object.entries(tables).map(([name, text]) => [name, table(text)])),
    strata: { general: { take: share(rows - high), reserve: 10 }, "high-risk": { take: share(high), reserve: 10 } },
    assignment: { mode: "object", roles: { market: 2 }, slack: 1 },
  });
}

function ceremonyOf(draw, rulesDigest) {
  const reveals = { dice: "1".repeat(20), system: "a".repeat(64), w1: "b".repeat(32), w2: "c".repeat(32) };
  const committed = ["system", "w1", "w2"];
  const promise = (party) => [party, commitmentOf(draw, rulesDigest, party, reveals[party])];
  const commitments = Object.fromEntries(committed.map(promise));
  return canonical({ commitments, reveals, public_value: null });
}

/** {files, published} with `rows` objects, `take` of them drawn, and `people` inspectors. */
export async function largeBundle({ rows, take, people }) {
  const tables = tablesOf(rows, people, randomFrom(1));
  const files = Object.fromEntries(Object.entries(tables).map(([name, text]) => [`${name}.tsv`, bytesOf(text)]));
  files["rules.json"] = rulesOf(tables, rows, take);
  const rulesDigest = sha(files["rules.json"]);
  const rules = parseRules(files["rules.json"]);
  files["ceremony.json"] = ceremonyOf(rules.draw, rulesDigest);
  const ceremony = parseCeremony(files["ceremony.json"], rules);
  const key = keyOf(seedOf(ceremony, rules, rulesDigest));
  const state = { rules };
  for (const table of Object.keys(TABLES)) state[table] = parseTable(table, files[`${table}.tsv`]);
  const drawing = await drawObjects(key, state.frame, rules.strata, still);
  const staff = staffLines(await assign(key, drawnRows(drawing), state, still));
  files["result.tsv"] = bytesOf([...objectLines(drawing, state.frame), ...staff].map((line) => `${line}\n`).join(""));
  return { files, published: { rulesDigest, freeze: freezeOf(ceremony, rules, rulesDigest) } };
}
