// ceremony.json: commitments and openings, the freeze digest, the seed and the key (protocol, section 3).
import { tagged } from "./sha256.js";
import { checkKeys, parseJson, refuse } from "./tables.js";
import { refusals } from "./words.js";

const FILE = "ceremony.json";
const DIGEST = /^[0-9a-f]{64}$/;
const PUBLIC_VALUE = /^[0-9a-f]{1,128}$/;
const DICE = /^[0-9]{20}$/;
const SYSTEM_SECRET = /^[0-9a-f]{64}$/;
const WITNESS_SECRET = /^[0-9a-f]{32,64}$/;

const shapeOf = (party) => ({ dice: DICE, system: SYSTEM_SECRET })[party] ?? WITNESS_SECRET;
const matches = (shape, text) => typeof text === "string" && shape.test(text);

/** ceremony.json in the right form; whether the openings keep their promise is `checkCommitments`. */
export function parseCeremony(bytes, rules) {
  const raw = parseJson(FILE, bytes);
  checkKeys(FILE, raw, ["commitments", "reveals", "public_value"], FILE);
  checkKeys(FILE, raw.commitments, rules.committed, "commitments");
  checkKeys(FILE, raw.reveals, rules.parties, "reveals");
  for (const party of rules.committed) {
    if (!matches(DIGEST, raw.commitments[party])) refuse(refusals.commitmentForm(party));
  }
  for (const party of rules.parties) {
    if (!matches(shapeOf(party), raw.reveals[party])) refuse(refusals.secretForm(party));
  }
  if ((raw.public_value === null) !== (rules.public_value === null)) refuse(refusals.publicValue());
  if (raw.public_value !== null && !matches(PUBLIC_VALUE, raw.public_value)) refuse(refusals.publicValue());
  return raw;
}

export const commitmentOf = (draw, rulesDigest, party, secret) => tagged("commit", draw, rulesDigest, party, secret);

/** Every opening fits what was promised, and no two parties opened the same secret. */
export function checkCommitments(ceremony, rules, rulesDigest) {
  const seen = new Set();
  for (const party of rules.committed) {
    const secret = ceremony.reveals[party];
    const promised = ceremony.commitments[party];
    if (commitmentOf(rules.draw, rulesDigest, party, secret) !== promised) refuse(refusals.brokenCommitment(party));
    if (seen.has(secret)) refuse(refusals.equalSecrets(party));
    seen.add(secret);
  }
}

const flat = (parties, values) => parties.flatMap((party) => [party, values[party]]);

export const freezeOf = (ceremony, rules, rulesDigest) =>
  tagged("freeze", rules.draw, rulesDigest, rules.committed.length, ...flat(rules.committed, ceremony.commitments));

export const seedOf = (ceremony, rules, rulesDigest) =>
  tagged(
    "seed", rules.draw, rulesDigest, rules.parties.length,
    ...flat(rules.parties, ceremony.reveals), ceremony.public_value ?? "-",
  );

export const keyOf = (seed) => tagged("key", seed).slice(0, 32);
