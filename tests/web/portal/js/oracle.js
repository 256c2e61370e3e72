// The lottery of section 5 by its definition: every feasibility question is answered by trying everything.
import { sha } from "./bundles.js";

const ordered = (prefix, ids) =>
  [...ids].sort((one, other) => {
    const [left, right] = [sha(prefix + one) + one, sha(prefix + other) + other];
    return left < right ? -1 : 1;
  });

/** Can every group get its remaining people? groups: [{want, from: [person…]}], caps: what each may still take. */
function isFillable(groups, caps, at = 0) {
  if (at === groups.length) return true;
  const { want, from } = groups[at];
  if (want === 0) return isFillable(groups, caps, at + 1);
  return from.some((person, index) => {
    if (caps[person] <= 0) return false;
    const fewer = { ...caps, [person]: caps[person] - 1 };
    // Later people only, so that each set of people is tried once.
    const rest = [...groups];
    rest[at] = { want: want - 1, from: from.slice(index + 1) };
    return isFillable(rest, fewer, at);
  });
}

const bounds = (people, level, lifted) =>
  Object.fromEntries(people.map(({ id, capacity, prior }) => {
    const above = Math.max(0, level - prior);
    return [id, lifted ? above : Math.min(capacity, above)];
  }));

const remaining = (groups, accepted, need) =>
  groups.map(({ name, eligible }) => {
    const taken = accepted.get(name) ?? [];
    return { want: need - taken.length, from: eligible.filter((person) => !taken.includes(person)) };
  });

function smallestLevel(groups, people, need, lifted, highest) {
  for (let level = 0; level <= highest; level++) {
    if (isFillable(remaining(groups, new Map(), need), bounds(people, level, lifted))) return level;
  }
  return null;
}

/** groups: [{name, eligible: [id…]}]; people: [{id, capacity, prior}]. */
export function lotteryByDefinition(key, { groups: all, people, need, slack }) {
  const groups = all.filter(({ eligible }) => eligible.length >= need);
  const highest = Math.max(0, ...people.map(({ prior }) => prior)) + all.length;
  let level = smallestLevel(groups, people, need, false, highest);
  const lifted = level === null;
  if (lifted) level = smallestLevel(groups, people, need, true, highest);
  const caps = bounds(people, level + slack, lifted);
  const accepted = new Map();
  const byName = new Map(groups.map((group) => [group.name, group]));
  for (const name of ordered(`${key}:group:`, byName.keys())) {
    accepted.set(name, []);
    for (const person of ordered(`${key}:pair:${name}:`, byName.get(name).eligible)) {
      if (accepted.get(name).length === need) break;
      accepted.get(name).push(person);
      const left = { ...caps };
      for (const one of [...accepted.values()].flat()) left[one]--;
      const within = Object.values(left).every((rest) => rest >= 0);
      if (!within || !isFillable(remaining(groups, accepted, need), left)) accepted.get(name).pop();
    }
  }
  const unstaffed = all.filter(({ eligible }) => eligible.length < need).map(({ name }) => name);
  return { level, lifted, accepted, unstaffed };
}
