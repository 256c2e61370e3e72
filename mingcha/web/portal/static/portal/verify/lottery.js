// Inspectors (protocol, section 5): the lottery with look-ahead, for single objects and for teams.
import { Matching } from "./matching.js";
import { byBytes, orderedIds } from "./order.js";

const bound = ({ capacity, prior }, level, lifted) => {
  const above = Math.max(0, level - prior);
  return lifted ? above : Math.min(capacity, above);
};

/** The next level at which one of the people in the way could take more; null when their capacities forbid it. */
function nextLevel(stuck, people, level, lifted) {
  let next = Infinity;
  for (const at of stuck) {
    const person = people[at];
    const mayRise = lifted || bound(person, level, false) < person.capacity;
    if (mayRise) next = Math.min(next, Math.max(level, person.prior) + 1);
  }
  return next === Infinity ? null : next;
}

function fillFairly(classes, need, people, lifted) {
  const matching = new Matching(classes, need, people.length);
  let level = 0;
  while (level !== null) {
    people.forEach((person, at) => { matching.cap[at] = bound(person, level, lifted); });
    const stuck = matching.fill();
    if (stuck === null) return { matching, level };
    level = nextLevel(stuck, people, level, lifted);
  }
  return null;
}

const withPlaces = (classes) =>
  classes.map(({ eligible, names }) => ({ eligible, room: names.length }));

/** People in the order of the group's own pair hashes. */
export const pairOrder = (key, group, people) => orderedIds(`${key}:pair:${group}:`, people);

export const groupOrder = (key, groups) => orderedIds(`${key}:group:`, groups);

function visit(key, group, at, { classes, matching, people, need }) {
  matching.openGroup(at);
  // Who is at the cap already could only be rejected, so need not be hashed.
  const able = classes[at].eligible.filter((person) => matching.cap[person] > 0);
  const places = new Map(able.map((person) => [people[person].id, person]));
  const accepted = [];
  for (const id of pairOrder(key, group, [...places.keys()])) {
    if (accepted.length === need) break;
    if (matching.accept(places.get(id))) accepted.push(id);
  }
  return accepted;
}

/**
 * One lottery. `classes` are groups with the same eligible people: [{names, eligible: [index into people…]}];
 * `people` are {id, capacity, prior}. Gives {level, lifted, accepted: Map(group → ids in order), unstaffed}.
 */
export async function runLottery(key, { classes: all, people, need, slack }, breathe) {
  const unstaffed = all.filter(({ eligible }) => eligible.length < need).flatMap(({ names }) => names);
  const classes = all.filter(({ eligible }) => eligible.length >= need);
  const fair = fillFairly(withPlaces(classes), need, people, false);
  const lifted = fair === null;
  const { matching, level } = fair ?? fillFairly(withPlaces(classes), need, people, true);
  people.forEach((person, at) => { matching.cap[at] = bound(person, level + slack, lifted); });
  const classOf = new Map(classes.flatMap(({ names }, at) => names.map((name) => [name, at])));
  const accepted = new Map();
  for (const group of groupOrder(key, [...classOf.keys()])) {
    accepted.set(group, visit(key, group, classOf.get(group), { classes, matching, people, need }));
    await breathe();
  }
  return { level, lifted, accepted, unstaffed };
}

const listed = (cell) => (cell === "-" ? [] : cell.split(","));

/** One inspector's or one team's reach: what the fit rule asks about. */
const isAllowed = ({ areas, skills }, { area, needs }) =>
  (area === "-" || areas.has("*") || areas.has(area)) && needs.every((need) => skills.has(need));

function barredAmong(candidates, { barred }) {
  if (barred.size === 0) return [];
  return candidates.flatMap(({ members }, at) => (members.some((one) => barred.has(one)) ? [at] : []));
}

/** Drawn objects joined by what decides who fits: area, needs and the people barred. */
function objectClasses(objects, candidates, suffix) {
  const classes = new Map();
  for (const object of objects) {
    const barred = barredAmong(candidates, object);
    const signature = [object.area, object.needs.join(","), barred.join(",")].join("\t");
    if (!classes.has(signature)) {
      const out = new Set(barred);
      const eligible = candidates.flatMap((one, at) => (!out.has(at) && isAllowed(one, object) ? [at] : []));
      classes.set(signature, { names: [], eligible });
    }
    classes.get(signature).names.push(`${object.id}/${suffix}`);
  }
  return [...classes.values()];
}

