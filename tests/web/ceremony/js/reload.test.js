import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

let field, loaded, now;
const acts = {};
globalThis.location = { reload: () => { loaded += 1; } };
globalThis.document = {
  body: { querySelector: () => null, querySelectorAll: () => [field] },
  activeElement: null,
  addEventListener: (name, act) => { acts[name] = act; },
};
mock.method(performance, "now", () => now);
const { loadAgain } = await import("../../../../mingcha/web/ceremony/static/ceremony/reload.js");

const pressed = (within) => ({ target: { closest: (wanted) => (wanted === within ? {} : null) } });

beforeEach(() => {
  field = { ownerDocument: document, value: "", defaultValue: "", tagName: "INPUT", type: "text" };
  loaded = 0;
  now = (now ?? 0) + 60_000;
});

test("a page that nobody uses loads again, once while it is under way", () => {
  acts.click(pressed("summary"));
  assert.equal(loadAgain(), true);
  assert.equal(loadAgain(), false);
  assert.equal(loaded, 1);
});

test("what somebody types is not lost", () => {
  field.value = "3141";
  assert.equal(loadAgain(), false);
  assert.equal(loaded, 0);
});

for (const [name, act] of [["a form", () => acts.submit({})], ["a link", () => acts.click(pressed("a[href]"))]]) {
  test(`${name} just pressed is not swallowed, and a file that came of it does not keep the page for ever`, () => {
    act();
    now += 9_000;
    assert.equal(loadAgain(), false);
    now += 2_000;
    assert.equal(loadAgain(), true);
    assert.equal(loaded, 1);
  });
}
