// What separates two results, place by place, so that a reader learns which object or inspector differs.
import { differences } from "./words.js";

const KEY_FIELDS = { object: 3, assign: 4 };

/** What a line is about: stratum and rank of an object; whom, role and position of an assignment; else all of it. */
const placeOf = (line) => {
  const fields = line.split("\t");
  return fields.slice(0, KEY_FIELDS[fields[0]] ?? fields.length).join("\t");
};

/** One sentence a place that is not the same; empty when both have the same lines. */
export function differencesBetween(expected, published) {
  const given = new Map(published.map((line) => [placeOf(line), line]));
  const wanted = new Map(expected.map((line) => [placeOf(line), line]));
  const sentences = [];
  for (const [place, line] of wanted) {
    const found = given.get(place);
    if (found === undefined) sentences.push(differences.missing(line));
    else if (found !== line) sentences.push(differences.other(line, found));
  }
  for (const [place, line] of given) if (!wanted.has(place)) sentences.push(differences.extra(line));
  return sentences;
}
