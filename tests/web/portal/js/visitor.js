// Acts as a citizen on the page and sends what the page then shows to the test.
const root = document.getElementById("verify");
const verdict = root.querySelector("[data-verify-verdict]");
const answer = root.querySelector("[data-lookup-answer]");
const form = root.querySelector("[data-lookup-form]");
const codes = new URLSearchParams(location.search).getAll("code");

const changed = (element, isDone) =>
  new Promise((resolve) => {
    const watcher = new MutationObserver(() => isDone() && (watcher.disconnect(), resolve()));
    watcher.observe(element, { attributes: true, childList: true, characterData: true, subtree: true });
  });

async function verify() {
  const done = changed(verdict, () => verdict.dataset.ok !== undefined);
  root.querySelector("[data-verify-start]").click();
  await done;
}

async function lookUp(code) {
  const done = changed(answer, () => answer.textContent !== "");
  form.elements.code.value = code;
  form.requestSubmit();
  await done;
  return [answer.textContent, root.querySelector("[data-lookup-proof]")?.textContent ?? ""].join("\n");
}

function savedFiles() {
  const links = [...root.querySelectorAll("[data-verify-downloads] a")];
  return links.map((link) => link.download);
}

async function visit() {
  let beats = 0;
  const pulse = setInterval(() => { beats += 1; }, 20);
  const started = performance.now();
  await verify();
  const elapsed = performance.now() - started;
  clearInterval(pulse);
  const answers = [];
  for (const code of codes) {
    answer.textContent = "";
    answers.push(await lookUp(code));
  }
  const items = [...root.querySelectorAll("[data-verify-steps] li")];
  const steps = items.map(({ dataset }) => [dataset.step, dataset.ok]);
  const { textContent, dataset: { ok } } = verdict;
  return { elapsed, beats, steps, answers, verdict: textContent, ok, saved: savedFiles() };
}

const report = await visit().catch((error) => ({ error: String(error) }));
await fetch("/report", { method: "POST", body: JSON.stringify(report) });