function inspectorsOf(role, roster) {
  const rows = roster.role.flatMap((own, row) => (own === role ? [row] : []));
  return rows.map((row) => ({
    id: roster.inspector[row],
    members: [roster.inspector[row]],
    areas: new Set(listed(roster.areas[row])),
    skills: new Set(listed(roster.skills[row])),
    capacity: Number(roster.capacity[row]),
    prior: Number(roster.prior[row]),
  }));
}

/** The drawn objects with what the fit rule needs to know of each. */
function objectsAt(rows, frame, barred) {
  const out = new Map();
  barred.object.forEach((object, row) => out.set(object, (out.get(object) ?? new Set()).add(barred.inspector[row])));
  return rows.map((row) => ({
    id: frame.object[row],
    area: frame.area[row],
    needs: listed(frame.needs[row]),
    barred: out.get(frame.object[row]) ?? new Set(),
  }));
}

async function assignPeople(key, objects, roster, { roles, slack }, breathe) {
  const lotteries = new Map();
  for (const [role, need] of roles) {
    const people = inspectorsOf(role, roster);
    const classes = objectClasses(objects, people, role);
    lotteries.set(role, await runLottery(key, { classes, people, need, slack }, breathe));
  }
  return lotteries;
}

const union = (sets) => new Set(sets.flatMap((set) => [...set]));

async function assignTeams(key, objects, roster, { teams: count, roles, slack }, breathe) {
  const names = Array.from({ length: count }, (_, at) => `T${String(at + 1).padStart(3, "0")}`);
  const lotteries = new Map();
  const crews = new Map(names.map((name) => [name, []]));
  for (const [role, need] of roles) {
    const people = inspectorsOf(role, roster).map((one) => ({ ...one, capacity: 1, prior: 0 }));
    const classes = [{ names: names.map((name) => `${name}/${role}`), eligible: people.map((_, at) => at) }];
    const lottery = await runLottery(key, { classes, people, need, slack: 0 }, breathe);
    const byId = new Map(people.map((one) => [one.id, one]));
    for (const [name, crew] of crews) crew.push(...lottery.accepted.get(`${name}/${role}`).map((id) => byId.get(id)));
    lotteries.set(role, lottery);
  }
  const teams = Array.from(crews, ([id, crew]) => ({
    id,
    members: crew.map((one) => one.id),
    areas: union(crew.map((one) => one.areas)),
    skills: union(crew.map((one) => one.skills)),
    capacity: objects.length,
    prior: 0,
  }));
  const classes = objectClasses(objects, teams, "team");
  lotteries.set("team", await runLottery(key, { classes, people: teams, need: 1, slack }, breathe));
  return lotteries;
}

/** All lotteries of a draw, by role (and "team"), for the drawn rows of the frame. */
export async function assign(key, drawn, { rules, frame, roster, barred }, breathe) {
  if (rules.assignment === null) return new Map();
  const objects = objectsAt(drawn, frame, barred);
  const run = rules.assignment.mode === "team" ? assignTeams : assignPeople;
  return run(key, objects, roster, rules.assignment, breathe);
}

/** The `assign`, `unstaffed` and `lifted` lines of result.tsv. */
export function staffLines(lotteries) {
  const assigned = [];
  for (const { accepted } of lotteries.values()) {
    for (const [group, people] of accepted) {
      const [whom, role] = group.split("/");
      people.forEach((person, at) => assigned.push([whom, role, at + 1, person]));
    }
  }
  assigned.sort((one, other) => byBytes(one[0], other[0]) || byBytes(one[1], other[1]) || one[2] - other[2]);
  const unstaffed = [...lotteries.values()].flatMap((lottery) => lottery.unstaffed).sort(byBytes);
  const lifted = [...lotteries].filter(([, lottery]) => lottery.lifted).map(([role]) => role).sort(byBytes);
  return [
    ...assigned.map((fields) => ["assign", ...fields].join("\t")),
    ...unstaffed.map((group) => `unstaffed\t${group}`),
    ...lifted.map((role) => `lifted\t${role}`),
  ];
}
