// Steps 7 and 8, the two ways a draw stops, and the firm that somebody in the room asked about.
import { el, grouped, spoken, template } from "./dom.js";
import * as words from "./words.js";

const LOOKS = { SIGNED: ["good", "✓"], RESERVED: ["odd", "！"], REFUSED: ["bad", "✕"] };
const OFFICES = new Set(["agency", "discipline"]);

function signature(doc, one) {
  const [look, mark] = LOOKS[one.outcome];
  const witness = doc.seats.find((seat) => seat.party === one.seat);
  const name = witness ? `${witness.party} ${witness.name} · ${one.capacity}` : one.capacity;
  return el("li", { class: look }, el("b", {}, name), el("span", {}, `${mark} ${one.outcome_label}`), one.text ? el("em", {}, one.text) : null);
}

export function signatures() {
  const list = el("ul", { class: "cards" });
  const said = el("div");
  const node = el("div", { class: "stack" }, el("h2", {}, words.signing.title), list, said);
  return {
    node,
    update(doc) {
      const signed = doc.signatures.map((one) => signature(doc, one));
      const missing = doc.awaited.map((one) => el("li", { class: "waiting" }, el("b", {}, one.label), el("span", {}, `… ${words.signing.wait}（${words.signing.required}）`)));
      list.replaceChildren(...signed, ...missing);
      list.classList.toggle("many", list.children.length > 6);
      said.replaceChildren(doc.is_rehearsal && doc.over ? el("p", { class: "lead" }, words.inForce.rehearsed) : "");
      if (list.children.length <= 6) said.append(spoken(doc.result, { title: words.result.words }));
    },
  };
}

export const isOffice = (seat) => OFFICES.has(seat);

export function inForce(doc) {
  const said = el("div", {}, el("h2", {}, words.inForce.title), el("p", { class: "lead" }, words.inForce.take(doc.counts.take)), doc.names.open ? null : el("p", {}, doc.names.when));
  return { node: el("div", { class: "beside" }, template("checking"), said), update() {} };
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
  const look = { drawn: "good", reserve: "odd", excluded: "odd", sealed: "waiting", absent: "waiting", missed: "waiting" }[one.verdict];
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
