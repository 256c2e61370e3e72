import assert from "node:assert/strict";
import { test } from "node:test";

import { groupOrder, pairOrder } from "../../../../mingcha/web/portal/static/portal/verify/lottery.js";
import { verifySteps } from "../../../../mingcha/web/portal/static/portal/verify/verify.js";
import { names, sha, vector } from "./bundles.js";

async function verified({ files, published }) {
  const run = verifySteps(files, published);
  const steps = [];
  let turn = await run.next();
  for (; !turn.done; turn = await run.next()) steps.push(turn.value);
  return { steps, state: turn.value };
}

test("there are worked bundles of every kind", () => {
  assert.ok(names.length >= 6, `found ${names}`);
});

for (const name of names) {
  const bundle = vector(name);
  const { expected, files } = bundle;

  test(`${name}: every step holds`, async () => {
    const { steps } = await verified(bundle);
    assert.deepEqual(steps.filter((step) => step.ok !== true).map((step) => step.code), []);
    assert.equal(steps.length, 14);
  });

  test(`${name}: digests, seed and key are the expected ones`, async () => {
    const { state, steps } = await verified(bundle);
    assert.equal(state.rulesDigest, expected.rules_digest);
    assert.match(steps.find((step) => step.code === "freeze").detail, new RegExp(expected.freeze));
    assert.equal(state.seed, expected.seed);
    assert.equal(state.key, expected.key);
  });

  test(`${name}: the recomputed result is the published one byte for byte`, async () => {
    const { state } = await verified(bundle);
    const text = [...state.objectLines, ...state.staffLines].map((line) => `${line}\n`).join("");
    assert.equal(text, new TextDecoder().decode(files["result.tsv"]));
    assert.equal(sha(text), expected.result_sha256);
  });

  test(`${name}: the fairest maximum and the orders are the expected ones`, async () => {
    const { state } = await verified(bundle);
    const levels = Object.fromEntries(Object.keys(expected.L).map((role) => [role, state.lotteries.get(role).level]));
    assert.deepEqual(levels, expected.L);
    const [first] = expected.group_order;
    assert.deepEqual(groupOrder(state.key, [...expected.group_order].sort()), expected.group_order);
    const people = expected.pair_order_of_first_group_all_of_role;
    assert.deepEqual(pairOrder(state.key, first, [...people].sort()), people);
    if (first) {
      const { accepted } = state.lotteries.get(first.split("/")[1]);
      assert.deepEqual([...accepted.keys()], expected.group_order, "groups are visited in that order");
    }
  });
}
