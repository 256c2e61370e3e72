// The discipline officer's check before the dice: every sealed copy opens in this browser with the body's private key.
// Neither the key nor a secret is sent anywhere or written into the page; only the names of the parties that passed are.
import { unseal } from "../ceremony/seal.js";
import { commitmentOf } from "../portal/verify/ceremony.js";

const KEY = /^[0-9a-f]{64}$/;

const words = {
  privateFile: "这个文件不是私钥：应是一行 64 位十六进制字符，换一个文件再选。",
  otherKey: "这把私钥与冻结时登记的公钥不是一对，没有打开任何副本：换成登记那把公钥时保存的私钥文件。",
  shut: "打不开，或里面不是随机数",
  differs: "打开了，但与公布的封存值不符",
  equal: (others) => `与${others.join("、")}的随机数相同，不是独立产生的`,
  sound: "打开了，与公布的封存值一致",
};

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The private key in a file's text; refused in words when it is none, or not the one that the copies were made for. */
export function keyIn(nacl, text, sealingKey) {
  const key = text.trim().toLowerCase();
  if (!KEY.test(key)) throw new Error(words.privateFile);
  if (hexOf(nacl.box.keyPair.fromSecretKey(bytesOf(key)).publicKey) !== sealingKey) throw new Error(words.otherKey);
  return key;
}

function opened(nacl, copy, key) {
  try {
    return unseal(nacl, copy, key);
  } catch {
    return null;
  }
}

/**
 * What became of each copy: `{ party, sound, told }`. `copies` are `{ party, copy, bound }` as the server published them.
 * The secrets stay inside this function.
 */
export function checkCopies(nacl, { draw, rulesDigest, copies, key }) {
  const secrets = new Map(copies.map(({ party, copy }) => [party, opened(nacl, copy, key)]));
  const sameAs = (party) =>
    [...secrets].filter(([other, secret]) => other !== party && secret === secrets.get(party)).map(([other]) => other);
  return copies.map(({ party, bound }) => {
    const secret = secrets.get(party);
    if (secret === null) return { party, sound: false, told: words.shut };
    if (commitmentOf(draw, rulesDigest, party, secret) !== bound) return { party, sound: false, told: words.differs };
    const equal = sameAs(party);
    if (equal.length > 0) return { party, sound: false, told: words.equal(equal) };
    return { party, sound: true, told: words.sound };
  });
}

function follow(root) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const rows = [...root.querySelectorAll("[data-copy]")];
  const [input, parties, confirm] = [part("private-key"), part("parties"), part("confirm")];

  function say(sentence) {
    part("problem").textContent = sentence;
    part("problem").hidden = !sentence;
  }

  function clear() {
    parties.value = "";
    confirm.disabled = true;
    part("failed").hidden = true;
    for (const row of rows) show(row, null, "还没有核对");
  }

  function show(row, sound, told) {
    const line = row.querySelector("[data-verdict]");
    line.parentElement.dataset.ok = String(sound);
    line.textContent = `${sound === null ? "" : sound ? "✔ " : "✘ "}${told}`;
  }

  function check(text) {
    const key = keyIn(globalThis.nacl, text, root.dataset.sealingKey);
    const copies = rows.map(({ dataset }) => ({ party: dataset.party, copy: dataset.copy, bound: dataset.bound }));
    const { draw, rulesDigest } = root.dataset;
    const verdicts = checkCopies(globalThis.nacl, { draw, rulesDigest, copies, key });
    verdicts.forEach(({ sound, told }, place) => show(rows[place], sound, told));
    const allSound = verdicts.every(({ sound }) => sound);
    part("failed").hidden = allSound;
    part("failed-parties").textContent = verdicts.filter(({ sound }) => !sound).map(({ party }) => party).join("、");
    parties.value = allSound ? verdicts.map(({ party }) => party).join(" ") : "";
    confirm.disabled = !allSound;
  }

  async function read() {
    clear();
    say("");
    const [file] = input.files;
    if (!file) return;
    try {
      check(await file.text());
    } catch (error) {
      say(error.message);
    }
  }

  input.addEventListener("change", read);
  read();
}

const root = globalThis.document?.querySelector("[data-copies]");
if (root) follow(root);
