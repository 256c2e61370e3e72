// How steps and answers look, on the portal and in the offline page alike.
import { downloads, lookupProof, lookupSentence, lookupTrouble, marks, shapes } from "./words.js";

export const element = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

export function stepItem({ code, title, ok, sentence, detail }) {
  const item = element("li", "", { "data-step": code, "data-ok": String(ok) });
  const head = element("strong", "");
  head.append(element("span", `${shapes[ok]} `, { "aria-hidden": "true" }), `${title}：${marks[ok]}`);
  item.append(head, element("p", sentence));
  if (detail) item.append(element("pre", detail, { tabindex: "0" }));
  return item;
}

export function showVerdict(verdict, { ok, sentence }) {
  verdict.replaceChildren(element("span", `${shapes[ok]} `, { "aria-hidden": "true" }), sentence);
  verdict.dataset.ok = String(ok);
}

const plain = ({ title, ok, sentence, detail }) =>
  [`${title}：${marks[ok]}`, sentence, detail].filter(Boolean).join("\n");

/** The steps and the verdict as plain text, to be kept. */
export const reportOf = (steps, verdict) =>
  new TextEncoder().encode(`${[...steps.map(plain), verdict].join("\n\n")}\n`);

/** A list of links that save exactly these bytes: {name: bytes}. */
export function downloadList(files) {
  const list = element("ul", "", { "data-verify-downloads": "" });
  for (const [name, bytes] of Object.entries(files)) {
    const href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    const item = element("li", "");
    item.append(element("a", name, { href, download: name }));
    list.append(item);
  }
  return list;
}

export function clearDownloads(root) {
  for (const link of root.querySelectorAll("[data-verify-downloads] a")) URL.revokeObjectURL(link.href);
  for (const old of root.querySelectorAll("[data-verify-downloads], [data-verify-downloads-intro]")) old.remove();
}

export const downloadsIntro = () => element("p", downloads.intro, { "data-verify-downloads-intro": "" });

function proofOf(answer, labels) {
  const proof = element("div", "", { "data-lookup-proof": "" });
  if (!answer.ticket) return proof;
  const lines = [
    lookupProof.stratum(labels.strata[answer.stratum] ?? answer.stratum),
    lookupProof.ticket(answer.ticket),
    lookupProof.line(answer.line),
    lookupProof.redo,
  ];
  proof.append(...lines.map((line) => element("p", line)), element("pre", answer.command, { tabindex: "0" }));
  return proof;
}

function showSentence(root, sentence, proof) {
  const place = root.querySelector("[data-lookup-answer]");
  root.querySelector("[data-lookup-proof]")?.remove();
  place.textContent = sentence;
  if (proof) place.after(proof);
}

/** The answer of a session's `lookup` in words, below the form; `outcome` is that of the check before it. */
export function showAnswer(root, answer, outcome, labels = { reasons: {}, strata: {} }) {
  if (!answer) return showSentence(root, lookupTrouble.notReady);
  const doubt = outcome.ok === false ? lookupTrouble.doubtful : "";
  return showSentence(root, lookupSentence(answer, labels) + doubt, proofOf(answer, labels));
}

/** What is wrong with what was typed into the look-up; empty when it can be a code. */
export const troubleWith = (code) => {
  if (code.trim() === "") return lookupTrouble.empty;
  return /^[\s0-9A-Za-z._-]+$/.test(code) ? "" : lookupTrouble.notCode;
};
export const showTrouble = (root, sentence) => showSentence(root, sentence);
export const forgetAnswer = (root) => showSentence(root, "");
