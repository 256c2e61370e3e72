// Nodes from words: text only, never markup.

/** `el("p", { class: "big" }, "text", node, …)`; null children are left out. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const counted = (number) => number.toLocaleString("zh-CN");

/** Groups of four, as people compare them. */
export const grouped = (text) => text.match(/.{1,4}/g)?.join(" ") ?? "";

export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** 10:12:03 of a moment with its offset, in the room's own clock. */
export const clock = (moment) => (moment ? moment.slice(11, 19) : "");

/** 2026年11月26日 10:00. */
export function dayAndHour(moment) {
  const [year, month, day] = moment.slice(0, 10).split("-").map(Number);
  return `${year}年${month}月${day}日 ${moment.slice(11, 16)}`;
}

/** A card: who, a mark and its word, and what else there is to say. In a crowd the good ones keep only the mark. */
export const card = (look, name, [mark, word], more = null) =>
  el("li", { class: look }, el("b", {}, name), el("span", {}, mark, el("u", {}, ` ${word}`)), more ? el("em", {}, more) : null);

export const isCrowd = (count) => count > 9;

/** Few people get large cards, many small ones, a crowd one line each. */
export function density(list) {
  const count = list.children.length;
  list.classList.toggle("many", count > 4);
  list.classList.toggle("crowd", isCrowd(count));
}

/** Eight words, one after another when they have just been made, and the whole digest under them. */
export function spoken({ digest, words }, { live = false, title = null, whole = true } = {}) {
  const items = words.map((word) => el("li", {}, word));
  const list = el("ol", { class: live && !isStill() ? "spoken one-by-one" : "spoken" }, ...items);
  return el("section", { class: "digest" }, title && el("h3", {}, title), list, whole ? el("code", {}, grouped(digest)) : null);
}

export const template = (name) => document.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
