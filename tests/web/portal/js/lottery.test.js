import assert from "node:assert/strict";
import { test } from "node:test";

import { runLottery } from "../../../../mingcha/web/portal/static/portal/verify/lottery.js";
import { lotteryByDefinition } from "./oracle.js";
import { randomFrom } from "./random.js";

const still = async () => {};

/** Few, tight and lopsided: priors that bind, capacities that do not suffice, repeated and lonely eligible sets. */
function smallInstance(random) {
  const people = Array.from({ length: random.between(1, 5) }, (_, at) => ({
    id: `P${at}`, capacity: random.between(1, 4), prior: random.between(0, 3),
  }));
  const pools = Array.from({ length: random.between(1, 3) }, () =>
    people.map(({ id }) => id).filter(() => random.chance(0.7)));
  const groups = Array.from({ length: random.between(0, 5) }, (_, at) => ({
    name: `G${at}/role`, eligible: pools[random.below(pools.length)],
  }));
  return { people, groups, need: random.between(1, 3), slack: random.between(0, 2) };
}

function joinedClasses({ groups, people }) {
  const classes = new Map();
  for (const { name, eligible } of groups) {
    const signature = eligible.join();
    const indexes = eligible.map((id) => people.findIndex((person) => person.id === id));
    classes.set(signature, classes.get(signature) ?? { names: [], eligible: indexes });
    classes.get(signature).names.push(name);
  }
  return [...classes.values()];
}

const plain = ({ level, lifted, accepted, unstaffed }) => ({
  level, lifted, accepted: [...accepted], unstaffed: [...unstaffed].sort(),
});

test("the lottery equals its definition tried by brute force on 1,500 small instances", async () => {
  const seen = { lifted: 0, unstaffed: 0 };
  for (let seed = 1; seed <= 1500; seed++) {
    const instance = smallInstance(randomFrom(seed));
    const key = `key${seed}`;
    const wanted = plain(lotteryByDefinition(key, instance));
    const got = plain(await runLottery(key, { ...instance, classes: joinedClasses(instance) }, still));
    assert.deepEqual(got, wanted, `instance ${seed}`);
    seen.lifted += wanted.lifted;
    seen.unstaffed += wanted.unstaffed.length > 0;
  }
  assert.ok(seen.lifted > 50 && seen.unstaffed > 50, "the instances reach the rare branches");
});

test("groups split into single classes give the same places as groups joined into one", async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const instance = smallInstance(randomFrom(seed));
    const classes = joinedClasses(instance);
    const single = classes.flatMap(({ names, eligible }) => names.map((name) => ({ names: [name], eligible })));
    const joined = await runLottery("k", { ...instance, classes }, still);
    const split = await runLottery("k", { ...instance, classes: single }, still);
    assert.deepEqual(plain(split), plain(joined));
  }
});

test("nobody gets more than the slack above the fairest possible maximum", async () => {
  const people = Array.from({ length: 30 }, (_, at) => ({ id: `P${at}`, capacity: 50, prior: at % 4 }));
  const names = Array.from({ length: 120 }, (_, at) => `G${at}/role`);
  const classes = [{ names, eligible: people.map((_, at) => at) }];
  const { level, accepted } = await runLottery("k", { classes, people, need: 2, slack: 1 }, still);
  const load = new Map(people.map(({ id, prior }) => [id, prior]));
  for (const id of [...accepted.values()].flat()) load.set(id, load.get(id) + 1);
  assert.equal(level, 10, "240 places and 44 prior ones over 30 people need 10 each");
  assert.ok(Math.max(...load.values()) <= 11);
});

test("a prior of hundreds of thousands is stepped over, not counted through", async () => {
  const people = [{ id: "P0", capacity: 3, prior: 999999 }, { id: "P1", capacity: 1, prior: 0 }];
  const classes = [{ names: ["G0/r", "G1/r"], eligible: [0, 1] }];
  const { level, accepted } = await runLottery("k", { classes, people, need: 1, slack: 0 }, still);
  assert.equal(level, 1000000);
  assert.deepEqual([...accepted.values()].flat().sort(), ["P0", "P1"]);
});
