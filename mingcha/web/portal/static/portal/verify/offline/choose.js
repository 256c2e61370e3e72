// What the visitor chose, as [{name, blob}]. The name keeps what lies below the chosen folder, so that a file in a
// folder of its own is seen as such and refused.

const below = (path) => path.split("/").slice(1).join("/");

export const chosenByInput = (input) =>
  [...input.files].map((blob) => ({ name: blob.webkitRelativePath ? below(blob.webkitRelativePath) : blob.name, blob }));

const asked = (object, method, ...before) =>
  new Promise((resolve, reject) => { object[method](...before, resolve, reject); });

/** A reader hands out entries in portions, the last one empty. */
async function entriesOf(folder) {
  const reader = folder.createReader();
  const entries = [];
  for (let portion = await asked(reader, "readEntries"); portion.length > 0; portion = await asked(reader, "readEntries")) {
    entries.push(...portion);
  }
  return entries;
}

/** One level only: a folder inside keeps its slash as a name, which no bundle may have. */
async function filesUnder(entry) {
  if (entry.isFile) return [{ name: entry.name, blob: await asked(entry, "file") }];
  const found = (await entriesOf(entry)).map(async (inner) =>
    inner.isFile ? { name: inner.name, blob: await asked(inner, "file") } : { name: `${inner.name}/`, blob: new Blob([]) });
  return Promise.all(found);
}

/** Calls `choose` with what is dropped on the element: a zip, files, or a folder. */
export function chosenByDrop(element, choose) {
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", async (event) => {
    event.preventDefault();
    const { items, files } = event.dataTransfer;
    // Whoever drags out of another program may offer files that are on no disk, which have no entry.
    const loose = [...files].map((blob) => ({ name: blob.name, blob }));
    const entries = [...items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    const found = (await Promise.all(entries.map(filesUnder))).flat();
    const chosen = entries.length > 0 ? found : loose;
    if (chosen.length > 0) choose(chosen);
  });
}
