import assert from "node:assert/strict";
import { test } from "node:test";

import { orderedIds } from "../../../../mingcha/web/portal/static/portal/verify/order.js";
import { hexOfRow, tagged, wordHasher } from "../../../../mingcha/web/portal/static/portal/verify/sha256.js";
import { sha } from "./bundles.js";

test("the fast hash equals Node's own for every length around the block borders", () => {
  for (let head = 0; head <= 140; head += 7) {
    const hash = wordHasher("p".repeat(head));
    const words = new Uint32Array(130 * 8);
    for (let length = 0; length <= 129; length++) hash("i".repeat(length), words, length);
    for (let length = 0; length <= 129; length++) {
      assert.equal(hexOfRow(words, length), sha("p".repeat(head) + "i".repeat(length)), `${head} + ${length}`);
    }
  }
});

test("a tagged hash is made of lines that each end in LF, in UTF-8", () => {
  assert.equal(tagged("seed", "甲", 2), sha("fairdraw/1/seed\n甲\n2\n"));
});

test("order is the order of the hexadecimal hashes", () => {
  const ids = Array.from({ length: 500 }, (_, at) => `ID${at}`);
  const wanted = [...ids].sort((one, other) => (sha(`k:${one}`) < sha(`k:${other}`) ? -1 : 1));
  assert.deepEqual(orderedIds("k:", ids), wanted);
});
