import assert from "node:assert/strict";
import { test } from "node:test";

import { FILE_NAMES } from "../../../../mingcha/web/portal/static/portal/verify/words.js";
import { visit } from "./browser.js";
import { textOf, vector } from "./bundles.js";
import { largeBundle } from "./large_bundle.js";

const bundle = vector("object-mode");
const lines = textOf(bundle.files["result.tsv"]).split("\n");
const drawn = lines.find((line) => line.startsWith("object\tgeneral\t1")).split("\t");
const codes = [drawn[4], "91990000EXCL000001", "91990000NOWHERE001"];

const broken = (report) => report.steps.filter(([, ok]) => ok !== "true").map(([step]) => step);

test("a citizen's browser repeats the draw in a worker and answers look-ups", { timeout: 60_000 }, async () => {
  const report = await visit(bundle, { codes });
  assert.equal(report.error, undefined);
  assert.deepEqual(broken(report), []);
  assert.equal(report.ok, "true");
  assert.match(report.verdict, /14 步全部对上/);
  const command = `printf '%s' ".*:${drawn[4]}" \\| sha256sum`;
  assert.match(report.answers[0], new RegExp(`抽中[^]*一般对象[^]*${drawn[5]}[^]*${command}`));
  assert.match(report.answers[1], /被排除.*closed：已注销/);
  assert.match(report.answers[2], /不在名录/);
  assert.ok(report.asked.includes("/static/portal/verify/worker.js"));
});

test("a name typed for a code is said to be one, and nothing is computed for it", { timeout: 60_000 }, async () => {
  const report = await visit(bundle, { codes: ["示范盛风超市", " "] });
  assert.match(report.answers[0], /按代码查，不按名称/);
  assert.match(report.answers[1], /代码一栏是空的/);
});

test("the page asks the server for nothing about the draw but the bundle's files", { timeout: 60_000 }, async () => {
  const { asked } = await visit(bundle, { codes });
  const itself = ["/", "/visitor.js", "/report", "/favicon.ico"];
  const about = asked.filter((path) => !path.startsWith("/static/") && !itself.includes(path));
  assert.deepEqual(about.sort(), Object.keys(FILE_NAMES).map((file) => `/draws/990000-2026-H101/files/${file}`).sort());
});

test("where workers are forbidden the page does the work itself", { timeout: 60_000 }, async () => {
  const report = await visit(bundle, { codes, workers: false });
  assert.equal(report.ok, "true");
  assert.match(report.answers[0], /抽中/);
  assert.ok(!report.asked.includes("/static/portal/verify/worker.js"));
});

test("a difference names the step and offers what the browser received", { timeout: 60_000 }, async () => {
  const frame = Uint8Array.from(bundle.files["frame.tsv"]);
  frame[1] ^= 8;
  const report = await visit({ ...bundle, files: { ...bundle.files, "frame.tsv": frame } }, { codes: [drawn[4]] });
  assert.equal(report.ok, "false");
  assert.equal(broken(report)[0], "frame");
  assert.match(report.verdict, /可抽名录/);
  assert.deepEqual(report.saved.sort(), [...Object.keys(FILE_NAMES), "核对记录.txt"].sort());
});

test("ten thousand objects are redrawn within three seconds in a browser", { timeout: 60_000 }, async () => {
  const report = await visit(await largeBundle({ rows: 10_000, take: 500, people: 100 }));
  assert.equal(report.ok, "true");
  assert.ok(report.elapsed < 3000, `${report.elapsed} ms`);
});
