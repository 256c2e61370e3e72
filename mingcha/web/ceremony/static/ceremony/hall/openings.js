// Step 5: every opening turns green once this browser has computed for itself that it fits its commitment.
import * as proof from "../proof.js";
import { boxes } from "./early.js";
import { card, density, el, isCrowd } from "./dom.js";
import { opening as words } from "./words.js";

const LOOKED_AT = 5000; // the last opening makes the result at once; people still want to see it turn green

function line(name, agrees, { copy = false, waiting = words.wait } = {}) {
  const more = copy ? words.copy : null;
  if (agrees === null) return card("waiting", name, ["…", waiting], more);
  return agrees ? card("good", name, ["✓", words.agrees], more) : card("bad", name, ["✕", words.differs], more);
}

function systemLine(doc) {
  const agrees = proof.opens(doc, "system", doc.opening?.system);
  const waiting = doc.result && !doc.names.open ? words.sealed : words.wait;
  return line(doc.result ? words.systemDone : words.system, agrees, { waiting });
}

const lines = (doc) =>
  doc.seats.map((seat) => line(`${seat.party} ${seat.name}`, proof.opens(doc, seat.party, seat.secret), { copy: seat.from_copy }));

export function openings() {
  const title = el("h2");
  const row = el("div");
  const list = el("ul", { class: "cards binding" });
  const quiet = el("p", { class: "quiet" }, words.here);
  const node = el("div", { class: "stack" }, title, row, list, el("p", {}, words.one), quiet);
  let changing = false;
  const update = (doc) => {
    const done = doc.seats.filter((seat) => seat.opened).length;
    title.textContent = words.title(done, doc.seats.length);
    row.replaceChildren(boxes(doc.dice.digits));
    list.replaceChildren(...lines(doc), systemLine(doc));
    density(list);
    quiet.hidden = isCrowd(list.children.length);
  };
  return {
    node,
    update,
    /** Stay a moment after the last opening, unless the draw did not go on from here. */
    leave(doc) {
      if (!doc.result || changing) return null;
      changing = true;
      update(doc);
      return new Promise((resolve) => { setTimeout(resolve, LOOKED_AT); });
    },
  };
}
