// Step 6: what is already certain is shown row by row; whoever has seen enough skips it.
import * as proof from "../proof.js";
import { counted, el, grouped, isStill, spoken } from "./dom.js";
import { pages } from "./pages.js";
import { countsFill, filled, linesOf, shownAfter } from "./reveal.js";
import { result as words } from "./words.js";

const IN_VIEW = 40; // rows that the page keeps while they roll in
const READ = 8000; // how long lines and people stay before a first signature may take the screen

const cell = (text, look) => el("td", look ? { class: look } : {}, text);

const rollingRow = (labels) => (row) =>
  el("tr", {}, cell(counted(row.rank), "number"), cell(row.name), cell(grouped(row.ticket), "code"), cell(labels.get(row.stratum)));

const bar = ({ label, take, size, shown }) =>
  el("li", {}, el("span", {}, words.line(label, shown, take)), el("progress", { max: Math.max(take, 1), value: shown, "aria-label": `${label} ${size}` }));

function sealed(doc) {
  const node = el("div", { class: "stack" },
    el("h2", {}, words.sealed(doc.counts.take)),
    el("ul", { class: "lines" }, ...doc.counts.strata.map((one) => el("li", {}, words.line(one.label, one.take, one.size)))),
    el("p", {}, doc.names.when),
    spoken(doc.result, { title: words.words }));
  return { node, update() {} };
}

const proofs = (doc, fetched) => {
  const agrees = proof.tickets(doc, fetched) && proof.seeds(doc);
  return el("p", { class: agrees ? "good-line" : "bad-line", role: "status" }, agrees ? `✓ ${words.checked(fetched.rows.length)}` : words.odd);
};

function certain(doc, fetched, drawn) {
  const { turn, body } = pages(drawn, linesOf(fetched.strata, drawn));
  const title = el("div", { class: "title" }, el("h2", {}, words.drawn(drawn.length)), proofs(doc, fetched), turn);
  return el("div", { class: "stack listed" }, title, body);
}

/** Rows come in until all are there; `done` is called once, by the last row or by the button. */
function rolling(fetched, drawn, done) {
  const body = el("tbody");
  const bars = el("ul", { class: "lines", hidden: !countsFill(drawn.length) });
  const skip = el("button", { type: "button", class: "skip" }, words.skip);
  const frame = el("div", { class: "frame", "aria-live": "off" }, el("table", {}, body));
  const node = el("div", { class: "stack rolling" }, el("div", { class: "title" }, el("h2", {}, words.title), skip), bars, frame);
  const row = rollingRow(new Map(fetched.strata.map(({ code, label }) => [code, label])));
  const start = performance.now();
  let shown = 0;
  let over = false;
  const finish = () => {
    if (over) return;
    over = true;
    done();
  };
  const step = (now) => {
    if (over) return;
    const until = shownAfter(now - start, drawn.length);
    if (until > shown) {
      body.append(...drawn.slice(Math.max(shown, until - IN_VIEW), until).map(row));
      while (body.children.length > IN_VIEW) body.firstElementChild.remove();
      if (!bars.hidden) bars.replaceChildren(...filled(fetched.strata, drawn, until).map(bar));
      frame.scrollTop = frame.scrollHeight;
      shown = until;
    }
    if (shown < drawn.length) requestAnimationFrame(step);
    else finish();
  };
  skip.addEventListener("click", finish);
  requestAnimationFrame(step);
  return { node, finish };
}

export function result(doc, { live, address }) {
  if (!doc.names.open) return sealed(doc);
  const node = el("div", { class: "whole" }, el("h2", {}, words.title));
  let finished = () => {};
  let read = !live;
  const seen = new Promise((resolve) => {
    finished = () => {
      read = true;
      resolve();
    };
  });
  const settle = (fetched, drawn) => {
    node.replaceChildren(certain(doc, fetched, drawn));
    setTimeout(finished, READ);
  };
  const begin = async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    const fetched = await answer.json();
    const drawn = fetched.rows.filter((row) => !row.reserve);
    if (!live || isStill()) return settle(fetched, drawn);
    node.replaceChildren(rolling(fetched, drawn, () => settle(fetched, drawn)).node);
  };
  const attempt = () => begin().catch(() => {
    node.replaceChildren(el("p", {}, words.failed));
    setTimeout(attempt, 3000);
  });
  attempt();
  return { node, update() {}, leave: () => (read ? null : seen) };
}
