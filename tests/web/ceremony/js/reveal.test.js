import assert from "node:assert/strict";
import { test } from "node:test";

import { countsFill, filled, lasts, linesOf, rowsAStep, shownAfter } from "../../../../mingcha/web/ceremony/static/ceremony/hall/reveal.js";

test("ten rows a second", () => {
  assert.equal(shownAfter(0, 125), 0);
  assert.equal(shownAfter(1000, 125), 10);
  assert.equal(shownAfter(12_500, 125), 125);
  assert.equal(lasts(125), 12_500);
});

test("never longer than a minute, however long the list", () => {
  for (const total of [1, 599, 600, 601, 4157, 300_000]) {
    assert.ok(lasts(total) <= 60_000, `${total}`);
    assert.equal(shownAfter(lasts(total), total), total);
    assert.ok(shownAfter(lasts(total) - 101, total) < total, `${total}`);
  }
  assert.equal(rowsAStep(600), 1);
  assert.equal(rowsAStep(601), 2);
});

test("nothing is shown twice or beyond the end", () => {
  assert.equal(shownAfter(10_000_000, 7), 7);
  assert.equal(shownAfter(1000, 0), 0);
});

test("above two hundred rows people watch counts", () => {
  assert.equal(countsFill(200), false);
  assert.equal(countsFill(201), true);
});

const strata = [{ code: "a", label: "甲", take: 2 }, { code: "b", label: "乙", take: 1 }, { code: "c", label: "丙", take: 0 }];
const rows = [
  { stratum: "a", ticket: "0001aaaa" }, { stratum: "a", ticket: "0002aaaa" }, { stratum: "b", ticket: "00f0aaaa" },
];

test("counts fill stratum by stratum", () => {
  assert.deepEqual(filled(strata, rows, 0).map((one) => one.shown), [0, 0, 0]);
  assert.deepEqual(filled(strata, rows, 2).map((one) => one.shown), [2, 0, 0]);
  assert.deepEqual(filled(strata, rows, 3).map((one) => one.shown), [2, 1, 0]);
});

test("the line of a stratum is its last drawn ticket; one that draws nobody has none", () => {
  assert.deepEqual(linesOf(strata, rows).map((one) => one.ticket), ["0002aaaa", "00f0aaaa", ""]);
});
