// A bundle from a zip or from chosen files: names and claims are judged first, then only what is needed is read.
import { hasUnseen, refuse } from "../tables.js";
import { FILE_NAMES } from "../words.js";
import { refusals } from "./words.js";
import { zipMembers } from "./zip.js";

const SIGNATURES = "signatures.json";
const RECORD = "record.pdf";
const READ = [...Object.keys(FILE_NAMES), SIGNATURES];
const KNOWN = [...READ, RECORD];

const LARGEST_GIBI = 4;
const LARGEST_UNPACKED = LARGEST_GIBI * 2 ** 30;
// A page holds about this much; the program takes the rest.
const LARGEST_HERE = 512 * 2 ** 20;
const LARGEST_JSON = 16 * 2 ** 20;
const LARGEST_RATIO = 200;
const SMALL = 2 ** 20;

const sum = (members) => members.reduce((total, { size }) => total + size, 0);

function checkName(name) {
  if (hasUnseen(name)) refuse(refusals.unseenName());
  if (["", ".", ".."].includes(name) || /[/\\:]/.test(name)) refuse(refusals.path());
}

function checkClaims({ name, size, packed }) {
  if (name.endsWith(".json") && size > LARGEST_JSON) refuse(refusals.tooLargeFile(name, LARGEST_JSON));
  if (size > SMALL && size > LARGEST_RATIO * packed) refuse(refusals.bomb(name, LARGEST_RATIO));
}

function known(members) {
  const byName = new Map();
  for (const member of members) {
    checkName(member.name);
    if (byName.has(member.name)) refuse(refusals.twice(member.name));
    byName.set(member.name, member);
  }
  if (sum(members) > LARGEST_UNPACKED) refuse(refusals.tooLarge(LARGEST_GIBI));
  const wanted = READ.filter((name) => byName.has(name)).map((name) => byName.get(name));
  wanted.forEach(checkClaims);
  if (sum(wanted) > LARGEST_HERE) refuse(refusals.tooLargeHere(LARGEST_HERE));
  return { byName, wanted };
}

/** {files: {name: bytes}, hasRecord, extra: [names]}; whatever section 6 does not allow is refused in one sentence. */
async function gather(members) {
  const { byName, wanted } = known(members);
  const files = {};
  for (const member of wanted) files[member.name] = await member.read();
  const extra = [...byName.keys()].filter((name) => !KNOWN.includes(name)).sort();
  return { files, hasRecord: byName.has(RECORD), extra };
}

const looseMember = ({ name, blob }) => ({
  name,
  size: blob.size,
  packed: blob.size,
  read: async () => new Uint8Array(await blob.arrayBuffer()),
});

/** `chosen` is [{name, blob}]: one zip, or the files of a folder. */
export async function openBundle(chosen) {
  if (chosen.length === 0) refuse(refusals.nothing());
  const single = chosen.length === 1 && !KNOWN.includes(chosen[0].name);
  try {
    return await gather(single ? await zipMembers(chosen[0].blob) : chosen.map(looseMember));
  } catch (error) {
    // What a browser throws when a file has gone, or may not be read.
    if (error instanceof DOMException) refuse(refusals.unreadable());
    throw error;
  }
}
