// A page that loads again by itself: not while somebody is typing, and not over what somebody has just pressed, which
// the new loading would swallow.
import { isBusy } from "./parts.js";

const UNDER_WAY = 10_000; // milliseconds; what was pressed has an answer by then, or was a file and the page stays

let left = -UNDER_WAY;
const leaves = () => { left = performance.now(); };
document.addEventListener("submit", leaves);
document.addEventListener("click", ({ target }) => { if (target.closest("a[href]")) leaves(); });

/** Whether it does. */
export function loadAgain() {
  if (isBusy(document.body) || performance.now() - left < UNDER_WAY) return false;
  leaves();
  location.reload();
  return true;
}
