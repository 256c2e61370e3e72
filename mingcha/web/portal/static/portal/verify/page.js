// The page's script. Without it the page still shows the published files and digests; with it the browser repeats
// the draw. It asks the server for the bundle's files only: never for a ticket, a seed or a verdict.
import { openChecker } from "./checker.js";
import { downloads, FILE_NAMES, lookupProof, lookupSentence, lookupTrouble, marks, verdicts } from "./words.js";

const element = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

/** Labels the server prints for people ({"reasons": {code: words}, "strata": {code: words}}); they decide nothing. */
function labelsOf(root) {
  const printed = root.querySelector("script[type='application/json']");
  return { reasons: {}, strata: {}, ...(printed ? JSON.parse(printed.textContent) : {}) };
}

async function fetchFile(base, file) {
  try {
    const answer = await fetch(base + file, { cache: "no-cache" });
    if (!answer.ok) return { why: downloads.status(answer.status) };
    return { bytes: new Uint8Array(await answer.arrayBuffer()) };
  } catch {
    return { why: downloads.unreachable };
  }
}

async function fetchBundle(base) {
  const files = {};
  const troubles = {};
  await Promise.all(Object.keys(FILE_NAMES).map(async (file) => {
    const { bytes, why } = await fetchFile(base, file);
    if (bytes) files[file] = bytes;
    else troubles[file] = why;
  }));
  return { files, troubles };
}

function stepItem({ code, title, ok, sentence, detail }) {
  const item = element("li", "", { "data-step": code, "data-ok": String(ok) });
  item.append(element("strong", `${title}：${marks[ok]}`), element("p", sentence));
  if (detail) item.append(element("pre", detail, { tabindex: "0" }));
  return item;
}

const plain = ({ title, ok, sentence, detail }) =>
  [`${title}：${marks[ok]}`, sentence, detail].filter(Boolean).join("\n");

/** Links to exactly the bytes that were checked, so that a difference can be shown to others. */
function downloadList(files, steps, verdict) {
  const report = new TextEncoder().encode(`${[...steps.map(plain), verdict].join("\n\n")}\n`);
  const list = element("ul", "", { "data-verify-downloads": "" });
  for (const [name, bytes] of [...Object.entries(files), [downloads.report, report]]) {
    const href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    const item = element("li", "");
    item.append(element("a", name, { href, download: name }));
    list.append(item);
  }
  return list;
}

function clearDownloads(root) {
  for (const link of root.querySelectorAll("[data-verify-downloads] a")) URL.revokeObjectURL(link.href);
  for (const old of root.querySelectorAll("[data-verify-downloads], [data-verify-downloads-intro]")) old.remove();
}

function offerDownloads(root, verdict, bundle, steps) {
  verdict.after(
    element("p", downloads.intro, { "data-verify-downloads-intro": "" }),
    downloadList(bundle.files, steps, verdict.textContent),
  );
}

async function runCheck(root, checker) {
  const list = root.querySelector("[data-verify-steps]");
  const verdict = root.querySelector("[data-verify-verdict]");
  const steps = [];
  clearDownloads(root);
  list.replaceChildren();
  delete verdict.dataset.ok;
  verdict.textContent = verdicts.loading;
  const bundle = await fetchBundle(root.dataset.files);
  verdict.textContent = verdicts.working;
  const published = { rulesDigest: root.dataset.rulesDigest, freeze: root.dataset.freeze };
  const outcome = await (await checker).check({ ...bundle, published }, (step) => {
    steps.push(step);
    list.append(stepItem(step));
  });
  verdict.textContent = outcome.sentence;
  verdict.dataset.ok = String(outcome.ok);
  if (outcome.ok !== true) offerDownloads(root, verdict, bundle, steps);
  return outcome;
}

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

function showAnswer(root, sentence, proof) {
  const place = root.querySelector("[data-lookup-answer]");
  root.querySelector("[data-lookup-proof]")?.remove();
  place.textContent = sentence;
  if (proof) place.after(proof);
}

async function answerCode(root, code, { checker, verify }) {
  if (code.trim() === "") return showAnswer(root, lookupTrouble.empty);
  const outcome = await verify();
  const answer = outcome && (await (await checker).lookup(code));
  if (!answer) return showAnswer(root, lookupTrouble.notReady);
  const labels = labelsOf(root);
  const doubt = outcome.ok === false ? lookupTrouble.doubtful : "";
  return showAnswer(root, lookupSentence(answer, labels) + doubt, proofOf(answer, labels));
}

function enhance(root) {
  const start = root.querySelector("[data-verify-start]");
  const form = root.querySelector("[data-lookup-form]");
  const checker = openChecker();
  let running = null;

  const verifyAgain = () => {
    start.disabled = true;
    running = runCheck(root, checker)
      .catch((error) => {
        const verdict = root.querySelector("[data-verify-verdict]");
        verdict.textContent = verdicts.broken(error.message);
        verdict.dataset.ok = "null";
        return null;
      })
      .finally(() => { start.disabled = false; });
    return running;
  };
  start.addEventListener("click", verifyAgain);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = new FormData(form).get("code");
    answerCode(root, code, { checker, verify: () => running ?? verifyAgain() });
  });
}

const root = document.getElementById("verify");
if (root) enhance(root);
