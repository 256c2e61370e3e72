// The offline page: the same program is its worker, so that one file from a USB stick is enough.
import { openChecker } from "../checker.js";
import { serve } from "../serve.js";
import {
  clearDownloads, downloadList, element, forgetAnswer, reportOf, showAnswer, showTrouble, showVerdict, stepItem,
  troubleWith,
} from "../show.js";
import { spoken } from "../spoken.js";
import { chosenByDrop, chosenByInput } from "./choose.js";
import { openOfflineSession } from "./session.js";
import { notes, refusals } from "./words.js";

const DIGEST = /^[0-9a-f]{64}$/;

/** A worker from this very script: a page opened as a file may load nothing else. */
function ownWorker(script) {
  const address = URL.createObjectURL(new Blob([script.textContent], { type: "text/javascript" }));
  return new Worker(address);
}

/** As published, spaces and capitals forgiven; an empty field is nothing to compare with. */
function digestIn(field) {
  const digest = field.value.normalize("NFKC").replace(/\s+/gu, "").toLowerCase();
  const wrong = digest !== "" && !DIGEST.test(digest);
  const place = document.getElementById(`${field.id}-error`);
  place.textContent = wrong ? refusals.digestForm(field.labels[0].textContent) : "";
  if (wrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  return { digest: digest || null, wrong };
}

function publishedIn(form) {
  const fields = { rulesDigest: form.elements["rules-digest"], freeze: form.elements.freeze };
  const read = Object.entries(fields).map(([name, field]) => [name, field, digestIn(field)]);
  const faulty = read.find(([, , { wrong }]) => wrong);
  faulty?.[1].focus();
  return faulty ? null : Object.fromEntries(read.map(([name, , { digest }]) => [name, digest]));
}

function showFacts(root, { facts, notes: remarks }) {
  root.querySelector("[data-draw]").textContent = [facts.draw, facts.title].filter(Boolean).join(" · ");
  for (const [name, digest] of [["rules-digest", facts.rulesDigest], ["freeze", facts.freeze]]) {
    const place = root.querySelector(`[data-digest="${name}"]`);
    place.querySelector("strong").textContent = digest ? spoken(digest).join(" ") : notes.wordsMissing;
    place.querySelector("code").textContent = digest ? digest.match(/.{4}/g).join(" ") : "";
  }
  root.querySelector("[data-notes]").replaceChildren(...remarks.map((remark) => element("li", remark)));
}

/** What does not hold, right below the verdict: nobody should have to look for it among the steps. */
function showDifferences(root, steps) {
  const broken = steps.filter((step) => step.ok === false);
  const told = broken.flatMap(({ title, detail }) => [element("p", title), element("pre", detail, { tabindex: "0" })]);
  root.querySelector("[data-differences]").replaceChildren(...told);
}

function clear(root) {
  clearDownloads(root);
  forgetAnswer(root);
  showDifferences(root, []);
  root.querySelector("[data-verify-steps]").replaceChildren();
  delete root.querySelector("[data-verify-verdict]").dataset.ok;
  for (const part of root.querySelectorAll("[data-after], [data-steps]")) part.hidden = true;
}

function offerReport(root, steps, verdict) {
  root.querySelector("[data-report]").append(downloadList({ [notes.report]: reportOf(steps, verdict) }));
}

function showOutcome(root, outcome, steps) {
  const verdict = root.querySelector("[data-verify-verdict]");
  showVerdict(verdict, outcome);
  if (outcome.unreadable) return;
  for (const part of root.querySelectorAll("[data-after]")) part.hidden = false;
  showDifferences(root, steps);
  showFacts(root, outcome);
  offerReport(root, steps, verdict.textContent);
}

async function runCheck(root, checker, value) {
  const list = root.querySelector("[data-verify-steps]");
  const verdict = root.querySelector("[data-verify-verdict]");
  const steps = [];
  clear(root);
  root.hidden = false;
  verdict.textContent = notes.working(0);
  const outcome = await (await checker).check(value, (step) => {
    steps.push(step);
    list.append(stepItem(step));
    root.querySelector("[data-steps]").hidden = false;
    verdict.textContent = notes.working(steps.length);
  });
  showOutcome(root, outcome, steps);
  verdict.focus();
  return outcome;
}

function listen(checker) {
  const form = document.querySelector("[data-choose]");
  const root = document.querySelector("[data-report-root]");
  const said = document.querySelector("[data-chosen]");
  let chosen = [];
  let outcome = null;

  const start = form.querySelector("[data-start]");

  const choose = (files) => {
    if (start.disabled) return;
    chosen = files;
    // A verdict must never stand below the name of another bundle.
    clear(root);
    root.hidden = true;
    said.textContent = notes.chosen(files.length === 1 ? files[0].name : notes.several(files.length));
  };
  for (const input of form.querySelectorAll("input[type=file]")) {
    // Otherwise choosing a file of the same name once more would go unnoticed.
    input.addEventListener("click", () => { input.value = ""; });
    input.addEventListener("change", () => choose(chosenByInput(input)));
  }
  chosenByDrop(form, choose);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const published = publishedIn(form);
    if (!published) return;
    start.disabled = true;
    outcome = await runCheck(root, checker, { chosen, published }).catch((error) => {
      const failed = { ok: null, unreadable: true, sentence: notes.broken(error.message) };
      showOutcome(root, failed, []);
      return failed;
    });
    start.disabled = false;
  });
  root.querySelector("[data-lookup-form]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = new FormData(event.target).get("code");
    if (troubleWith(code)) return showTrouble(root, troubleWith(code));
    return showAnswer(root, await (await checker).lookup(code), outcome);
  });
}

if (typeof document === "undefined") serve(openOfflineSession);
else {
  const script = document.currentScript;
  listen(openChecker({ makeWorker: () => ownWorker(script), session: openOfflineSession }));
}
