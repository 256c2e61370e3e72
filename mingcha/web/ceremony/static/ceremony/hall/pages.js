// The whole list, page after page, one stratum at a time and as many firms as the wall holds. It turns by itself, or by
// its buttons; with reduced motion by its buttons alone.
import { counted, el, grouped, isStill } from "./dom.js";
import { result as words } from "./words.js";

const TURNS = 8000;

const people = (row) => {
  const byOffice = new Map();
  for (const [name, office] of row.people) byOffice.set(office, [...(byOffice.get(office) ?? []), name]);
  const sent = [...byOffice].map(([office, names]) => `${office} ${names.join("、")}`).join("；") || words.nobody;
  return row.team ? `${row.team}：${sent}` : sent;
};

const line = (row) =>
  el("li", {},
    el("p", { class: "name" }, el("span", { class: "number" }, counted(row.rank)), el("b", {}, row.name), el("code", {}, grouped(row.ticket))),
    el("p", { class: "quiet" }, people(row)));

const overflows = (body) => body.children.length > 1 && body.scrollHeight > body.clientHeight + 1;

/** Rows of one stratum from `at` on, forwards (1) or backwards (-1), until the body is full; how many there are. */
function fill(body, list, at, direction) {
  body.replaceChildren();
  for (let next = at; list[next]?.stratum === list[at].stratum; next += direction) {
    const row = line(list[next]);
    if (direction > 0) body.append(row);
    else body.prepend(row);
    if (overflows(body)) {
      row.remove();
      break;
    }
  }
  return body.children.length;
}

const headings = (strata) =>
  new Map(strata.map((one) => [one.code, [el("b", {}, words.line(one.label, one.take, one.size)), one.ticket ? ` ${words.upTo(grouped(one.ticket))}` : ""]]));

/** `turn`: the buttons and where one is; `heading` and `body`: the stratum with its line, and its firms. */
export function pages(list, strata) {
  const said = headings(strata);
  const heading = el("p", { class: "heading" });
  const body = el("ul", { class: "firms" });
  const where = el("span", { class: "quiet" });
  const buttons = [words.earlier, words.next].map((text) => el("button", { type: "button" }, text));
  const turn = el("p", { class: "turn" }, buttons[0], where, buttons[1]);
  let first = 0;
  let shown = 0;
  const show = (at, direction) => {
    if (list.length === 0) return;
    const start = (at + list.length) % list.length;
    shown = fill(body, list, start, direction);
    first = direction > 0 ? start : start - shown + 1;
    heading.replaceChildren(...said.get(list[first].stratum));
    where.textContent = words.page(first + 1, first + shown, list.length);
    turn.hidden = shown === list.length;
  };
  const onwards = () => show(first + shown, 1);
  const timer = isStill() ? null : setInterval(() => (body.isConnected ? onwards() : clearInterval(timer)), TURNS);
  buttons.forEach((button, forwards) => button.addEventListener("click", () => {
    clearInterval(timer);
    if (forwards) onwards();
    else show(first - 1, -1);
  }));
  new ResizeObserver(() => show(first, 1)).observe(body);
  return { turn, heading, body };
}
