// rules.json: what was fixed before chance came in, and whether the frozen tables agree with it.
import { checkKeys, isIdentifier, parseJson, refuse, rowOf, TABLES } from "./tables.js";
import { refusals } from "./words.js";

const FILE = "rules.json";
const KEYS = [
  "protocol", "hash", "draw", "title", "parties", "physical", "public_value",
  "frame", "excluded", "roster", "barred", "strata", "assignment",
];
const DIGEST = /^[0-9a-f]{64}$/;
const MOST_TEAMS = 9999;
// A number has at most six digits (section 1), the rows of a table alone go up to the limit of a bundle (section 6).
const MOST = 999_999;
const MOST_ROWS = 20_000_000;

const isCount = (value, { least = 0, most = MOST } = {}) =>
  Number.isSafeInteger(value) && value >= least && value <= most;
const demand = (holds, sentence) => holds || refuse(sentence);

/** Sorted by bytes, without repeats; every permitted party is ASCII. */
const isRising = (list) => list.every((item, at) => at === 0 || list[at - 1] < item);

function checkParties({ parties, physical, public_value: publicValue }) {
  const isTexts = (list) => Array.isArray(list) && list.every((item) => typeof item === "string");
  demand(isTexts(parties) && isTexts(physical), refusals.parties());
  demand(isRising(parties) && isRising(physical), refusals.parties());
  const witnesses = parties.filter((party) => party !== "system" && party !== "dice");
  const seats = new Set(witnesses.map((_, at) => `w${at + 1}`));
  demand(parties.includes("system") && witnesses.length >= 2, refusals.parties());
  demand(witnesses.every((party) => seats.has(party)), refusals.parties());
  const dice = parties.includes("dice");
  demand(physical.join() === (dice ? "dice" : ""), refusals.parties());
  demand(dice || publicValue !== null, refusals.noOutsideChance());
}

function checkHead(raw) {
  checkKeys(FILE, raw, KEYS, FILE);
  demand(raw.protocol === "fairdraw/1" && raw.hash === "sha256", refusals.protocol());
  demand(typeof raw.draw === "string" && typeof raw.title === "string", refusals.rulesText());
  demand(raw.public_value === null || typeof raw.public_value === "string", refusals.rulesText());
  for (const table of Object.keys(TABLES)) {
    checkKeys(FILE, raw[table], ["rows", "sha256"], table);
    const { rows, sha256 } = raw[table];
    demand(isCount(rows, { most: MOST_ROWS }) && DIGEST.test(sha256), refusals.wrongKeys(FILE, table));
  }
}

function readStrata(raw) {
  demand(raw !== null && typeof raw === "object" && !Array.isArray(raw), refusals.wrongKeys(FILE, "strata"));
  for (const [code, stratum] of Object.entries(raw)) {
    checkKeys(FILE, stratum, ["take", "reserve"], "strata");
    const sound = isIdentifier(code) && isCount(stratum.take) && isCount(stratum.reserve);
    demand(sound, refusals.stratumRule(code));
  }
  return new Map(Object.entries(raw).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function readAssignment(raw) {
  if (raw === null) return null;
  const team = raw.mode === "team";
  demand(team || raw.mode === "object", refusals.wrongKeys(FILE, "assignment"));
  checkKeys(FILE, raw, team ? ["mode", "teams", "roles", "slack"] : ["mode", "roles", "slack"], "assignment");
  demand(isCount(raw.slack), refusals.assignmentNumber("slack"));
  demand(!team || isCount(raw.teams, { least: 1, most: MOST_TEAMS }), refusals.assignmentNumber("teams"));
  const plainRoles = raw.roles !== null && typeof raw.roles === "object" && !Array.isArray(raw.roles);
  demand(plainRoles, refusals.wrongKeys(FILE, "roles"));
  const roles = Object.entries(raw.roles).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [role, need] of roles) {
    demand(isIdentifier(role) && role !== "team" && isCount(need, { least: 1 }), refusals.assignmentNumber(role));
  }
  return { mode: raw.mode, teams: raw.teams, slack: raw.slack, roles: new Map(roles) };
}

/** rules.json as an object whose strata and roles are maps in byte order. */
export function parseRules(bytes) {
  const raw = parseJson(FILE, bytes);
  checkHead(raw);
  checkParties(raw);
  return {
    ...raw,
    strata: readStrata(raw.strata),
    assignment: readAssignment(raw.assignment),
    committed: raw.parties.filter((party) => !raw.physical.includes(party)),
  };
}

/** Rows of the frame by stratum, in the order of the rules. */
export function rowsByStratum(frame, strata) {
  const rows = new Map(Array.from(strata.keys(), (code) => [code, []]));
  frame.stratum.forEach((code, row) => {
    const own = rows.get(code) ?? refuse(refusals.stratumMissing(code));
    own.push(row);
  });
  return rows;
}

// A stratum without any row is refused before the freeze (section 2), yet the worked bundle tight-staff has one and a
// result: reading accepts it, as the offline verifier does, since nobody is drawn from an empty stratum.
function checkStrata(frame, strata) {
  for (const [code, rows] of rowsByStratum(frame, strata)) {
    const { take } = strata.get(code);
    demand(rows.length === 0 || take <= rows.length, refusals.takeTooLarge(code, take, rows.length));
  }
}

function checkTeamsFillable({ mode, teams, roles }, roster) {
  if (mode !== "team") return;
  for (const [role, need] of roles) {
    const people = roster.role.filter((own) => own === role).length;
    demand(people >= teams * need, refusals.tooFewForTeams(role, teams * need, people));
  }
}

/** Without this the draw cannot even be repeated. */
export function checkComputable({ rules, frame, roster }) {
  rowsByStratum(frame, rules.strata);
  if (rules.assignment) checkTeamsFillable(rules.assignment, roster);
}

/** What no single file can show: the files among themselves and with the rules. */
export function checkTogether({ rules, frame, excluded, roster, barred }) {
  for (const object of excluded.object) {
    demand(rowOf(frame.object, object) < 0, refusals.framedAndExcluded(object));
  }
  barred.object.forEach((object, row) => {
    const known = rowOf(frame.object, object) >= 0 || rowOf(excluded.object, object) >= 0;
    const inspector = barred.inspector[row];
    demand(known && rowOf(roster.inspector, inspector) >= 0, refusals.barredUnknown(object, inspector));
  });
  checkStrata(frame, rules.strata);
}
