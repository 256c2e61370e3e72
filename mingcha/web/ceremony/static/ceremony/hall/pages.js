// The whole list, page after page: it turns by itself, or by its buttons; with reduced motion by its buttons alone.
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
    el("p", {}, el("span", { class: "number" }, counted(row.rank)), el("b", {}, row.name), el("code", {}, grouped(row.ticket))),
    el("p", { class: "quiet" }, people(row)));

export function pages(list, { rows }) {
  const all = Math.max(1, Math.ceil(list.length / rows));
  const body = el("ul", { class: "firms" });
  const where = el("span", { class: "quiet" });
  const buttons = [words.earlier, words.next].map((text) => el("button", { type: "button" }, text));
  let at = 0;
  const show = (page) => {
    at = (page + all) % all;
    body.replaceChildren(...list.slice(at * rows, at * rows + rows).map(line));
    where.textContent = words.page(at + 1, all);
  };
  const timer = isStill() || all === 1 ? null : setInterval(() => (body.isConnected ? show(at + 1) : clearInterval(timer)), TURNS);
  buttons.forEach((button, direction) => button.addEventListener("click", () => {
    clearInterval(timer);
    show(at + (direction ? 1 : -1));
  }));
  show(0);
  return el("div", { class: "pages" }, body, el("p", { class: "turn", hidden: all === 1 }, buttons[0], where, buttons[1]));
}
