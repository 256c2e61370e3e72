// The whole list, page after page, as many firms as the wall holds, each stratum under its name and line. It turns by
// itself, or by its buttons; with reduced motion by its buttons alone.
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

const heading = (one) =>
  el("li", { class: "heading" }, el("b", {}, words.line(one.label, one.take, one.size)), one.ticket ? ` ${words.upTo(grouped(one.ticket))}` : "");

/** The rows from `first` up to `last`, each stratum under its heading; do they fit? */
function fits(body, list, strata, first, last) {
  body.replaceChildren(...list.slice(first, last).flatMap((row, at) => {
    const begins = at === 0 || list[first + at - 1].stratum !== row.stratum;
    return begins ? [heading(strata.get(row.stratum)), line(row)] : [line(row)];
  }));
  return body.scrollHeight <= body.clientHeight + 1;
}

/** `turn`: the buttons and where one is; `body`: the firms. */
export function pages(list, lines) {
  const strata = new Map(lines.map((one) => [one.code, one]));
  const body = el("ul", { class: "firms" });
  const where = el("span", { class: "quiet" });
  const buttons = [words.earlier, words.next].map((text) => el("button", { type: "button" }, text));
  const turn = el("p", { class: "turn" }, buttons[0], where, buttons[1]);
  let first = 0;
  let last = 0;
  const show = () => {
    fits(body, list, strata, first, last);
    where.textContent = words.page(first + 1, last, list.length);
    turn.hidden = last - first === list.length;
  };
  const from = (at) => {
    first = at >= list.length ? 0 : at;
    last = Math.min(first + 1, list.length);
    while (last < list.length && fits(body, list, strata, first, last + 1)) last += 1;
    show();
  };
  const upTo = (at) => {
    last = at > 0 ? at : list.length;
    first = Math.max(last - 1, 0);
    while (first > 0 && fits(body, list, strata, first - 1, last)) first -= 1;
    show();
  };
  const timer = isStill() ? null : setInterval(() => (body.isConnected ? from(last) : clearInterval(timer)), TURNS);
  buttons.forEach((button, forwards) => button.addEventListener("click", () => {
    clearInterval(timer);
    if (forwards) from(last);
    else upTo(first);
  }));
  new ResizeObserver(() => from(first)).observe(body);
  return { turn, body };
}
