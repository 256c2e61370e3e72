import assert from "node:assert/strict";
import { test } from "node:test";

import { freezes, openings, opens, seeds, tickets } from "../../../../mingcha/web/ceremony/static/ceremony/proof.js";
import { textOf, vector } from "../../portal/js/bundles.js";

/** The state document of the worked bundle, after its result. */
function told() {
  const { files, expected } = vector("object-mode");
  const { commitments, reveals, public_value: value } = JSON.parse(textOf(files["ceremony.json"]));
  const { draw, parties } = JSON.parse(textOf(files["rules.json"]));
  const witnesses = parties.filter((party) => party.startsWith("w"));
  const doc = {
    number: draw,
    digests: {
      rules: { digest: expected.rules_digest },
      system: { digest: commitments.system },
      freeze: { digest: expected.freeze },
    },
    seats: witnesses.map((party) => ({ party, name: party, commitment: commitments[party], secret: reveals[party] })),
    dice: { digits: reveals.dice, public_value: value ?? "" },
    opening: { system: reveals.system, seed: expected.seed, key: expected.key },
  };
  const lines = textOf(files["result.tsv"]).trim().split("\n").map((line) => line.split("\t"));
  const rows = lines
    .filter(([kind]) => kind === "object")
    .map(([, stratum, rank, , code, ticket]) => ({ stratum, rank: Number(rank), code, ticket: ticket.slice(0, 8) }));
  return { doc, result: { rows } };
}

test("everything agrees with the worked bundle", () => {
  const { doc, result } = told();
  assert.deepEqual(openings(doc).map((one) => one.agrees), [...doc.seats.map(() => true), true]);
  assert.equal(freezes(doc), true);
  assert.equal(seeds(doc), true);
  assert.ok(result.rows.length > 1);
  assert.equal(tickets(doc, result), true);
});

test("what is not open yet is neither right nor wrong", () => {
  const { doc, result } = told();
  const early = { ...doc, opening: null, digests: { ...doc.digests, freeze: null } };
  early.seats = doc.seats.map((seat) => ({ ...seat, secret: "" }));
  assert.deepEqual(new Set(openings(early).map((one) => one.agrees)), new Set([null]));
  assert.deepEqual([freezes(early), seeds(early), tickets(early, result), tickets(doc, null)], [null, null, null, null]);
});

test("another secret does not fit its commitment", () => {
  const { doc } = told();
  assert.equal(opens(doc, "w1", "ab".repeat(32)), false);
  assert.equal(opens(doc, "w2", doc.seats[0].secret), false);
});

test("one changed commitment changes the freeze digest", () => {
  const { doc } = told();
  doc.seats[0].commitment = "0".repeat(64);
  assert.equal(freezes(doc), false);
});

test("one changed digit or another key is seen", () => {
  const { doc } = told();
  const digits = doc.dice.digits.replace(/.$/, (last) => String((Number(last) + 1) % 10));
  assert.equal(seeds({ ...doc, dice: { ...doc.dice, digits } }), false);
  assert.equal(seeds({ ...doc, opening: { ...doc.opening, key: "0".repeat(32) } }), false);
});

test("a row put in, or two rows exchanged, is seen", () => {
  const { doc, result } = told();
  const strange = [{ ...result.rows[0], code: "STRANGER" }, ...result.rows.slice(1)];
  assert.equal(tickets(doc, { rows: strange }), false);
  const [first, second, ...rest] = result.rows;
  assert.equal(first.stratum, second.stratum);
  assert.equal(tickets(doc, { rows: [second, first, ...rest] }), false);
});
