// The sealed copy of a secret, for the discipline body: nacl.box with a key pair made for this one message.
//
// Format: lower-case hex of  ephemeral public key (32) ‖ nonce (24) ‖ box (16 + n);  the plaintext is the secret's own
// text (hex digits) as ASCII.  PyNaCl: Box(PrivateKey(own), PublicKey(raw[:32])).decrypt(raw[56:], raw[32:56]).
// `nacl` is the tweetnacl object: window.nacl in a page.

const KEY = /^[0-9a-f]{64}$/;
const SEALED = /^(?:[0-9a-f]{2})+$/;
const SECRET = /^[0-9a-f]{32,64}$/;
const KEY_BYTES = 32;
const NONCE_BYTES = 24;

const words = {
  publicKey: "纪检监察机构的公钥不是 64 位十六进制数：由管理员核对后重新设置。",
  privateKey: "私钥不是 64 位十六进制数：核对后重新填入。",
  secret: "随机数不是 32 至 64 位十六进制数，不能密封。",
  notOpened: "密封副本打不开：核对私钥与副本是否属于同一机构，副本是否复制完整。",
};

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));

const demand = (holds, sentence) => {
  if (!holds) throw new Error(sentence);
};

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  return whole;
}

/** Seal a secret (hex text) to a public key (hex); only the holder of the private key can open it. */
export function seal(nacl, secret, publicKey) {
  demand(KEY.test(publicKey), words.publicKey);
  demand(SECRET.test(secret), words.secret);
  const own = nacl.box.keyPair();
  const nonce = nacl.randomBytes(NONCE_BYTES);
  const box = nacl.box(new TextEncoder().encode(secret), nonce, bytesOf(publicKey), own.secretKey);
  return hexOf(joined(own.publicKey, nonce, box));
}

/** The secret inside a sealed copy. */
export function unseal(nacl, sealed, privateKey) {
  demand(KEY.test(privateKey), words.privateKey);
  demand(SEALED.test(sealed) && sealed.length / 2 > KEY_BYTES + NONCE_BYTES, words.notOpened);
  const raw = bytesOf(sealed);
  const nonce = raw.subarray(KEY_BYTES, KEY_BYTES + NONCE_BYTES);
  const box = raw.subarray(KEY_BYTES + NONCE_BYTES);
  const opened = nacl.box.open(box, nonce, raw.subarray(0, KEY_BYTES), bytesOf(privateKey));
  demand(opened !== null, words.notOpened);
  const secret = new TextDecoder().decode(opened);
  demand(SECRET.test(secret), words.notOpened);
  return secret;
}
