// The discipline officer's page: sealed copies open in this browser with the body's private key, which is never sent.
import { unseal } from "./seal.js";

const root = document.querySelector("[data-unseal]");

function say(sentence) {
  const line = root.querySelector("[data-problem]");
  line.textContent = sentence;
  line.hidden = !sentence;
}

async function openAll(file) {
  const key = (await file.text()).trim().toLowerCase();
  for (const field of root.querySelectorAll("[data-sealed]")) {
    field.value = unseal(globalThis.nacl, field.dataset.sealed, key);
  }
  say("");
}

function open(input) {
  const [file] = input.files;
  if (file) openAll(file).catch((error) => say(error.message));
}

if (root) {
  const input = root.querySelector("[data-private-key]");
  input.addEventListener("change", () => open(input));
  // The file may have been chosen before this script arrived, or kept by the browser through a reload.
  open(input);
}
