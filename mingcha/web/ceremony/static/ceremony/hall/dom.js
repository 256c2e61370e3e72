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

/** Eight words, one after another when they have just been made, and the whole digest under them. */
export function spoken({ digest, words }, { live = false, title = null } = {}) {
  const items = words.map((word) => el("li", {}, word));
  const list = el("ol", { class: live && !isStill() ? "spoken one-by-one" : "spoken" }, ...items);
  return el("section", { class: "digest" }, title && el("h3", {}, title), list, el("code", {}, grouped(digest)));
}

export const template = (name) => document.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
