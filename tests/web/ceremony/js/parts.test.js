import assert from "node:assert/strict";
import { test } from "node:test";

import { renew } from "../../../../mingcha/web/ceremony/static/ceremony/parts.js";

/** As much of a page as `renew` touches: parts under a root, each with fields, folds and a text to tell it by. */
class Root {
  constructor(...parts) {
    this.parts = parts;
    this.ownerDocument = { activeElement: null, importNode: (node) => node };
    for (const part of parts) this.adopt(part);
  }

  adopt(part) {
    part.root = this;
    part.ownerDocument = this.ownerDocument;
    for (const field of part.fields) field.ownerDocument = this.ownerDocument;
  }

  querySelectorAll() { return [...this.parts]; }

  put(at, part) {
    this.parts.splice(at, 0, part);
    this.adopt(part);
  }

  prepend(part) { this.put(0, part); }

  get told() { return this.parts.map((part) => `${part.dataset.part}:${part.text}`); }
}

class Part {
  constructor(name, text, { fields = [], folds = [], busy = false } = {}) {
    Object.assign(this, { dataset: { part: name }, text, fields, folds, busy });
  }

  querySelector() { return this.busy ? this : null; }

  querySelectorAll(selector) { return selector === "details" ? this.folds : this.fields; }

  get at() { return this.root.parts.indexOf(this); }

  remove() { this.root.parts.splice(this.at, 1); }

  after(part) { this.root.put(this.at + 1, part); }

  replaceWith(part) {
    const { root, at } = this;
    this.remove();
    root.put(at, part);
  }
}

const text = (value, defaultValue = "") => ({ tagName: "TEXTAREA", type: "textarea", value, defaultValue });

test("parts come, change and go in the order of the fresh page", () => {
  const page = new Root(new Part("head", 1), new Part("act-FROZEN", 1), new Part("objection", 1));
  renew(page, new Root(new Part("head", 2), new Part("act-COMMITTED", 2), new Part("digests", 2), new Part("objection", 2)));
  assert.deepEqual(page.told, ["head:2", "act-COMMITTED:2", "digests:2", "objection:2"]);
});

test("what somebody types stays, what stands around it is renewed", () => {
  const page = new Root(new Part("head", 1), new Part("objection", 1, { fields: [text("正在写")] }));
  renew(page, new Root(new Part("head", 2), new Part("objection", 2, { fields: [text("")] })));
  assert.deepEqual(page.told, ["head:2", "objection:1"]);
});

test("a ticked box, a chosen option and a focused field are being worked on", () => {
  const ticked = { tagName: "INPUT", type: "checkbox", checked: true, defaultChecked: false };
  const chosen = { tagName: "SELECT", options: [{ selected: true, defaultSelected: false }] };
  const focused = text("");
  for (const field of [ticked, chosen, focused]) {
    const page = new Root(new Part("sign", 1, { fields: [field] }));
    if (field === focused) page.ownerDocument.activeElement = focused;
    renew(page, new Root(new Part("sign", 2)));
    assert.deepEqual(page.told, ["sign:1"]);
  }
});

test("a secret that exists only on this page keeps its part until the phase is over", () => {
  const page = new Root(new Part("act-FROZEN", 1, { busy: true }));
  renew(page, new Root(new Part("act-FROZEN", 2)));
  assert.deepEqual(page.told, ["act-FROZEN:1"]);
  renew(page, new Root(new Part("act-ABORTED", 3)));
  assert.deepEqual(page.told, ["act-ABORTED:3"]);
});

test("what somebody has unfolded stays unfolded", () => {
  const page = new Root(new Part("digests", 1, { folds: [{ open: true }, { open: false }] }));
  const fresh = new Part("digests", 2, { folds: [{ open: false }, { open: false }, { open: false }] });
  renew(page, new Root(fresh));
  assert.deepEqual(page.parts[0].folds.map((one) => one.open), [true, false, false]);
});
