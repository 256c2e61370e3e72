// The entries of a zip, opened with suspicion (protocol, section 6): no claimed size is believed, and only the
// directory is read before the claims are judged. Inflating is fflate's, everything else is here.
import { Inflate } from "../../../vendor/fflate.js";
import { Refusal, refuse } from "../tables.js";
import { refusals } from "./words.js";

const [END, ENTRY, LOCAL, LOCATOR64] = [0x06054b50, 0x02014b50, 0x04034b50, 0x07064b50];
const [END_SIZE, ENTRY_SIZE, LOCAL_SIZE, LOCATOR64_SIZE] = [22, 46, 30, 20];
const LONGEST_COMMENT = 0xffff;
const LARGEST_DIRECTORY = 2 ** 20;
const [MARK16, MARK32] = [0xffff, 0xffffffff];
const [STORED, DEFLATED] = [0, 8];
// Encrypted, patched, strongly encrypted, directory encrypted.
const HIDDEN = 0x0001 | 0x0020 | 0x0040 | 0x2000;
const [TYPE_MASK, REGULAR, DIRECTORY] = [0o170000, 0o100000, 0o040000];
const PIECE = 2 ** 16;

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crcOf(bytes) {
  let crc = MARK32;
  for (let at = 0; at < bytes.length; at++) crc = CRC[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
  return (crc ^ MARK32) >>> 0;
}

const viewOf = async (blob, start, end) => new DataView(await blob.slice(start, end).arrayBuffer());

/** Where the directory lies, as {start, size, shift}; `shift` is what was put before the archive. */
async function directoryPlace(blob) {
  const begin = Math.max(0, blob.size - LONGEST_COMMENT - END_SIZE);
  const tail = await viewOf(blob, begin, blob.size);
  let at = tail.byteLength - END_SIZE;
  while (at >= 0 && tail.getUint32(at, true) !== END) at--;
  if (at < 0) refuse(refusals.notZip());
  const count = tail.getUint16(at + 10, true);
  const size = tail.getUint32(at + 12, true);
  const offset = tail.getUint32(at + 16, true);
  const located = at >= LOCATOR64_SIZE && tail.getUint32(at - LOCATOR64_SIZE, true) === LOCATOR64;
  if (located || count === MARK16 || size === MARK32 || offset === MARK32) refuse(refusals.zip64());
  if (size > LARGEST_DIRECTORY) refuse(refusals.tooManyEntries());
  const start = begin + at - size;
  if (start < 0 || start < offset) refuse(refusals.broken());
  return { start, size, shift: start - offset };
}

function checkEntry({ flags, method, attributes, size, packed, offset }) {
  if (flags & HIDDEN) refuse(refusals.encrypted());
  if (![0, REGULAR, DIRECTORY].includes((attributes >>> 16) & TYPE_MASK)) refuse(refusals.notPlain());
  if (method !== STORED && method !== DEFLATED) refuse(refusals.method());
  if ([size, packed, offset].includes(MARK32)) refuse(refusals.zip64());
}

/** One entry of the directory at `at`, and where the next begins. */
function entryAt(view, at) {
  if (at + ENTRY_SIZE > view.byteLength || view.getUint32(at, true) !== ENTRY) refuse(refusals.broken());
  const nameSize = view.getUint16(at + 28, true);
  const next = at + ENTRY_SIZE + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > view.byteLength) refuse(refusals.broken());
  const rawName = new Uint8Array(view.buffer, at + ENTRY_SIZE, nameSize);
  const entry = {
    name: new TextDecoder().decode(rawName),
    rawName,
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    attributes: view.getUint32(at + 38, true),
    offset: view.getUint32(at + 42, true),
  };
  checkEntry(entry);
  return { entry, next };
}

/** The entry's packed bytes, behind a local header that must bear the same name. */
async function packedBytes(blob, { offset, packed, rawName }, shift) {
  const header = await viewOf(blob, shift + offset, shift + offset + LOCAL_SIZE + rawName.length);
  const whole = header.byteLength === LOCAL_SIZE + rawName.length && header.getUint32(0, true) === LOCAL;
  if (!whole || header.getUint16(26, true) !== rawName.length) refuse(refusals.broken());
  const local = new Uint8Array(header.buffer, LOCAL_SIZE);
  if (local.some((byte, at) => byte !== rawName[at])) refuse(refusals.broken());
  const start = shift + offset + header.byteLength + header.getUint16(28, true);
  const bytes = new Uint8Array(await blob.slice(start, start + packed).arrayBuffer());
  if (bytes.length !== packed) refuse(refusals.broken());
  return bytes;
}

/** Unpacked in pieces, stopping as soon as there is more than was claimed. */
function inflated(packed, { name, size }) {
  const bytes = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((piece) => {
    if (filled + piece.length > size) refuse(refusals.lies(name));
    bytes.set(piece, filled);
    filled += piece.length;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE) {
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(refusals.brokenMember(name));
  }
  if (filled !== size) refuse(refusals.lies(name));
  return bytes;
}

async function read(blob, entry, shift) {
  const packed = await packedBytes(blob, entry, shift);
  if (entry.method === STORED && entry.size !== entry.packed) refuse(refusals.lies(entry.name));
  const bytes = entry.method === STORED ? packed : inflated(packed, entry);
  if (crcOf(bytes) !== entry.crc) refuse(refusals.brokenMember(entry.name));
  return bytes;
}

/** What the archive lists: [{name, size, packed, read()}], sizes as claimed. */
export async function zipMembers(blob) {
  const { start, size, shift } = await directoryPlace(blob);
  const view = await viewOf(blob, start, start + size);
  const members = [];
  for (let at = 0; at < size;) {
    const { entry, next } = entryAt(view, at);
    members.push({ name: entry.name, size: entry.size, packed: entry.packed, read: () => read(blob, entry, shift) });
    at = next;
  }
  // Otherwise entries overlap or lie about their packed size, and a ratio would mean nothing.
  if (members.reduce((sum, member) => sum + member.packed, 0) > blob.size) refuse(refusals.claims());
  return members;
}
