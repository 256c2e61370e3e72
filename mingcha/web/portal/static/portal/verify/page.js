// The page's script. Without it the page still shows the published files and digests; with it the browser repeats
// the draw. It asks the server for the bundle's files only: never for a ticket, a seed or a verdict.
import { openChecker } from "./checker.js";
import {
  clearDownloads, downloadList, downloadsIntro, reportOf, showAnswer, showTrouble, showVerdict, stepItem,
  troubleWith,
} from "./show.js";
import { downloads, FILE_NAMES, verdicts } from "./words.js";

/** Labels the server prints for people ({"reasons": …, "strata": …, "later": …}); they decide nothing. */
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

/** Links to exactly the bytes that were checked, so that a difference can be shown to others. */
function offerDownloads(root, verdict, bundle, steps) {
  const report = reportOf(steps, verdict.textContent);
  verdict.after(downloadsIntro(), downloadList({ ...bundle.files, [downloads.report]: report }));
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
  showVerdict(verdict, outcome);
  if (outcome.ok !== true) offerDownloads(root, verdict, bundle, steps);
  return outcome;
}

async function answerCode(root, code, { checker, verify }) {
  const trouble = troubleWith(code);
  if (trouble) return showTrouble(root, trouble);
  const outcome = await verify();
  const answer = outcome && (await (await checker).lookup(code));
  return showAnswer(root, answer, outcome, labelsOf(root));
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
        showVerdict(verdict, { ok: null, sentence: verdicts.broken(error.message) });
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
