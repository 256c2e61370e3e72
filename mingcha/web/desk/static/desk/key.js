// The discipline body's key pair: made in this browser, the private half goes to a file of the officer's and nowhere else.
// tweetnacl takes its chance from crypto.getRandomValues, which works on plain http too.
const words = {
  noChance: "这个浏览器不能生成密钥：换一个较新的浏览器，或用离线工具生成后填入公钥。",
};

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A key pair as hex; the private half in the form that the page for sealed copies reads from a file. */
export function keyPair(nacl) {
  const { publicKey, secretKey } = nacl.box.keyPair();
  return { publicKey: hexOf(publicKey), privateFile: `${hexOf(secretKey)}\n` };
}

function follow(root) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const [field, link, save] = [part("public-key"), part("private-key"), part("save")];

  function make() {
    const { publicKey, privateFile } = keyPair(globalThis.nacl);
    if (link.href) URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([privateFile], { type: "text/plain" }));
    field.value = publicKey;
    link.hidden = part("told").hidden = false;
    // A public key whose private half is lost would seal secrets for nobody.
    save.disabled = true;
  }

  function say(sentence) {
    part("problem").textContent = sentence;
    part("problem").hidden = !sentence;
  }

  part("make").addEventListener("click", () => {
    say("");
    try {
      make();
    } catch {
      say(words.noChance);
    }
  });
  const allow = () => (save.disabled = false);
  link.addEventListener("click", allow);
  field.addEventListener("input", allow);
  part("making").hidden = false;
}

const root = globalThis.document?.querySelector("[data-key-pair]");
if (root) follow(root);
