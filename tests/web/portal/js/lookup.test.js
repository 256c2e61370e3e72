import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { openSession } from "../../../../mingcha/web/portal/static/portal/verify/session.js";
import { lookupSentence } from "../../../../mingcha/web/portal/static/portal/verify/words.js";
import { sha, textOf, vector } from "./bundles.js";

const bundle = vector("object-mode");
const labels = { reasons: { closed: "已注销" }, strata: {} };

async function session() {
  const opened = openSession(async () => {});
  await opened.check({ ...bundle, troubles: {} }, () => {});
  return opened;
}

const ask = async (code) => {
  const answer = await (await session()).lookup(code);
  return { ...answer, sentence: lookupSentence(answer, labels) };
};

const rows = (file) => textOf(bundle.files[file]).trimEnd().split("\n").map((line) => line.split("\t"));
const objects = rows("result.tsv").filter(([kind]) => kind === "object");
const drawn = objects.find(([, stratum, , part]) => stratum === "general" && part === "drawn");
const reserve = objects.find(([, stratum, , part]) => stratum === "general" && part === "reserve");
const general = rows("frame.tsv").filter(([, stratum]) => stratum === "general").map(([object]) => object);

test("a drawn object learns its rank, ticket and that it was drawn", async () => {
  const answer = await ask(drawn[4]);
  assert.equal(answer.kind, "drawn");
  assert.equal(answer.rank, Number(drawn[2]));
  assert.equal(answer.ticket, drawn[5]);
  assert.match(answer.sentence, /抽中。抽签值排第 1 位（共 20 个，前 2 位抽中）/);
});

test("a reserve learns its place and when it counts", async () => {
  const answer = await ask(reserve[4]);
  assert.equal(answer.kind, "reserve");
  assert.equal(answer.rank, 3);
  assert.match(answer.sentence, /备选。抽签值排第 3 位.*注销、迁出或重复/);
});

test("an object that was not drawn learns its rank and the line", async () => {
  const { key } = bundle.expected;
  const order = [...general].sort((one, other) => (sha(`${key}:${one}`) < sha(`${key}:${other}`) ? -1 : 1));
  const answer = await ask(order.at(-1));
  assert.equal(answer.kind, "missed");
  assert.equal(answer.rank, 20);
  assert.equal(answer.line, sha(`${key}:${order[1]}`), "the line is the last drawn ticket");
  assert.match(answer.sentence, /未抽中。抽签值排第 20 位（共 20 个），抽取线在第 2 位，备选到第 4 位/);
});

test("an excluded object learns the reason's code and what it means", async () => {
  const answer = await ask("91990000EXCL000001");
  assert.equal(answer.kind, "excluded");
  assert.match(answer.sentence, /在名录中但被排除.*原因代码 closed：已注销/);
});

test("a reason without a label is still given by its code", async () => {
  assert.match((await ask("91990000EXCL000002")).sentence, /原因代码 three-clean-years。/);
});

test("a code that is nowhere is said to be in no register", async () => {
  const answer = await ask("91990000NOWHERE001");
  assert.equal(answer.kind, "absent");
  assert.match(answer.sentence, /不在名录/);
});

test("hostile input is only ever a code that is nowhere", async () => {
  for (const typed of ["$(reboot)", '";ls;"', "<b>", "__proto__", "-", "\u0000"]) {
    const answer = await ask(typed);
    assert.equal(answer.kind, "absent");
    assert.equal(answer.command, undefined);
  }
});

test("spaces, small letters and full-width digits are forgiven", async () => {
  const typed = ` ${drawn[4].toLowerCase().replaceAll("9", "９")} `;
  assert.equal((await ask(typed)).code, drawn[4]);
});

test("the printed command gives the printed ticket in a shell", async () => {
  const answer = await ask(drawn[4]);
  assert.equal(execFileSync("sh", ["-c", answer.command], { encoding: "utf8" }).split(" ")[0], answer.ticket);
});

test("before the draw could be repeated there is no answer", async () => {
  assert.equal(await openSession(async () => {}).lookup(drawn[4]), null);
});

test("a firm whose place a reserve has taken learns what holds now, and still its ticket and rank", async () => {
  const later = {
    [drawn[4]]: { kind: "replaced", other: "示范乙", why: "注销", label: "抽中，后因注销由备选替换" },
    [reserve[4]]: { kind: "entered", other: "示范甲", why: "注销", label: "备选，已递补列入检查" },
  };
  const opened = await session();
  const told = async (code) => lookupSentence(await opened.lookup(code), { ...labels, later });
  assert.match(await told(drawn[4]), /^现在：抽中，后因注销由备选替换（示范乙）。.*抽中。抽签值排第 1 位/);
  assert.match(await told(reserve[4]), /^现在：备选，已递补列入检查，替换示范甲（注销）。.*备选。抽签值排第 3 位/);
  assert.doesNotMatch(await told(general.find((code) => !(code in later))), /现在/);
});
