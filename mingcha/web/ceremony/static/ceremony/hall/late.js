// Steps 7 and 8, the two ways a draw stops, and the firm that somebody in the room asked about.
import { card, density, el, grouped, isCrowd, spoken, template } from "./dom.js";
import * as words from "./words.js";

const LOOKS = { SIGNED: ["good", "✓"], RESERVED: ["odd", "！"], REFUSED: ["bad", "✕"] };
const SMALL = 6; // cards beside which the words of the result still fit

function signature(doc, one, crowded) {
  const [look, mark] = LOOKS[one.outcome];
  const witness = doc.seats.find((seat) => seat.party === one.seat);
  const known = witness ? `${witness.party} ${witness.name}` : one.capacity;
  const name = witness && !crowded ? `${known} · ${one.capacity}` : known;
  return card(look, name, [mark, one.outcome_label], one.text);
}

/** What must not be overlooked comes first: the offices, then whoever did not simply sign. */
const weight = (one) => (one.required ? 0 : one.outcome === "SIGNED" ? 2 : 1);
const byWeight = (one, other) => weight(one) - weight(other);

export function signatures() {
  const list = el("ul", { class: "cards" });
  const said = el("div");
  const node = el("div", { class: "stack" }, el("h2", {}, words.signing.title), list, said);
  return {
    node,
    update(doc) {
      const crowded = isCrowd(doc.signatures.length + doc.awaited.length);
      const signed = [...doc.signatures].sort(byWeight).map((one) => signature(doc, one, crowded));
      const missing = doc.awaited.map((one) => card("waiting", one.label, ["…", `${words.signing.wait}（${words.signing.required}）`]));
      list.replaceChildren(...signed, ...missing);
      density(list);
      said.replaceChildren(doc.is_rehearsal && doc.over ? el("p", { class: "lead" }, words.inForce.rehearsed) : "");
      if (list.children.length <= SMALL) said.append(spoken(doc.result, { title: words.result.words, whole: false }));
    },
  };
}

export function inForce(doc) {
  const said = el("div", {}, el("h2", {}, words.inForce.title), el("p", { class: "lead" }, words.inForce.take(doc.counts.take)), doc.names.open ? null : el("p", {}, doc.names.when));
  return { node: el("div", { class: "beside calm" }, template("checking"), said), update() {} };
}

export function ended(doc) {
  const { kind, reason } = doc.ending;
  const drawn = kind === "voided" && doc.result && !doc.is_rehearsal;
  const node = el("div", { class: "stack ended" },
    el("h2", {}, words.ended[kind]), el("p", { class: "lead" }, words.ended.reason(reason)),
    drawn ? el("p", {}, words.ended.still) : null, el("p", {}, words.ended.stays));
  return { node, update() {} };
}

const fact = (term, ...said) => [el("dt", {}, term), el("dd", {}, ...said)];

export function firm(doc) {
  const one = doc.shown;
  const look = { drawn: "good", entered: "good", replaced: "odd", reserve: "odd", excluded: "odd", sealed: "waiting", absent: "waiting", missed: "waiting" }[one.verdict];
  const facts = one.place === undefined ? null : el("dl", {},
    ...fact(words.shown.ticket, el("code", {}, grouped(one.ticket.slice(0, 8)))),
    ...fact(words.shown.line, el("code", {}, one.line ? `≤ ${grouped(one.line.slice(0, 8))}` : "—")));
  const node = el("div", { class: "stack firm" },
    el("h2", {}, one.name || one.code), one.name ? el("p", {}, el("code", {}, grouped(one.code))) : null,
    el("p", { class: `verdict ${look}` }, one.label),
    one.reason ? el("p", {}, one.reason) : null, one.verdict === "absent" ? el("p", {}, words.shown.absent) : null,
    one.place === undefined ? null : el("p", { class: "lead" }, words.shown.place(one.place, one.of), el("br"), words.shown.rank(one.stratum, one.rank, one.take)),
    facts);
  return { node, update() {} };
}
