// What a screen computes for itself from the state document: it believes no verdict of the server.
// Every answer is true, false, or null when there is nothing to compute yet.
import { commitmentOf, freezeOf, keyOf, seedOf } from "../portal/verify/ceremony.js";
import { sha } from "../portal/verify/sha256.js";

const byBytes = (one, other) => (one < other ? -1 : 1);
const bound = (doc) => [...doc.seats.map((seat) => seat.party), "system"].sort(byBytes);

function commitments(doc) {
  const all = { system: doc.digests.system?.digest };
  for (const seat of doc.seats) all[seat.party] = seat.commitment;
  return all;
}

/** Does an opened secret fit what was committed before the dice? */
export function opens(doc, party, secret) {
  const promised = commitments(doc)[party];
  if (!secret || !promised) return null;
  return commitmentOf(doc.number, doc.digests.rules.digest, party, secret) === promised;
}

/** One line a party: the witnesses, and the system once its opening may be seen. */
export const openings = (doc) => [
  ...doc.seats.map((seat) => ({ party: seat.party, name: seat.name, agrees: opens(doc, seat.party, seat.secret) })),
  { party: "system", name: "", agrees: opens(doc, "system", doc.opening?.system) },
];

/** Is the freeze digest, read aloud before the dice, the one of these commitments? */
export function freezes(doc) {
  if (!doc.digests.freeze) return null;
  const rules = { draw: doc.number, committed: bound(doc) };
  const computed = freezeOf({ commitments: commitments(doc) }, rules, doc.digests.rules.digest);
  return computed === doc.digests.freeze.digest;
}

/** Do the openings, the dice and the public value give this seed, and the seed this key? */
export function seeds(doc) {
  if (!doc.opening?.seed) return null;
  const reveals = { dice: doc.dice.digits, system: doc.opening.system };
  for (const seat of doc.seats) reveals[seat.party] = seat.secret;
  const rules = { draw: doc.number, parties: Object.keys(reveals).sort(byBytes) };
  const ceremony = { reveals, public_value: doc.dice.public_value || null };
  const seed = seedOf(ceremony, rules, doc.digests.rules.digest);
  return seed === doc.opening.seed && keyOf(seed) === doc.opening.key;
}

/** Has every row the ticket that the key gives it, and are they in the order of their tickets? */
export function tickets(doc, result) {
  if (!doc.opening?.key || !result) return null;
  let before = null;
  for (const row of result.rows) {
    const ticket = sha(`${doc.opening.key}:${row.code}`);
    if (!ticket.startsWith(row.ticket)) return false;
    if (before?.stratum === row.stratum && !(before.ticket < ticket)) return false;
    before = { stratum: row.stratum, ticket };
  }
  return true;
}
