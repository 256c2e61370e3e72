import assert from "node:assert/strict";
import { test } from "node:test";

import nacl from "tweetnacl";

import { commitmentOf } from "../../../../mingcha/web/ceremony/static/ceremony/commit.js";
import { seal } from "../../../../mingcha/web/ceremony/static/ceremony/seal.js";
import { checkCopies, keyIn } from "../../../../mingcha/web/desk/static/desk/copies.js";

const hexOf = (bytes) => Buffer.from(bytes).toString("hex");
const body = nacl.box.keyPair();
const [key, sealingKey] = [hexOf(body.secretKey), hexOf(body.publicKey)];
const draw = "990000-2026-market-001";
const rulesDigest = "0".repeat(64);
const secrets = { system: "aa".repeat(32), w1: "bb".repeat(32), w2: "cc".repeat(32) };

/** What the phones and the server publish for some secrets, with some of the copies replaced. */
const published = (held = secrets, swapped = {}) =>
  Object.entries(held).map(([party, secret]) => ({
    party,
    copy: swapped[party] ?? seal(nacl, secret, sealingKey),
    bound: commitmentOf({ draw, rulesDigest, seat: party, secret }),
  }));
const verdicts = (copies) => checkCopies(nacl, { draw, rulesDigest, copies, key });
const sound = (copies) => verdicts(copies).filter((one) => one.sound).map((one) => one.party);

test("true copies of different secrets all pass, the system's too", () => {
  assert.deepEqual(sound(published()), ["system", "w1", "w2"]);
});

test("no verdict holds a secret or the key", () => {
  const told = JSON.stringify([...verdicts(published()), ...verdicts(published(secrets, { w1: "00".repeat(136) }))]);
  for (const hidden of [key, ...Object.values(secrets)]) assert.ok(!told.includes(hidden));
});

test("a garbage copy fails alone and says that it does not open", () => {
  const copies = published(secrets, { w1: "5a".repeat(136) });
  assert.deepEqual(sound(copies), ["system", "w2"]);
  assert.match(verdicts(copies)[1].told, /打不开/);
});

test("a copy sealed for another body fails alone", () => {
  const other = hexOf(nacl.box.keyPair().publicKey);
  assert.deepEqual(sound(published(secrets, { w2: seal(nacl, secrets.w2, other) })), ["system", "w1"]);
});

test("a copy of another secret than the committed one opens and still fails", () => {
  const copies = published(secrets, { w1: seal(nacl, "dd".repeat(32), sealingKey) });
  assert.deepEqual(sound(copies), ["system", "w2"]);
  assert.match(verdicts(copies)[1].told, /与公布的封存值不符/);
});

test("two equal secrets fail both, each naming the other", () => {
  const [system, one, two] = verdicts(published({ ...secrets, w2: secrets.w1 }));
  assert.deepEqual([system.sound, one.sound, two.sound], [true, false, false]);
  assert.match(one.told, /与w2的随机数相同/);
  assert.match(two.told, /与w1的随机数相同/);
});

test("a witness who learnt the system's secret is seen too", () => {
  const [system, one] = verdicts(published({ ...secrets, w1: secrets.system }));
  assert.deepEqual([system.sound, one.sound], [false, false]);
});

test("two copies that do not open are not called equal", () => {
  const garbage = "5a".repeat(136);
  const told = verdicts(published(secrets, { w1: garbage, w2: garbage })).map((one) => one.told);
  assert.doesNotMatch(told.join(), /相同/);
});

test("the key in a file may have spaces around it and capital letters", () => {
  assert.equal(keyIn(nacl, ` ${key.toUpperCase()}\n`, sealingKey), key);
});

test("a file that is no key, and a key of another pair, are refused in words before any copy is opened", () => {
  assert.throws(() => keyIn(nacl, "not a key", sealingKey), /不是私钥/);
  assert.throws(() => keyIn(nacl, hexOf(nacl.box.keyPair().secretKey), sealingKey), /不是一对/);
});
