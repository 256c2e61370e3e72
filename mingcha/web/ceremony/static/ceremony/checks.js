// The witness's phone computes for itself what the hall shows, and says in a line each whether it agrees.
import { freezes, openings, seeds, tickets } from "./proof.js";

const words = {
  marks: { true: "一致", false: "不一致，提出异议", null: "还没有开封" },
  party: ({ party, name }) => (party === "system" ? "系统" : `${party} ${name}`),
  freeze: "冻结摘要由这些封存值算出",
  seed: "种子由各方的数和骰子合成",
  tickets: (count) => `名单 ${count} 行的抽签值和次序`,
  failed: "取不到数据，没有算；网络恢复后刷新。",
};

function lines(doc, result) {
  const said = openings(doc)
    .filter(({ party, agrees }) => party !== "system" || agrees !== null)
    .map((one) => [words.party(one), one.agrees]);
  said.push([words.freeze, freezes(doc)]);
  if (seeds(doc) !== null) said.push([words.seed, seeds(doc)]);
  if (result) said.push([words.tickets(result.rows.length), tickets(doc, result)]);
  return said;
}

async function rowsOf(list, doc) {
  if (!doc.names.open) return null;
  const answer = await fetch(list.dataset.result);
  return answer.ok ? answer.json() : null;
}

function item(text, agrees) {
  const line = document.createElement("li");
  const mark = document.createElement("strong");
  mark.textContent = words.marks[agrees];
  line.dataset.ok = String(agrees);
  line.append(`${text}：`, mark);
  return line;
}

async function compute() {
  const list = document.querySelector("[data-checks]");
  if (!list || list.dataset.done === list.dataset.mark) return;
  list.dataset.done = list.dataset.mark;
  const doc = await (await fetch(list.dataset.state, { cache: "no-store" })).json();
  const said = lines(doc, await rowsOf(list, doc)).map(([text, agrees]) => item(text, agrees));
  list.replaceChildren(...said);
}

function attempt() {
  compute().catch(() => {
    const list = document.querySelector("[data-checks]");
    list?.replaceChildren(item(words.failed, null));
  });
}

attempt();
document.addEventListener("ceremony:renewed", attempt);
