// A witness's secret: made on the witness's own phone, kept there until it is opened, shown again after a reload.
// crypto.getRandomValues works on plain http too; crypto.subtle does not, so the hash comes from the package.
import { sha256 } from "../vendor/noble/sha2.js";

const SECRET = /^[0-9a-f]{64}$/;
const SECRET_BYTES = 32;

const words = {
  damaged: "本机保存的随机数已损坏，不能使用：改用密封副本开启。",
};

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** JSON of both parts, so that no draw number can be taken for another draw's number and seat. */
const placeOf = (draw, seat) => `mingcha.secret.${JSON.stringify([draw, seat])}`;

/** H("commit", draw, rules_digest, party, secret) of the draw protocol. */
export function commitmentOf({ draw, rulesDigest, seat, secret }) {
  const text = ["fairdraw/1/commit", draw, rulesDigest, seat, secret].map((line) => `${line}\n`).join("");
  return hexOf(sha256(new TextEncoder().encode(text)));
}

/** The secret kept for this seat, or null. A damaged one is refused, never replaced: its commitment may be public. */
export function keptSecret({ draw, seat }, storage) {
  const secret = storage.getItem(placeOf(draw, seat));
  if (secret !== null && !SECRET.test(secret)) throw new Error(words.damaged);
  return secret;
}

/**
 * The seat's secret and its commitment: the kept one, or a new one.
 * `kept` is false when the phone would not store it (private browsing): the page must then be left open.
 */
export function secretFor({ draw, rulesDigest, seat }, storage, random = globalThis.crypto) {
  const known = readable(() => keptSecret({ draw, seat }, storage));
  const secret = known ?? hexOf(random.getRandomValues(new Uint8Array(SECRET_BYTES)));
  const kept = known !== null || stored(placeOf(draw, seat), secret, storage);
  return { secret, commitment: commitmentOf({ draw, rulesDigest, seat, secret }), kept };
}

/** Once the server has confirmed the opening, the phone keeps nothing. */
export const forgetSecret = ({ draw, seat }, storage) => storage.removeItem(placeOf(draw, seat));

/** A forbidden storage (DOMException) reads as empty; a damaged secret is still refused. */
function readable(read) {
  try {
    return read();
  } catch (error) {
    if (error.message === words.damaged) throw error;
    return null;
  }
}

function stored(place, secret, storage) {
  try {
    storage.setItem(place, secret);
    // Some private modes accept and forget at once.
    return storage.getItem(place) === secret;
  } catch {
    return false;
  }
}
