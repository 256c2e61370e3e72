// A page made of named parts takes over, part by part, what is new in a fresh copy of itself.

const FIELDS = "input:not([type=hidden]), textarea, select";

function touched(field) {
  if (field === field.ownerDocument.activeElement) return true;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.value !== field.defaultValue;
}

/** Somebody is typing in it, or it holds something that exists only on this page. */
export const isBusy = (part) =>
  part.querySelector("[data-busy]") !== null || [...part.querySelectorAll(FIELDS)].some(touched);

const partsOf = (root) => [...root.querySelectorAll(":scope > [data-part]")];
const named = (parts) => new Map(parts.map((part) => [part.dataset.part, part]));

/**
 * Bring `main` to what `fresh` shows. A part that is gone goes, a busy one stays as it is; a phase's own part has the
 * phase in its name, so nothing typed for one phase is kept into the next.
 */
export function renew(main, fresh) {
  const old = named(partsOf(main));
  const wanted = partsOf(fresh);
  const names = named(wanted);
  for (const [name, part] of old) if (!names.has(name)) part.remove();
  let last = null;
  for (const part of wanted) {
    const present = old.get(part.dataset.part);
    last = present ? replaced(present, part) : inserted(main, part, last);
  }
}

function replaced(present, part) {
  if (isBusy(present)) return present;
  const mine = [...present.querySelectorAll("details")].map((one) => one.open);
  const node = present.ownerDocument.importNode(part, true);
  node.querySelectorAll("details").forEach((one, at) => { one.open ||= mine[at] ?? false; });
  present.replaceWith(node);
  return node;
}

function inserted(main, part, last) {
  const node = main.ownerDocument.importNode(part, true);
  if (last) last.after(node);
  else main.prepend(node);
  return node;
}
