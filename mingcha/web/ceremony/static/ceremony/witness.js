// The witness's own part: the secret is made here, bound and sealed here, and leaves the phone only when it is opened.
import { forgetSecret, keptSecret, secretFor } from "./commit.js";
import { seal } from "./seal.js";

const words = {
  notKept: "这部手机不能保存这串数字（可能是无痕浏览）：抄下来，并且不要关闭本页，开封时手工输入。",
  lost: "这部手机上没有找到随机数：输入抄下的数字；没有抄的，由纪检监察机构用密封副本开封。",
};

let root = null;
const part = (name) => root.querySelector(`[data-${name}]`);

/** Private browsing may forbid even the question. */
function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}

const place = () => ({ draw: root.dataset.draw, seat: root.dataset.seat, rulesDigest: root.dataset.rulesDigest });

function say(sentence) {
  const line = document.querySelector("[data-problem]");
  line.textContent = sentence;
  line.hidden = !sentence;
}

function show(secret) {
  const line = part("secret");
  if (!line) return;
  line.textContent = secret.match(/.{1,4}/g).join(" ");
  part("secret-block").hidden = false;
}

function make() {
  const { secret, commitment, kept } = secretFor(place(), storage());
  part("commitment").value = commitment;
  part("sealed-copy").value = seal(globalThis.nacl, secret, root.dataset.sealingKey);
  show(secret);
  say(kept ? "" : words.notKept);
  // What was made exists only here when the phone does not keep it: the page must not renew this part.
  part("make").form.dataset.busy = "";
  part("make").hidden = true;
  part("send").hidden = false;
}

function attempt(act) {
  try {
    act();
  } catch (error) {
    say(error.message);
  }
}

function recall() {
  const secret = keptSecret(place(), storage());
  if (secret) show(secret);
  const field = part("open-secret");
  if (!field) return;
  if (secret) field.value = field.defaultValue = secret;
  else say(words.lost);
}

function attend() {
  const present = document.querySelector("[data-witness]");
  if (!present || present === root) return;
  root = present;
  say("");
  if ("opened" in root.dataset) attempt(() => forgetSecret(place(), storage()));
  else if (part("make")) part("make").addEventListener("click", () => attempt(make));
  else attempt(recall);
}

attend();
document.addEventListener("ceremony:renewed", attend);
