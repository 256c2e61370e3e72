// The hall: follows the state document, shows one idea a phase, keeps the last picture when the network is gone.
import { lookout, repeat } from "../poll.js";
import { el, isStill } from "./dom.js";
import { committed, dice, frozen, seats } from "./early.js";
import { ended, firm, inForce, signatures } from "./late.js";
import { openings } from "./openings.js";
import { result } from "./result.js";
import * as words from "./words.js";

const VIEWS = [null, seats, frozen, committed, dice, openings, result, signatures, inForce];
const STOPPED = new Set(["aborted", "voided"]);

const part = (name) => document.querySelector(`[data-${name}]`);
const stage = part("stage");
let present = { key: "", view: null };
let latest = null;
let leaving = false;
let turn = 0;

const keyOf = (doc) => (STOPPED.has(doc.ending?.kind) ? doc.ending.kind : String(doc.phase.number));

function viewOf(doc, live) {
  if (STOPPED.has(doc.ending?.kind)) return ended(doc);
  return VIEWS[doc.phase.number](doc, { live, address: document.body.dataset.result });
}

function head(doc) {
  part("title").textContent = doc.title;
  part("where").textContent = `${words.top.where(doc)} · ${words.top.witnesses(doc.seats.length)}`;
  part("rehearsal").hidden = !doc.is_rehearsal;
  const stopped = STOPPED.has(doc.ending?.kind);
  part("steps").replaceChildren(...doc.phases.map((label, at) => {
    const now = at + 1 === doc.phase.number && !stopped;
    return el("li", { class: at + 1 < doc.phase.number ? "done" : null, "aria-current": now ? "step" : null }, `${at + 1} ${label}`);
  }));
}

/** A firm that was asked about lies over the phase; what runs underneath goes on. */
function overlay(doc) {
  stage.querySelector(".firm")?.remove();
  const covered = doc.shown !== null && !STOPPED.has(doc.ending?.kind);
  if (present.view) present.view.node.hidden = covered;
  if (covered) stage.append(firm(doc).node);
}

function banner(doc) {
  stage.querySelector(".banner")?.remove();
  const said = words.proposed[doc.ending?.kind];
  if (said) stage.prepend(el("p", { class: "banner", role: "alert" }, said));
}

function show(doc, live) {
  head(doc);
  if (present.key !== keyOf(doc)) {
    present = { key: keyOf(doc), view: viewOf(doc, live) };
    stage.replaceChildren(present.view.node);
    if (!isStill()) present.view.node.classList.add("arrives");
  }
  present.view.update(doc);
  overlay(doc);
  banner(doc);
}

/** The next phase waits until what is being shown of this one has been seen; a stop waits for nothing. */
async function take(doc) {
  const live = latest !== null;
  latest = doc;
  const stops = STOPPED.has(doc.ending?.kind);
  if (leaving && !stops) return overlay(doc);
  const mine = ++turn;
  const seen = live && !stops && present.key !== keyOf(doc) ? present.view.leave?.(doc) : null;
  leaving = Boolean(seen);
  await seen;
  if (mine !== turn) return undefined;
  leaving = false;
  return show(latest, live);
}

const time = () => new Date().toLocaleTimeString("zh-CN", { hour12: false });

function connected(is) {
  part("sync").dataset.lost = String(!is);
  part("sync").textContent = is ? words.top.synced(time()) : words.top.waiting;
  part("lost-line").hidden = is;
}

function switchTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "light" ? "dark" : "light";
  label();
  try {
    localStorage.setItem("mingcha.hall.theme", root.dataset.theme);
  } catch {
    // Kept for this page only.
  }
}

const label = () => part("theme-switch").setAttribute("aria-label", words.top.themes[document.documentElement.dataset.theme]);

label();
part("theme-switch").addEventListener("click", switchTheme);
repeat(lookout(document.body.dataset.state, {
  changed: (doc) => { take(doc); },
  synced: () => connected(true),
  lost: () => connected(false),
}), { whileHidden: true });
