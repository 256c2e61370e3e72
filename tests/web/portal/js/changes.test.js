import assert from "node:assert/strict";
import { test } from "node:test";

import { openSession } from "../../../../mingcha/web/portal/static/portal/verify/session.js";
import { FILE_NAMES } from "../../../../mingcha/web/portal/static/portal/verify/words.js";
import { bytesOf, changedJson, textOf, vector } from "./bundles.js";

async function checked(files, published, troubles = {}) {
  const steps = [];
  const outcome = await openSession(async () => {}).check({ files, published, troubles }, (step) => steps.push(step));
  return { outcome, steps, broken: steps.filter((step) => step.ok === false).map((step) => step.code) };
}

const withByte = (files, file, at, byte) => {
  const changed = Uint8Array.from(files[file]);
  assert.notEqual(changed[at], byte);
  changed[at] = byte;
  return { ...files, [file]: changed };
};

const { files, published } = vector("object-mode");
const ZERO = "0".charCodeAt(0);
const code = (letter) => letter.charCodeAt(0);

for (const table of ["frame", "excluded", "roster", "barred"]) {
  test(`one changed byte of ${table}.tsv is reported at its own step`, async () => {
    const file = `${table}.tsv`;
    const { broken, outcome } = await checked(withByte(files, file, 1, code("Z")), published);
    assert.equal(broken[0], table);
    assert.equal(outcome.ok, false);
  });
}

test("every single changed byte of the smallest table is noticed at its own step", async () => {
  for (let at = 0; at < files["excluded.tsv"].length; at++) {
    const other = files["excluded.tsv"][at] === code("x") ? code("y") : code("x");
    const { broken } = await checked(withByte(files, "excluded.tsv", at, other), published);
    assert.equal(broken[0], "excluded", `byte ${at}`);
  }
});

test("one changed byte of rules.json is reported as not the published rules", async () => {
  const at = textOf(files["rules.json"]).indexOf("990000-2026");
  const { broken } = await checked(withByte(files, "rules.json", at, code("8")), published);
  assert.equal(broken[0], "rules-digest");
});

test("one changed digit of an opened secret is reported as a broken promise", async () => {
  const changed = changedJson(files, "ceremony.json", ({ reveals }) => {
    reveals.w1 = (reveals.w1[0] === "0" ? "1" : "0") + reveals.w1.slice(1);
  });
  const { broken, steps } = await checked(changed, published);
  assert.equal(broken[0], "ceremony");
  assert.match(steps.find((step) => step.code === "ceremony").detail, /见证人 1/);
});

test("another set of commitments, kept faithfully, is caught by the published freeze digest", async () => {
  const other = vector("team-mode");
  const { broken } = await checked(files, { ...published, freeze: other.published.freeze });
  assert.deepEqual(broken, ["freeze"]);
});

test("other dice give another draw, which the result shows", async () => {
  const changed = changedJson(files, "ceremony.json", ({ reveals }) => { reveals.dice = "0".repeat(20); });
  const { broken } = await checked(changed, published);
  assert.deepEqual(broken, ["objects", "staff", "result"]);
});

test("one changed byte of an object line is reported where objects are redrawn", async () => {
  const at = textOf(files["result.tsv"]).indexOf("\n") - 1;
  const other = files["result.tsv"][at] === ZERO ? code("1") : ZERO;
  const { broken, steps } = await checked(withByte(files, "result.tsv", at, other), published);
  assert.deepEqual(broken, ["objects", "result"]);
  assert.match(steps.find((step) => step.code === "objects").detail, /有 1 处不同。[^]*不同：应为层 foreign 第 1 位抽中 .*结果写的是层 foreign/);
});

test("one changed byte of an assignment is reported where inspectors are redrawn", async () => {
  const at = files["result.tsv"].length - 2;
  const { broken } = await checked(withByte(files, "result.tsv", at, code("Z")), published);
  assert.deepEqual(broken, ["staff", "result"]);
});

test("the same lines in another order are not the same result", async () => {
  const lines = textOf(files["result.tsv"]).trimEnd().split("\n");
  const turned = bytesOf(`${[lines[1], lines[0], ...lines.slice(2)].join("\n")}\n`);
  const { broken } = await checked({ ...files, "result.tsv": turned }, published);
  assert.deepEqual(broken, ["result"]);
});

test("without published digests the verdict is not that all held", async () => {
  const { outcome, steps } = await checked(files, {});
  assert.equal(outcome.ok, null);
  assert.deepEqual(steps.filter((step) => step.ok === null).map((step) => step.code), ["rules-digest", "freeze"]);
});

for (const file of Object.keys(FILE_NAMES)) {
  test(`a missing ${file} is named with its cause and nothing crashes`, async () => {
    const { [file]: gone, ...rest } = files;
    const { broken, steps } = await checked(rest, published, { [file]: "服务器答复 404" });
    assert.ok(gone);
    assert.equal(broken[0], "files");
    assert.match(steps[0].detail, new RegExp(`${file}.*404`));
    assert.equal(steps.at(-1).ok, null);
  });

  test(`a truncated ${file} is reported and nothing crashes`, async () => {
    const half = files[file].subarray(0, files[file].length >> 1);
    const { outcome } = await checked({ ...files, [file]: half }, published);
    assert.equal(outcome.ok, false);
  });
}

test("a difference is explained without accusing anybody", async () => {
  const { outcome } = await checked(withByte(files, "frame.tsv", 1, code("Z")), published);
  assert.match(outcome.sentence, /可抽名录/);
  assert.match(outcome.sentence, /没有下载完整.*被改动.*数据有误/);
  assert.match(outcome.sentence, /下载浏览器收到的文件/);
  assert.doesNotMatch(outcome.sentence, /作弊|造假|篡改/);
});
