// Steps 1 to 4: seats, freeze, commitments, dice. Each is built once and brought up to date with every document.
import { card, counted, dayAndHour, density, el, isCrowd, isStill, spoken, template } from "./dom.js";
import * as words from "./words.js";

const COUNTING = 1500; // milliseconds in which a number counts up, once

function guest(seat) {
  const node = card(null, `${seat.party} ${seat.name}`, ["", `${seat.capacity} · ${seat.unit}`]);
  node.dataset.party = seat.party;
  return node;
}

export function seats() {
  const title = el("h2");
  const who = el("p");
  const when = el("p");
  const list = el("ul", { class: "cards" });
  const node = el("div", { class: "beside" }, template("seating"), el("div", {}, title, who, when, list));
  return {
    node,
    update(doc) {
      title.textContent = words.seating.title(doc.seats.length);
      who.textContent = words.top.where(doc);
      const held = doc.announcement;
      when.textContent = held ? words.seating.held(dayAndHour(held.held_at), held.place) : words.seating.least;
      const known = new Set([...list.children].map((one) => one.dataset.party));
      list.append(...doc.seats.filter((seat) => !known.has(seat.party)).map(guest));
      density(list);
      who.hidden = isCrowd(doc.seats.length);
      when.hidden = who.hidden;
    },
  };
}

function countUp(node, target) {
  const start = performance.now();
  const step = (now) => {
    const part = Math.min(1, (now - start) / COUNTING);
    node.textContent = counted(Math.round(target * part));
    if (part < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

const strataTable = ({ strata }) =>
  el("table", {},
    el("thead", {}, el("tr", {}, ...words.freezing.columns.map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, ...strata.map((one) =>
      el("tr", {}, el("th", { scope: "row" }, one.label), ...[one.size, one.take, one.reserve].map((n) => el("td", {}, counted(n)))))));

export function frozen(doc, { live }) {
  const total = el("b", { class: "total" }, counted(doc.counts.frame));
  if (live && !isStill()) countUp(total, doc.counts.frame);
  const figures = el("div", { class: "figures" }, el("p", { class: "figure" }, total, ` ${words.freezing.frame}`), el("p", {}, words.freezing.sizes(doc.counts)));
  const node = el("div", { class: "stack" },
    el("div", { class: "sizes" }, figures, strataTable(doc.counts)),
    spoken(doc.digests.rules, { live, title: words.freezing.words }));
  return { node, update() {} };
}

const state = (done, name) =>
  card(done ? "good" : "waiting", name, done ? ["✓", words.binding.done] : ["…", words.binding.wait]);

export function committed() {
  const title = el("h2");
  const list = el("ul", { class: "cards binding" });
  const aloud = el("div");
  const node = el("div", { class: "stack" }, title, el("p", {}, words.binding.one), list, aloud);
  let read = false;
  let seen = false;
  return {
    node,
    update(doc) {
      const done = doc.seats.filter((seat) => seat.committed).length;
      title.textContent = words.binding.title(done, doc.seats.length);
      list.replaceChildren(state(true, words.binding.system), ...doc.seats.map((seat) => state(seat.committed, `${seat.party} ${seat.name}`)));
      density(list);
      if (doc.digests.freeze && !read) {
        read = true;
        aloud.append(spoken(doc.digests.freeze, { live: seen, title: words.binding.words }), el("p", {}, words.binding.checking));
        node.children[1].hidden = list.hidden = true;
      }
      seen = true;
    },
  };
}

/** Twenty boxes in five groups of four; empty until two people agree. */
export function boxes(digits) {
  const groups = [0, 4, 8, 12, 16].map((start) =>
    el("span", { class: "group" }, ...[0, 1, 2, 3].map((at) => el("b", {}, digits[start + at] ?? "_"))));
  return el("p", { class: "dice", "data-filled": String(digits.length === 20) }, ...groups);
}

export function dice() {
  const row = el("div");
  const said = el("p", { class: "lead", role: "status" });
  const value = el("p");
  const read = el("div");
  const node = el("div", { class: "stack" }, el("h2", {}, words.dice.title), row, said, value, el("p", { class: "quiet" }, words.dice.rule), read);
  return {
    node,
    update(doc) {
      row.replaceChildren(boxes(doc.dice.digits));
      said.textContent = doc.dice.digits ? words.dice.agreed : doc.dice.differ ? words.dice.differ : words.dice.typed[Math.min(doc.dice.typed, 2)];
      value.hidden = !doc.dice.public_words;
      value.textContent = `${words.dice.value(doc.dice.public_words)}：${doc.dice.public_value || words.dice.later}`;
      if (!read.children.length) read.append(spoken(doc.digests.freeze, { title: words.binding.words, whole: false }));
    },
  };
}
