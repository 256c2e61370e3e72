import assert from "node:assert/strict";
import { test } from "node:test";

import nacl from "tweetnacl";

import {
  commitmentOf, forgetSecret, keptSecret, secretFor,
} from "../../../../mingcha/web/ceremony/static/ceremony/commit.js";
import { seal, unseal } from "../../../../mingcha/web/ceremony/static/ceremony/seal.js";
import { textOf, vector } from "./bundles.js";

const seat = { draw: "990000-2026-H101", rulesDigest: "0".repeat(64), seat: "w1" };
const hexOf = (bytes) => Buffer.from(bytes).toString("hex");

function memory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    kept,
  };
}

test("a commitment is the one of the worked bundle", () => {
  const { files, expected } = vector("object-mode");
  const { commitments, reveals } = JSON.parse(textOf(files["ceremony.json"]));
  const { draw } = JSON.parse(textOf(files["rules.json"]));
  const commitment = commitmentOf({ draw, rulesDigest: expected.rules_digest, seat: "w1", secret: reveals.w1 });
  assert.equal(commitment, commitments.w1);
});

test("a new secret is 64 hex digits and no two phones make the same", () => {
  const [one, other] = [secretFor(seat, memory()), secretFor(seat, memory())];
  assert.match(one.secret, /^[0-9a-f]{64}$/);
  assert.notEqual(one.secret, other.secret);
  assert.equal(one.kept, true);
});

test("after a reload the same secret is shown again", () => {
  const storage = memory();
  assert.deepEqual(secretFor(seat, storage), secretFor(seat, storage));
});

test("each draw and each seat has its own secret", () => {
  const storage = memory();
  const others = [{ seat: "w2" }, { draw: "990000-2026-H102" }, { draw: "990000-2026-H10", seat: "1w1" }];
  const secrets = [{}, ...others].map((other) => secretFor({ ...seat, ...other }, storage).secret);
  assert.equal(new Set(secrets).size, 4);
});

test("an opened secret can be forgotten", () => {
  const storage = memory();
  secretFor(seat, storage);
  forgetSecret(seat, storage);
  assert.equal(keptSecret(seat, storage), null);
});

test("a damaged secret is refused and not replaced, since its commitment may be public", () => {
  const storage = memory();
  secretFor(seat, storage);
  const [[place]] = storage.kept;
  storage.setItem(place, "zz");
  assert.throws(() => secretFor(seat, storage), /密封副本/);
  assert.equal(storage.getItem(place), "zz");
});

test("a phone that refuses to store says so, so that the page can warn", () => {
  const forbidden = { getItem() { throw new Error("denied"); }, setItem() { throw new Error("denied"); } };
  const forgetful = { getItem: () => null, setItem() {} };
  assert.equal(secretFor(seat, forbidden).kept, false);
  assert.equal(secretFor(seat, forgetful).kept, false);
});

const body = nacl.box.keyPair();
const secret = "ab".repeat(32);

test("a sealed secret opens with the private key and with no other", () => {
  const sealed = seal(nacl, secret, hexOf(body.publicKey));
  assert.equal(unseal(nacl, sealed, hexOf(body.secretKey)), secret);
  assert.throws(() => unseal(nacl, sealed, hexOf(nacl.box.keyPair().secretKey)), /打不开/);
});

test("a sealed copy is key, nonce and box in hex, and differs every time", () => {
  const sealed = seal(nacl, secret, hexOf(body.publicKey));
  assert.match(sealed, /^[0-9a-f]+$/);
  assert.equal(sealed.length / 2, 32 + 24 + 16 + 64);
  assert.notEqual(sealed, seal(nacl, secret, hexOf(body.publicKey)));
});

test("no changed digit of a sealed copy goes unnoticed", () => {
  const sealed = seal(nacl, secret, hexOf(body.publicKey));
  for (let at = 0; at < sealed.length; at += 7) {
    // The top bit of an X25519 key is ignored by definition, so that digit is changed in its low bit.
    const digit = (Number.parseInt(sealed[at], 16) ^ 1).toString(16);
    const changed = sealed.slice(0, at) + digit + sealed.slice(at + 1);
    assert.throws(() => unseal(nacl, changed, hexOf(body.secretKey)), /打不开/, `digit ${at}`);
  }
});

test("wrong keys, wrong secrets and stumps are refused in words", () => {
  assert.throws(() => seal(nacl, secret, "12"), /公钥/);
  assert.throws(() => seal(nacl, "not hex", hexOf(body.publicKey)), /随机数/);
  assert.throws(() => unseal(nacl, "00", hexOf(body.secretKey)), /打不开/);
  assert.throws(() => unseal(nacl, "zz", hexOf(body.secretKey)), /打不开/);
  assert.throws(() => unseal(nacl, seal(nacl, secret, hexOf(body.publicKey)), "12"), /私钥/);
});
