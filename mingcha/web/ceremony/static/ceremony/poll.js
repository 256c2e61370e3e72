// Asks for the state document again and again. Nothing is pushed: a screen that slept simply asks the next time.
export const PAUSE = 2000;
const PATIENCE = 8000;

/**
 * `look()` asks once. `changed(document)` may answer false: not taken up yet, ask me again. `synced()` after every
 * answer, `lost()` when there was none. `mark` and `since` are what the page shows and of when: the server keeps the
 * document for a moment, so an answer may be older than the page, and no screen goes back.
 */
export function lookout(address, told) {
  const { changed, synced = () => {}, lost = () => {}, ask = globalThis.fetch } = told;
  let { mark: known = "", since: newest = 0 } = told;
  return async function look() {
    let document;
    try {
      const headers = known ? { "If-None-Match": `"${known}"` } : {};
      const answer = await ask(address, { cache: "no-store", headers, signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status !== 200 && answer.status !== 304) return lost();
      document = answer.status === 200 ? await answer.json() : null;
    } catch {
      return lost();
    }
    synced();
    if (!document || document.mark === known || document.read_at < newest) return;
    if ((await changed(document)) === false) return;
    known = document.mark;
    newest = document.read_at;
  };
}

/** One question at a time, however slow the network is; a phone that wakes up asks at once. */
export function repeat(look, { whileHidden = false } = {}) {
  let running = false;
  const once = async () => {
    if (running || (document.hidden && !whileHidden)) return;
    running = true;
    await look().finally(() => { running = false; });
  };
  document.addEventListener("visibilitychange", once);
  setInterval(once, PAUSE);
  return once();
}
