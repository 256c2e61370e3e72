import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

let field, leaves, loaded, now;
globalThis.addEventListener = (name, act) => { if (name === "beforeunload") leaves = act; };
globalThis.location = { reload: () => { loaded += 1; leaves(); } };
globalThis.document = { body: { querySelector: () => null, querySelectorAll: () => [field] }, activeElement: null };
mock.method(performance, "now", () => now);
const { loadAgain } = await import("../../../../mingcha/web/ceremony/static/ceremony/reload.js");

beforeEach(() => {
  field = { ownerDocument: document, value: "", defaultValue: "", tagName: "INPUT", type: "text" };
  loaded = 0;
  now = (now ?? 0) + 60_000;
});

test("a page that nobody uses loads again, once while it is under way", () => {
  assert.equal(loadAgain(), true);
  assert.equal(loadAgain(), false);
  assert.equal(loaded, 1);
});

test("what somebody types is not lost", () => {
  field.value = "3141";
  assert.equal(loadAgain(), false);
  assert.equal(loaded, 0);
});

test("what somebody has just pressed is not swallowed, and a file that came of it does not keep the page for ever", () => {
  leaves();
  now += 9_000;
  assert.equal(loadAgain(), false);
  now += 2_000;
  assert.equal(loadAgain(), true);
  assert.equal(loaded, 1);
});
